import type { ChangeWatchPort, ProviderAccess, ProviderError, WatchNews, WatchOptions } from '@daybook/provider-port';

interface OpenWatch {
  readonly address: string;
  readonly calendarRemoteIds: readonly string[];
  readonly waiting: WatchNews[];
  /** Null: it ends without an error. Absent: it goes on. */
  end?: ProviderError | null;
  wake: () => void;
}

/** Watches over the fake provider's mailboxes: each change is told at once. */
export class FakeWatching implements ChangeWatchPort {
  /** While set, no watch is opened. */
  refuses: ProviderError | null = null;
  /** While set, changes are told to nobody, as over a line that is about to break. */
  isDeaf = false;
  /** Addresses of the watches that were asked for, in order; refused ones too. */
  readonly asked: string[] = [];
  /** Whether whoever opened the last one lets the provider be asked now. */
  mayAsk: () => Promise<boolean> = async () => true;
  /** How many ended with access that was none any more. */
  withdrawn = 0;
  private readonly open = new Set<OpenWatch>();

  constructor(private readonly holderOf: (token: string) => string) {}

  /** Calendars that are listened to now, watch by watch. */
  get listening(): readonly (readonly string[])[] {
    return [...this.open].map(({ calendarRemoteIds }) => calendarRemoteIds);
  }

  async *watch(
    access: ProviderAccess,
    calendarRemoteIds: readonly string[],
    { signal, withdrawn, mayAsk }: WatchOptions,
  ): AsyncGenerator<WatchNews, void, undefined> {
    if (signal.aborted) return;
    const address = this.holderOf(access.token);
    this.asked.push(address);
    if (mayAsk) this.mayAsk = mayAsk;
    if (this.refuses) throw this.refuses;
    const watch: OpenWatch = { address, calendarRemoteIds, waiting: [{ type: 'listening' }], wake: () => undefined };
    const stop = (): void => ended(watch, null);
    signal.addEventListener('abort', stop, { once: true });
    this.open.add(watch);
    try {
      yield* heardOn(watch);
    } finally {
      this.open.delete(watch);
      if (withdrawn?.aborted) this.withdrawn += 1;
      signal.removeEventListener('abort', stop);
    }
  }

  /** A calendar has changed. */
  changed(address: string, calendarRemoteId: string): void {
    if (this.isDeaf) return;
    for (const watch of this.open) {
      if (watch.address !== address || !watch.calendarRemoteIds.includes(calendarRemoteId)) continue;
      watch.waiting.push({ type: 'changed', calendarRemoteId });
      watch.wake();
    }
  }

  /** The provider ends every watch: in good order, or with an error. */
  endAll(error: ProviderError | null = null): void {
    for (const watch of this.open) ended(watch, error);
  }
}

function ended(watch: OpenWatch, error: ProviderError | null): void {
  watch.end = error;
  watch.wake();
}

async function* heardOn(watch: OpenWatch): AsyncGenerator<WatchNews, void, undefined> {
  for (;;) {
    const news = watch.waiting.shift();
    if (news) {
      yield news;
      continue;
    }
    if (watch.end === null) return;
    if (watch.end) throw watch.end;
    await new Promise<void>((resolve) => (watch.wake = resolve));
  }
}
