import type { Secret } from '@daybook/platform/crypto';
import type { Logger } from '@daybook/platform/logging';
import { connect, DebugEvents, Events, type JetStreamClient, type JetStreamManager, type NatsConnection } from 'nats';
import { setTimeout as sleep } from 'node:timers/promises';

export interface NatsOptions {
  readonly url: string;
  readonly user?: string;
  readonly password?: Secret<string>;
  /** Shown in the broker's monitoring: the service's name. */
  readonly name: string;
  /** `_INBOX_<user>`: replies to one service cannot be read by another. */
  readonly inboxPrefix?: string;
  readonly logger: Logger;
  /** Ends the waiting at boot. */
  readonly signal?: AbortSignal;
}

/**
 * Connects to the broker. Services may start before it: this waits with growing pauses (200 ms to 5 s). Once connected, the
 * client reconnects for ever, also after a refused sign-in, because a broker that starts again may know its users a moment
 * later. Rejects only when `signal` aborts.
 */
export async function connectNats(options: NatsOptions): Promise<NatsClient> {
  const { logger, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      const connection = await open(options);
      logger.info('broker connected', { attempt });
      return new NatsClient(connection, logger);
    } catch (error) {
      logger.warn('the broker does not answer yet', { attempt, error });
      const wait = Math.min(5000, 200 * 2 ** Math.min(attempt - 1, 10)) * (0.5 + Math.random() / 2);
      await sleep(wait, undefined, signal ? { signal } : {});
    }
  }
}

function open({ url, user, password, name, inboxPrefix }: NatsOptions): Promise<NatsConnection> {
  return connect({
    servers: url,
    name,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password.reveal() }),
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    timeout: 5000,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => 200 + Math.floor(Math.random() * 300),
    ignoreAuthErrorAbort: true,
    pingInterval: 15_000,
    maxPingOut: 2,
    noAsyncTraces: true,
  });
}

export interface NatsPing {
  readonly ok: boolean;
  readonly ms: number;
}

/**
 * One connection to the broker and what the library does not tell by itself: whether it stands right now. That matters,
 * because the library drops what is published while it is not connected (its buffer is emptied at each attempt).
 */
export class NatsClient {
  private connected = true;
  private connects = 1;
  private readonly reconnectListeners = new Set<() => void>();
  private readonly disconnectListeners = new Set<() => void>();
  private stopped = false;
  private manager: Promise<JetStreamManager> | null = null;
  readonly jetstream: JetStreamClient;

  constructor(
    readonly connection: NatsConnection,
    private readonly logger: Logger,
  ) {
    this.jetstream = connection.jetstream({ timeout: 5000 });
    void this.watch();
  }

  isConnected(): boolean {
    return this.connected && !this.connection.isClosed();
  }

  /** Grows with each (re)connection: what was known about streams before may not hold in a new epoch. */
  get epoch(): number {
    return this.connects;
  }

  /** The broker's id of this run: another one after each start of the broker. Empty while it is not known. */
  get brokerRun(): string {
    return this.connection.info?.server_id ?? '';
  }

  /** True as soon as the connection stands, false when `ms` have passed without it. */
  async whenConnected(ms: number): Promise<boolean> {
    if (this.isConnected()) {
      return true;
    }
    const waiting = new AbortController();
    const stop = this.onReconnect(() => waiting.abort());
    await sleep(ms, undefined, { signal: waiting.signal }).catch(() => undefined);
    stop();
    return this.isConnected();
  }

  /** Calls `listener` after each reconnection; the result ends that. */
  onReconnect(listener: () => void): () => void {
    this.reconnectListeners.add(listener);
    return () => this.reconnectListeners.delete(listener);
  }

  /** Calls `listener` when the connection is lost; the result ends that. */
  onDisconnect(listener: () => void): () => void {
    this.disconnectListeners.add(listener);
    return () => this.disconnectListeners.delete(listener);
  }

  /** JetStream's management API. Made without asking the broker first, so that it works while the broker is away. */
  jetstreamManager(): Promise<JetStreamManager> {
    this.manager ??= this.connection.jetstreamManager({ checkAPI: false, timeout: 5000 });
    return this.manager;
  }

  /** One round trip to the broker; never throws. */
  async ping(): Promise<NatsPing> {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    if (!this.isConnected()) {
      return { ok: false, ms: 0 };
    }
    const limit = new AbortController();
    const timeout = sleep(2000, false, { signal: limit.signal }).catch(() => false);
    const answered = this.connection.flush().then(
      () => true,
      () => false,
    );
    const ok = await Promise.race([answered, timeout]);
    limit.abort();
    return { ok, ms: ms() };
  }

  /** Sends what is written, ends the subscriptions and closes. */
  async close(): Promise<void> {
    if (this.stopped) {
      return;
    }
    this.stopped = true;
    if (this.isConnected()) {
      await this.connection.drain().catch(() => undefined);
    }
    await this.connection.close();
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === Events.Disconnect) {
        this.lost();
      } else if (status.type === Events.Reconnect) {
        this.connected = true;
        this.connects += 1;
        this.logger.info('broker connected again', { count: this.connects });
        this.reconnectListeners.forEach((listener) => listener());
      } else if (status.type === Events.Error) {
        this.logger.warn('broker error', { code: String(status.data) });
      } else if (status.type === DebugEvents.StaleConnection) {
        this.lost();
      }
    }
    this.connected = false;
  }

  private lost(): void {
    if (this.connected) {
      this.connected = false;
      this.logger.warn('broker connection lost');
      this.disconnectListeners.forEach((listener) => listener());
    }
  }
}
