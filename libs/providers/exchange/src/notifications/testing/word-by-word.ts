import type { Clock, ProviderAccess, ProviderHttpRequest, WatchNews } from '@daybook/provider-port';
import { createEwsClient } from '../../transport/ews-client';
import { createExchangeWatching } from '../exchange-watching';
import type { StreamingHttp } from '../watched';

export interface Reading {
  readonly http: StreamingHttp;
  readonly clock: Clock;
  readonly access: ProviderAccess;
  readonly calendarRemoteIds: readonly string[];
  /** Milliseconds, in place of the adapter's own. */
  readonly firstWordMs?: number;
}

/** Reads a watch over a real exchange word by word; its pauses are over when that is said. */
export class WordByWord {
  /** What was asked for, in order: subscriptions by their kind, the rest by its name. */
  readonly asked: string[] = [];
  private readonly stop = new AbortController();
  private readonly words: AsyncIterator<WatchNews>;
  /** Pauses that are over when they begin. */
  private skipped = 0;
  private resume: () => void = () => undefined;

  constructor({ http, clock, access, calendarRemoteIds, firstWordMs }: Reading) {
    const noting: StreamingHttp = {
      request: (request) => http.request(this.noted(request)),
      stream: ({ deadlineMs = 0, ...request }, ends) =>
        http.stream({ ...this.noted(request), deadlineMs: firstWordMs ?? deadlineMs }, ends),
    };
    const watching = createExchangeWatching({
      http: noting,
      clock,
      client: createEwsClient({ http: noting, clock }),
      pause: (_ms, signal) => this.pause(signal),
    });
    this.words = watching.watch(access, calendarRemoteIds, { signal: this.stop.signal })[Symbol.asyncIterator]();
  }

  /** Whether events are asked for. */
  get isPulled(): boolean {
    return this.asked.includes('Pull');
  }

  /** Null after the last. */
  async next(): Promise<WatchNews | null> {
    const { done, value } = await this.words.next();
    return done === true ? null : value;
  }

  /** The same after the pause it is in or comes to. */
  async nextLook(): Promise<WatchNews | null> {
    const next = this.next();
    this.skipped += 1;
    this.resume();
    return next;
  }

  async end(): Promise<void> {
    this.stop.abort();
    while ((await this.next().catch(() => null)) !== null);
  }

  private pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      this.resume = () => {
        if (this.skipped === 0) return;
        this.skipped -= 1;
        this.resume = () => undefined;
        resolve();
      };
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.resume();
    });
  }

  private noted<T extends ProviderHttpRequest>(request: T): T {
    const [, kind, name = ''] = /<m:(?:(\w+)SubscriptionRequest|(?!Subscribe>)(\w+))/.exec(String(request.body)) ?? [];
    this.asked.push(kind ?? name);
    return request;
  }
}
