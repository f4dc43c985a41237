/** Does what the note of a series says is owed to it, and takes that off the note. */
import {
  type ForeignRecord,
  isRecord,
  listOf,
  type ProviderAccess,
  ProviderError,
  type RemoteException,
  wentThrough,
} from '@daybook/provider-port';
import type { GoogleClient } from '../transport/google-client';
import { eventPatch } from './draft-to-event';
import { eventPath } from './event-address';
import { removeQuery, wholeQuery, writeQuery } from './event-query';
import { zoneOf } from './event-time';
import { eventToMeeting } from './event-to-meeting';
import { moveNoteOff, type OwedMove, readMoves } from './owed-moves';

export interface EventDoor {
  readonly client: GoogleClient;
  readonly access: ProviderAccess;
}

interface OfSeries {
  readonly calendarRemoteId: string;
  readonly timeZone: string | null;
  readonly notify: boolean;
}

/** What we read over and a person may have set on one occurrence; each guest has their own. */
const ITS_OWN = ['colorId', 'reminders', 'transparency'] as const;
const WITHOUT: ForeignRecord = { transparency: 'opaque' };

/**
 * It may begin anew after any request of it. What Google refuses stays where it was left behind, or no write of the series would
 * ever end. @param series with its properties, as it is now @returns the series as it is then
 */
export async function payOff(door: EventDoor, of: OfSeries, series: ForeignRecord): Promise<ForeignRecord> {
  const moves = readMoves(series);
  if (moves.length === 0) return series;
  for (const move of moves) await carry(door, of, { move, series });
  const path = eventPath(of.calendarRemoteId, String(series['id']));
  const body = { extendedProperties: moveNoteOff(series) };
  const sent = { method: 'PATCH', path, query: writeQuery(false), body, aboutOneCalendar: true } as const;
  const reply = await door.client.call(door.access, sent);
  return isRecord(reply) ? reply : series;
}

/** An event with all its members; null where it is gone or was taken out. */
export async function readWhole(door: EventDoor, calendarRemoteId: string, remoteId: string) {
  const path = eventPath(calendarRemoteId, remoteId);
  try {
    const request = { method: 'GET', path, query: wholeQuery(), aboutOneCalendar: true } as const;
    const event = await door.client.call(door.access, request);
    return isRecord(event) && event['status'] !== 'cancelled' ? event : null;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'Gone') return null;
    throw error;
  }
}

interface Carried {
  readonly move: OwedMove;
  readonly series: ForeignRecord;
}

async function carry(door: EventDoor, of: OfSeries, { move, series }: Carried): Promise<void> {
  const { calendarRemoteId, notify } = of;
  const left = await readWhole(door, calendarRemoteId, move.from);
  if (left === null) return;
  const item = exceptionIn(left, of);
  if (item === null) return;
  if (move.to !== null) {
    const own = ITS_OWN.map((name) => [name, left[name] ?? WITHOUT[name]] as const);
    const differing = own.filter(([name, value]) => !isSame(value, series[name] ?? WITHOUT[name]));
    const parts = { fields: move.fields, mayRepeat: false, guestsNow: listOf(left['attendees']).filter(isRecord) };
    const body = { ...Object.fromEntries(differing), ...eventPatch({ ...item.content, lines: [] }, parts) };
    const path = eventPath(calendarRemoteId, move.to);
    const sent = { method: 'PATCH', path, query: writeQuery(notify), body, aboutOneCalendar: true } as const;
    if (Object.keys(body).length > 0 && !(await wentThrough(door.client.call(door.access, sent)))) return;
  }
  // Without a word to guests: the meeting itself goes on.
  const path = eventPath(calendarRemoteId, move.from);
  const removal = { method: 'DELETE', path, query: removeQuery(false), aboutOneCalendar: true } as const;
  await wentThrough(door.client.call(door.access, removal));
}

function exceptionIn(event: ForeignRecord, { timeZone }: OfSeries): RemoteException | null {
  const change = eventToMeeting(event, zoneOf(timeZone) ?? 'UTC');
  return change?.type === 'upserted' && change.item.kind === 'exception' ? change.item : null;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
