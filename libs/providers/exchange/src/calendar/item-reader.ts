/** Turns what lists of items name into whole meetings: each series once, with its changed occurrences. */
import { setImmediate as othersTurn } from 'node:timers/promises';
import { type ForeignRecord, ProviderError } from '@daybook/provider-port';
import { type ItemName, occurrenceId } from './item-address';
import type { ItemDoor } from './item-door';
import { type FoundItem, ItemBatches } from './get-items';
import { idOf, isCancelled, placeOf, singleToMeeting } from './item-to-meeting';
import { type Change, OddItem, unreadable } from './odd-item';
import { cancelledIn, exceptionToMeeting, readSeries, type WholeSeries } from './series-to-meetings';

export interface WholeItems {
  readonly changes: readonly Change[];
  /** Series of which all items there are stand among the changes. */
  readonly wholeSeries: readonly string[];
}

/** Items that are turned into meetings before others get their turn. */
const AT_ONCE = 64;

export const NOTHING: WholeItems = { changes: [], wholeSeries: [] };

export class ItemReader {
  private readonly batches: ItemBatches;

  constructor(private readonly door: ItemDoor) {
    this.batches = new ItemBatches(door);
  }

  /** Items by their ids, as a listing shows them; what is there no more is removed. */
  async ofIds(ids: readonly string[]): Promise<WholeItems> {
    const found = await this.batches.get(ids.map((id): ItemName => ({ type: 'item', id })));
    return this.whole(ids.map((id, index) => ({ id, item: found[index] ?? null })));
  }

  /** The series that occurrences belong to, each named by one of them. */
  async ofOccurrences(ids: readonly string[]): Promise<WholeItems> {
    const found = await this.batches.get(ids.map((id): ItemName => ({ type: 'masterOf', occurrenceId: id })));
    const named = ids.map((id, index) => ({ id, item: found[index] ?? null }));
    return this.whole(named.map(({ id, item }) => ({ id: isItem(item) ? idOf(item) : id, item })));
  }

  private async whole(named: readonly Named[]): Promise<WholeItems> {
    const changes: Change[] = [];
    const series: WholeSeries[] = [];
    for (const [index, { id, item }] of named.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await othersTurn();
      const told = toldAlone(id, item, this.door.url);
      if ('frame' in told) series.push(told);
      else changes.push(told);
    }
    if (series.length === 0) return { changes, wholeSeries: [] };
    const exceptions = await this.exceptionsOf(series);
    for (const whole of series) {
      changes.push({ type: 'upserted', item: whole.series });
      changes.push(...(exceptions.get(whole) ?? []), ...cancelledIn(whole));
    }
    return { changes, wholeSeries: series.map(({ series: { remoteId } }) => remoteId) };
  }

  /** One that is gone meanwhile is left out: its series has changed again, and comes again. */
  private async exceptionsOf(series: readonly WholeSeries[]): Promise<ReadonlyMap<WholeSeries, readonly Change[]>> {
    const wanted = series.flatMap((whole) => [...whole.changed].map(([date, id]) => ({ whole, date, id })));
    const found = await this.batches.get(wanted.map(({ id }): ItemName => ({ type: 'item', id })));
    const told = new Map<WholeSeries, Change[]>();
    for (const [index, { whole, date }] of wanted.entries()) {
      const item = found[index] ?? null;
      if (item === null) continue;
      const remoteId = occurrenceId({ seriesRemoteId: whole.series.remoteId, date });
      const change = isItem(item) ? exceptionToMeeting(item, whole) : unreadable(remoteId, item.kind);
      const named = change.type === 'unreadable' ? { ...change, remoteId } : change;
      told.set(whole, [...(told.get(whole) ?? []), named]);
    }
    return told;
  }
}

interface Named {
  readonly id: string;
  readonly item: FoundItem;
}

const isItem = (item: FoundItem): item is ForeignRecord => item !== null && !(item instanceof ProviderError);

/** What an item tells without its occurrences: a change, or a series that wants them. */
export function toldAlone(remoteId: string, item: FoundItem, url: string): Change | WholeSeries {
  if (item === null) return { type: 'removed', remoteId };
  if (item instanceof ProviderError) return unreadable(remoteId, item.kind);
  switch (placeOf(item)) {
    case 'single':
      return singleToMeeting(item, url);
    case 'master':
      return seriesAlone(item, url);
    case 'exception':
    case 'occurrence':
      return { type: 'removed', remoteId };
    case 'odd':
      return unreadable(remoteId, 'CalendarItemType');
  }
}

/** A master that was called off is gone with all of it. */
function seriesAlone(master: ForeignRecord, url: string): Change | WholeSeries {
  const remoteId = idOf(master);
  if (isCancelled(master)) return { type: 'removed', remoteId };
  try {
    return readSeries(master, url);
  } catch (error) {
    if (error instanceof OddItem) return unreadable(remoteId, error.message);
    throw error;
  }
}
