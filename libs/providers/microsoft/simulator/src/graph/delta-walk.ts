import type { CalendarStore } from '../mailbox/calendar-store';
import { overlaps, wholeItem, type InstantWindow, type Item } from '../mailbox/occurrences';
import type { StoredEvent } from '../mailbox/stored-event';
import { allEvents, placesIn, rankOf, sortKey, trackedIn, trackedView } from './event-listing';
import type { Position } from './sealed-tokens';

/** One row of a delta: an item, or one that is gone (from the window, or altogether: Graph does not say which). */
export type DeltaRow = { kind: 'item'; item: Item } | { kind: 'removed'; item: Item };

export interface DeltaPage {
  rows: DeltaRow[];
  /** Where the next page goes on; null on the last one. */
  next: Position | null;
}

/** What is walked: a folder, or a window of it, or one series in a window. */
export interface Walked {
  store: CalendarStore;
  window: InstantWindow | null;
  series: StoredEvent | null;
}

/** A page of a first round: everything in the window, or everything there is without one. */
export function firstRound({ store, window, series }: Walked, from: Position | null, size: number): DeltaPage {
  const all =
    window === null ? allEvents(store) : series === null ? trackedView(store, window) : placesIn(series, window);
  const start = from?.kind === 'item' ? indexAfter(all, from, window === null) : 0;
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const more = start + size < all.length && last !== undefined;
  return { rows: items.map((item) => ({ kind: 'item', item })), next: more ? positionOf(last, window === null) : null };
}

/** Without a window the order is that in which events came, so their place is the position. */
const positionOf = (item: Item, bySlot: boolean): Position => ({
  kind: 'item',
  at: bySlot ? item.event.slot : item.startsAt,
  rank: rankOf(item),
  key: sortKey(item),
});

/** Index of the first item behind a position, by halving; what lay there may be gone by now. */
function indexAfter(items: readonly Item[], { at, rank, key }: Position & { kind: 'item' }, bySlot: boolean): number {
  const isBehind = (item: Item): boolean => {
    if (bySlot) return item.event.slot > at;
    if (item.startsAt !== at) return item.startsAt > at;
    return rankOf(item) === rank ? sortKey(item) > key : rankOf(item) > rank;
  };
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && !isBehind(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A page of what changed after a version, in the order of change. */
export function laterRound(
  { store, window, series }: Walked,
  from: { version: number; skip: number },
  size: number,
): DeltaPage {
  const since = from.skip > 0 ? from.version - 1 : from.version;
  const inFolder = series === null ? store.log.after(since, size + 1) : [];
  const changed = series !== null && series.version > since ? [series] : inFolder;
  const rows: DeltaRow[] = [];
  for (const [index, event] of changed.entries()) {
    const own = changesOf(event, window, series === null);
    // The event that a page ended in may have changed again meanwhile; then it comes anew, further on.
    const skip = index === 0 && event.version === from.version ? from.skip : 0;
    const room = size - rows.length;
    if (room === 0) return { rows, next: { kind: 'change', version: event.version - 1, skip: 0 } };
    rows.push(...own.slice(skip, skip + room));
    if (own.length - skip > room) return { rows, next: { kind: 'change', version: event.version, skip: skip + room } };
  }
  const last = changed.at(-1);
  const more = changed.length > size && last !== undefined;
  return { rows, next: more ? { kind: 'change', version: last.version, skip: 0 } : null };
}

/**
 * What a change of an event tells. A changed series comes again with every occurrence that is still in the window; of a
 * removed occurrence there is no word.
 */
function changesOf(event: StoredEvent, window: InstantWindow | null, withSeries: boolean): DeltaRow[] {
  const removed: DeltaRow = { kind: 'removed', item: wholeItem(event) };
  if (event.deleted) return [removed];
  if (window === null) return [{ kind: 'item', item: wholeItem(event) }];
  if (!event.isSeries) return [overlaps(event, window) ? { kind: 'item', item: wholeItem(event) } : removed];
  const items = withSeries ? trackedIn(event, window) : placesIn(event, window);
  return items.length === 0 ? [removed] : items.map((item) => ({ kind: 'item', item }));
}
