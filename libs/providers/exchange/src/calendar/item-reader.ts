/** Turns what lists of items name into whole meetings: each series once, with its changed occurrences. */
import { type ForeignRecord, ProviderError } from '@daybook/provider-port';
import { Turn } from '../transport/turn';
import { type ItemName, occurrenceId } from './item-address';
import type { ItemDoor } from './item-door';
import { type FoundItem, isItem, ItemBatches } from './get-items';
import { idOf, isCancelled, placeOf, singleToMeeting } from './item-to-meeting';
import { type Change, OddItem, unreadable } from './odd-item';
import { cancelledIn, exceptionToMeeting, readSeries, type WholeSeries } from './series-to-meetings';

export interface WholeItems {
  readonly changes: readonly Change[];
  /** Series of which all items there are stand among the changes. */
  readonly wholeSeries: readonly string[];
}

/** Items that are turned into meetings before others get their turn, at most. */
const MOST_AT_ONCE = 16;

export const NOTHING: WholeItems = { changes: [], wholeSeries: [] };

export class ItemReader {
  private readonly batches: ItemBatches;

  constructor(private readonly door: ItemDoor) {
    this.batches = new ItemBatches(door);
  }

  /** Items by their ids, as a listing shows them; what is there no more is removed. */
  ofIds(ids: readonly string[]): Promise<WholeItems> {
    return this.whole(ids.map((id) => ({ id, name: { type: 'item', id } })));
  }

  /** The series that occurrences belong to, each named by one of them. */
  ofOccurrences(ids: readonly string[]): Promise<WholeItems> {
    return this.whole(ids.map((id) => ({ id, name: { type: 'masterOf', occurrenceId: id } })));
  }

  private async whole(asked: readonly Asked[]): Promise<WholeItems> {
    const changes: Change[] = [];
    const series: WholeSeries[] = [];
    await this.each(asked, ({ id, name }, item) => {
      const own = name.type === 'masterOf' && isItem(item) ? idOf(item) : id;
      const told = toldAlone(own, item, this.door.url);
      if ('frame' in told) series.push(told);
      else changes.push(told);
    });
    if (series.length === 0) return { changes, wholeSeries: [] };
    const exceptions = await this.exceptionsOf(series);
    for (const whole of series) {
      changes.push({ type: 'upserted', item: whole.series });
      changes.push(...(exceptions.get(whole) ?? []), ...cancelledIn(whole));
    }
    return { changes, wholeSeries: series.map(({ series: { remoteId } }) => remoteId) };
  }

  /** Takes each item as it comes, so that only what is made of it is held. */
  private async each<T extends Asked>(asked: readonly T[], take: (one: T, item: FoundItem) => void): Promise<void> {
    const turn = new Turn(MOST_AT_ONCE);
    let index = 0;
    for await (const item of this.batches.each(asked.map(({ name }) => name))) {
      const one = asked[index];
      index += 1;
      if (one !== undefined) take(one, item);
      await turn.step();
    }
  }

  /** One that is gone meanwhile is left out: its series has changed again, and comes again. */
  private async exceptionsOf(series: readonly WholeSeries[]): Promise<ReadonlyMap<WholeSeries, readonly Change[]>> {
    const wanted = series.flatMap((whole) =>
      [...whole.changed].map(([date, id]) => ({ whole, date, id, name: { type: 'item', id } as const })),
    );
    const told = new Map<WholeSeries, Change[]>(series.map((whole) => [whole, []]));
    await this.each(wanted, ({ whole, date }, item) => {
      if (item === null) return;
      const remoteId = occurrenceId({ seriesRemoteId: whole.series.remoteId, date });
      const change = isItem(item) ? exceptionToMeeting(item, whole) : unreadable(remoteId, item.kind);
      told.get(whole)?.push(change.type === 'unreadable' ? { ...change, remoteId } : change);
    });
    return told;
  }
}

interface Asked {
  readonly id: string;
  readonly name: ItemName;
}

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
