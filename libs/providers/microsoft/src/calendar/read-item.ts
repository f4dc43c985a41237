import {
  asText,
  type ForeignRecord,
  isRecord,
  type ItemRequest,
  type ProviderAccess,
  ProviderError,
  type RemoteCancelledOccurrence,
  type RemoteException,
} from '@daybook/provider-port';
import { formatInstant, originalStartKey, type OriginalStart } from '@daybook/domain';
import type { GraphClient } from '../transport/graph-client';
import { eventPath, type OccurrenceName, readOccurrenceId } from './event-address';
import { SERIES_QUERY, viewQuery } from './event-fields';
import {
  type Change,
  idOf,
  loneOccurrence,
  occurrenceToMeeting,
  OddEvent,
  originalDate,
  singleToMeeting,
  unreadable,
} from './event-to-meeting';
import { NO_NOTE } from './event-note';
import { placeOf } from './event-place';
import {
  cancelledOn,
  originalStartOn,
  readException,
  readSeries,
  seriesToMeetings,
  type WholeSeries,
} from './series-to-meetings';
import { readPage } from './delta-page';

const DAY = 86_400_000;
const MOST_INSTANCES = 20;

/** Where one looks for events. */
export interface EventDoor {
  readonly client: GraphClient;
  readonly access: ProviderAccess;
  readonly calendarRemoteId: string;
}

/** One item as it is now, read as a listing would. @throws ProviderError `Gone` where there is none of that name */
export async function readItem(client: GraphClient, access: ProviderAccess, request: ItemRequest): Promise<Change> {
  const { calendarRemoteId, remoteId } = request;
  const door: EventDoor = { client, access, calendarRemoteId };
  const name = readOccurrenceId(remoteId);
  if (name === null) return readItself(door, await readEvent(door, remoteId));
  try {
    const found = await readOccurrence(door, name);
    const listed = found !== null && (found.item.kind === 'cancelled' || found.isChanged);
    return listed ? { type: 'upserted', item: found.item } : { type: 'removed', remoteId };
  } catch (error) {
    if (error instanceof OddEvent) return unreadable(remoteId, error.message);
    throw error;
  }
}

/** What an event is that was asked for by its own id: a changed occurrence only where its series is not in this mailbox. */
export async function readItself(door: EventDoor, event: ForeignRecord): Promise<Change> {
  if (placeOf(event) !== 'exception') return itemOf(event, idOf(event));
  const seriesRemoteId = asText(event['seriesMasterId'], 1024);
  const series = seriesRemoteId === '' ? null : await orNull(() => readEvent(door, seriesRemoteId));
  return series === null ? loneOccurrence(event) : itemOf(event, idOf(event));
}

/** What an event of its own is; an occurrence is no item by itself. */
export function itemOf(event: ForeignRecord, remoteId: string): Change {
  switch (placeOf(event)) {
    case 'single':
      return singleToMeeting(event);
    case 'master':
      return seriesToMeetings(event)[0] ?? { type: 'removed', remoteId };
    case 'exception':
    case 'occurrence':
      return { type: 'removed', remoteId };
    case 'odd':
      return unreadable(remoteId, 'type');
  }
}

/** An event with all we ask of a series. @throws ProviderError Gone */
export async function readEvent(door: EventDoor, remoteId: string): Promise<ForeignRecord> {
  const path = eventPath(door.calendarRemoteId, remoteId) + SERIES_QUERY;
  const event = await door.client.call(door.access, { method: 'GET', path, aboutOneCalendar: true });
  if (!isRecord(event) || idOf(event) === '')
    throw new ProviderError('Unavailable', { detail: 'a reply that is no event' });
  return event;
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
  /** The event behind it, as far as there is one. */
  readonly event: ForeignRecord | null;
  readonly isChanged: boolean;
  readonly whole: WholeSeries;
}

/**
 * An occurrence by its series and date; null where the series has none then, or is none. @throws ProviderError Gone where
 * there is no such series, OddEvent where it cannot be read
 */
export async function readOccurrence(door: EventDoor, name: OccurrenceName): Promise<FoundOccurrence | null> {
  const master = await readEvent(door, name.seriesRemoteId);
  if (placeOf(master) !== 'master' || master['isCancelled'] === true) return null;
  const whole = readSeries(master);
  const { frame, start, gone, exceptions, series } = whole;
  if (gone.includes(name.date))
    return { item: cancelledOn(name.date, frame, start), event: null, isChanged: true, whole };
  const changed = exceptions.find((event) => originalDate(event, frame) === name.date);
  const event = changed ?? (await plainOccurrence(door, series.remoteId, originalStartOn(name.date, start)));
  if (event === null) return null;
  const item = readException(event, frame, start);
  return { item, event: item.kind === 'cancelled' ? null : event, isChanged: changed !== undefined, whole };
}

/** Plain ones lie where their series puts them. */
async function plainOccurrence(
  { client, access, calendarRemoteId }: EventDoor,
  seriesRemoteId: string,
  original: OriginalStart,
): Promise<ForeignRecord | null> {
  const at = 'date' in original ? Date.parse(`${original.date}T00:00:00Z`) : original.instant;
  const query = viewQuery(formatInstant(at - DAY), formatInstant(at + DAY), MOST_INSTANCES);
  const path = `${eventPath(calendarRemoteId, seriesRemoteId)}/instances${query}`;
  const { items } = readPage(await client.call(access, { method: 'GET', path, aboutOneCalendar: true }));
  const key = originalStartKey(original);
  return items.filter(isRecord).find((event) => keyOf(event, original) === key) ?? null;
}

function keyOf(event: ForeignRecord, like: OriginalStart): string {
  const zone = 'date' in like ? null : 'UTC';
  const frame = { seriesRemoteId: '', zone, note: NO_NOTE };
  const { originalStart } = occurrenceToMeeting(event, frame);
  return originalStartKey(originalStart);
}
