import { newId } from '@daybook/platform/crypto';
import type { LeaseStore } from '@daybook/platform/mongo';
import type { Metrics } from '@daybook/platform/telemetry';
import type { WatchableConnection, WatchableConnections, WatchableWay } from '../ports/watchable-connections';
import { Watch, type WatchSurroundings } from './watch';

export interface WatcherOptions {
  readonly connections: WatchableConnections;
  readonly ways: readonly WatchableWay[];
  readonly leases: Pick<LeaseStore, 'withLease'>;
  /** Connections that this process listens to at most; the others are polled. */
  readonly most: number;
  readonly watching: Omit<WatchSurroundings, 'ended'>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
  readonly metrics?: Metrics;
  readonly pace?: WatcherPace;
}

/** Milliseconds. */
export interface WatcherPace {
  readonly lookEvery: number;
  readonly lease: number;
  /** From finding that another process listens to the next try to take over. */
  readonly heldAgain: number;
}

const USUAL: WatcherPace = { lookEvery: 5_000, lease: 30_000, heldAgain: 20_000 };
/** A process that starts opens no more than this between two looks. */
const NEW_AT_ONCE = 20;
/** What has not ended by then runs out by itself. */
const DRAIN_MS = 3_000;

/**
 * Listens to connections whose providers tell of changes over a connection that is held open. Each has one listener among all
 * processes, by a lease; when a process dies, others take over once its leases have run out. Polling goes on beside it.
 */
export class Watcher {
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;
  /** Null while the lease is asked for. */
  private readonly own = new Map<string, Watch | null>();
  private readonly ending = new Set<Promise<void>>();
  /** Until when another process is believed to listen. */
  private readonly elsewhere = new Map<string, number>();
  private readonly pace: WatcherPace;

  constructor(private readonly options: WatcherOptions) {
    this.pace = options.pace ?? USUAL;
    options.metrics?.gauge({
      name: 'daybook_watches_listening',
      help: 'Connections that this process hears changes of',
      collect: () => this.listening.length,
    });
  }

  /** Connections that changes are heard of now. */
  get listening(): readonly string[] {
    return [...this.own].flatMap(([connectionId, watch]) => (watch?.isListening ? [connectionId] : []));
  }

  start(): void {
    if (this.options.ways.length > 0) this.lookAfter(0);
  }

  /** Ends everything and gives the leases back, as far as that goes quickly. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    for (const watch of this.own.values()) watch?.stop();
    let late: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => (late = setTimeout(resolve, DRAIN_MS)));
    await Promise.race([this.looking.then(() => Promise.all(this.ending)), over]);
    clearTimeout(late);
  }

  private lookAfter(ms: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look()
        .catch(this.options.watching.failed)
        .then(() => this.lookAfter(this.pace.lookEvery));
    }, ms);
  }

  /**
   * Ends watches over what is not to be watched any more, or otherwise, and begins new ones as far as there is room: without any,
   * nothing is read of what others listen to.
   */
  private async look(): Promise<void> {
    const { connections, ways, most } = this.options;
    const found = await connections.find(ways, this.own.size < most ? undefined : [...this.own.keys()]);
    if (this.isStopped) return;
    const wanted = new Map(found.map((connection) => [connection.connectionId, connection]));
    for (const [connectionId, watch] of this.own) {
      const now = wanted.get(connectionId);
      if (watch && !(now && watch.isFor(now))) watch.stop(now && watch.hasAccessOf(now) ? undefined : 'withdrawn');
    }
    const now = performance.now();
    for (const [connectionId, until] of this.elsewhere) if (until <= now) this.elsewhere.delete(connectionId);
    const free = found.filter(({ connectionId: id }) => !this.own.has(id) && !this.elsewhere.has(id));
    const room = Math.max(0, Math.min(NEW_AT_ONCE, most - this.own.size));
    for (const connection of free.slice(0, room)) this.begin(connection);
  }

  private begin(connection: WatchableConnection): void {
    const { connectionId } = connection;
    this.own.set(connectionId, null);
    const ended = this.hold(connection)
      .catch(this.options.watching.failed)
      .finally(() => {
        this.own.delete(connectionId);
        this.ending.delete(ended);
      });
    this.ending.add(ended);
  }

  private async hold(connection: WatchableConnection): Promise<void> {
    const { leases, watching } = this.options;
    const { connectionId } = connection;
    const holder = { owner: newId('watch'), ttlMs: this.pace.lease };
    const held = await leases.withLease(`watch:${connectionId}`, holder, async (_lease, lost) => {
      if (this.isStopped) return;
      const ended = (id: string, how: string): void => this.noteEnd(id, how);
      const watch = new Watch(connection, { ...watching, ended }, lost);
      this.own.set(connectionId, watch);
      await watch.done;
    });
    if (held === 'held') this.elsewhere.set(connectionId, performance.now() + this.pace.heldAgain);
  }

  private noteEnd(connectionId: string, how: string): void {
    this.options.log('a watch has ended', { connectionId, how });
    this.options.metrics
      ?.counter({ name: 'daybook_watch_ends_total', help: 'Watches that ended, by how', labels: ['how'] })
      .inc({ how });
  }
}
