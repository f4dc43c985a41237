import { ProviderError, type RemoteChange, type RemoteMeeting } from '@daybook/provider-port';

/*
 * What a provider may do to us in one pass over a calendar. Honest ones come nowhere near: the bounds are for a server that
 * somebody has named and that never comes to an end.
 */

/** Items of one calendar that a pass may show. */
const MOST_ITEMS = 500_000;
/** A provider that keeps paging without saying anything new is cut off here. */
const EMPTY_PAGES_IN_A_ROW = 500;
/** A page that only repeats what came before counts as this many empty ones. */
const EMPTY_FOR_REPEATED = 50;
/** As many names as are remembered, and once more as many of those before. */
const REMEMBERED = 20_000;

/** A calendar of more items than are read. What was read of it stays. */
export class TooManyItems extends ProviderError {
  constructor(readonly most: number) {
    super('Unknown', { detail: `a calendar of more than ${most} items` });
    this.name = 'TooManyItems';
  }
}

/**
 * Counts what the pages of a pass show, and notices one that turns in circles. Limits: it remembers the last tens of thousands
 * of names, and not all; a circle that is larger is ended by the count.
 */
export class PassBounds {
  private recent = new Set<string>();
  private older = new Set<string>();
  private barren = 0;

  /** @param shown items that the same pass has shown before */
  constructor(
    private readonly most = MOST_ITEMS,
    private shown = 0,
  ) {}

  /** @throws ProviderError Unknown, TooManyItems where there are more than the pass may have */
  note(changes: readonly RemoteChange<RemoteMeeting>[]): void {
    this.shown += changes.length;
    if (this.shown > this.most) throw new TooManyItems(this.most);
    let isNew = false;
    for (const change of changes)
      isNew = this.learn(change.type === 'upserted' ? change.item.remoteId : change.remoteId) || isNew;
    this.barren = isNew ? 0 : this.barren + (changes.length === 0 ? 1 : EMPTY_FOR_REPEATED);
    if (this.barren > EMPTY_PAGES_IN_A_ROW) throw new ProviderError('Unknown', { detail: 'listing gets nowhere' });
  }

  /** @throws TooManyItems where a calendar that is to be listed anew holds that many already: the pass before had no end either */
  static allow(stored: number, most = MOST_ITEMS): void {
    if (stored > most) throw new TooManyItems(most);
  }

  private learn(remoteId: string): boolean {
    if (this.recent.size >= REMEMBERED) {
      this.older = this.recent;
      this.recent = new Set();
    }
    const before = this.recent.size;
    this.recent.add(remoteId);
    return this.recent.size > before && !this.older.has(remoteId);
  }
}
