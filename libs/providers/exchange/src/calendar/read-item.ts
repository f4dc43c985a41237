import { placeInRule } from '@daybook/domain';
import {
  type ForeignRecord,
  ProviderError,
  type RemoteCancelledOccurrence,
  type RemoteException,
} from '@daybook/provider-port';
import { getOne } from './get-items';
import { type ItemName, type OccurrenceName, readOccurrenceId } from './item-address';
import type { ItemDoor } from './item-door';
import { toldAlone } from './item-reader';
import { dateIn, isCancelled, originalInstant, placeOf } from './item-to-meeting';
import { type Change, OddItem, unreadable } from './odd-item';
import { cancelledOn, readException, readSeries, type WholeSeries } from './series-to-meetings';

/** One item as it is now, read as a listing would. @throws ProviderError `Gone` where there is none of that name */
export async function readItem(door: ItemDoor, remoteId: string): Promise<Change> {
  const name = readOccurrenceId(remoteId);
  if (name === null) return itemOf(await getOne(door, { type: 'item', id: remoteId }), remoteId, door.url);
  try {
    const found = await readOccurrence(door, name);
    const listed = found !== null && (found.item.kind === 'cancelled' || found.isChanged);
    return listed ? { type: 'upserted', item: found.item } : { type: 'removed', remoteId };
  } catch (error) {
    if (error instanceof OddItem) return unreadable(remoteId, error.message);
    throw error;
  }
}

/** What an item of its own is; an occurrence is no item by itself. */
export function itemOf(item: ForeignRecord, remoteId: string, url: string): Change {
  const told = toldAlone(remoteId, item, url);
  return 'frame' in told ? { type: 'upserted', item: told.series } : told;
}

/** Null for what is gone. @throws ProviderError */
export async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'Gone') return null;
    throw error;
  }
}

/** An occurrence that is there, or was taken out. */
export interface FoundOccurrence {
  readonly item: RemoteException | RemoteCancelledOccurrence;
  /** What Exchange has of it, as far as there is something. */
  readonly record: ForeignRecord | null;
  readonly isChanged: boolean;
  readonly whole: WholeSeries;
}

/**
 * An occurrence by its series and date; null where the series has none then, or is none. @throws ProviderError Gone where
 * there is no such series, OddItem where it cannot be read
 */
export async function readOccurrence(door: ItemDoor, name: OccurrenceName): Promise<FoundOccurrence | null> {
  const whole = await readWholeSeries(door, name.seriesRemoteId);
  return whole === null ? null : occurrenceIn(door, whole, name.date);
}

/** Null for an item that is no series. @throws ProviderError Gone, OddItem */
export async function readWholeSeries(door: ItemDoor, seriesRemoteId: string): Promise<WholeSeries | null> {
  const master = await getOne(door, { type: 'item', id: seriesRemoteId });
  return placeOf(master) !== 'master' || isCancelled(master) ? null : readSeries(master, door.url);
}

/** @throws ProviderError, OddItem */
export async function occurrenceIn(door: ItemDoor, whole: WholeSeries, date: string): Promise<FoundOccurrence | null> {
  const { frame, start, gone, changed } = whole;
  if (gone.includes(date)) return { item: cancelledOn(date, frame, start), record: null, isChanged: true, whole };
  const name = nameIn(whole, date);
  if (name === null) return null;
  const record = await getOne(door, name);
  // Who counts otherwise than Exchange would change another occurrence than was meant.
  if (dateIn(originalInstant(record), frame) !== date) throw new OddItem('the place in its series');
  const item = readException(record, whole);
  return { item, record: item.kind === 'cancelled' ? null : record, isChanged: changed.has(date), whole };
}

/** Plain occurrences are named by their place among all that the rule ever gave. */
function nameIn({ changed, lines, start, frame }: WholeSeries, date: string): ItemName | null {
  const id = changed.get(date);
  if (id !== undefined) return { type: 'item', id };
  const index = placeInRule(lines, start, date);
  return index === null ? null : { type: 'occurrence', masterId: frame.seriesRemoteId, index };
}
