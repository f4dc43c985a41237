/**
 * Writing Google events: `events.insert`, `patch` and `delete`, each conditional where the port says so. The answers are read
 * like a listing's. Nothing is sent twice from here; only a create whose id is taken, and a guest list, which Google replaces
 * whole, need a look at what is there.
 *
 * Other times of a series take several requests where single occurrences of it would be left behind (`carried-over`). The first
 * one notes on the series what is left to do; whoever reads it after that, or writes to it, does the rest.
 * Source: developers.google.com/workspace/calendar/api/guides/version-resources, …/v3/reference/events/insert.
 */
import {
  type CalendarWrites,
  type CreateRequest,
  type ForeignRecord,
  isRecord,
  listOf,
  type ProviderAccess,
  ProviderError,
  type RemoteMeeting,
  type RemoveRequest,
  type UpdateRequest,
} from '@daybook/provider-port';
import { IdTaken } from '../google.errors';
import type { GoogleClient } from '../transport/google-client';
import { leftBehind, seriesBefore } from './carried-over';
import { eventPatch, newEvent } from './draft-to-event';
import { createdId, eventPath, eventsPath, targetId } from './event-address';
import { guestQuery, itemQuery, removeQuery, seriesQuery, writeQuery } from './event-query';
import { moveNote, type OwedMove, readMoves } from './owed-moves';
import { type EventDoor, payOff, readWhole } from './pay-off';
import { zoneOf } from './event-time';
import { eventToMeeting } from './event-to-meeting';

/** One event of a calendar, by its id. */
interface Place {
  readonly calendarRemoteId: string;
  readonly timeZone: string | null;
  readonly remoteId: string;
}

export function createGoogleWrites(client: GoogleClient, access: ProviderAccess): CalendarWrites {
  const door: EventDoor = { client, access };
  return {
    create: (request) => createEvent(door, request),
    update: (request) => updateEvent(door, request),
    remove: (request) => removeEvent(door, request),
    made: ({ key, ...where }) => readEvent(door, { ...where, remoteId: createdId(key) }),
    read: ({ target, ...where }) => readTarget(door, { ...where, remoteId: targetId(target) }),
    remoteIdOf: createdId,
  };
}

async function createEvent({ client, access }: EventDoor, request: CreateRequest): Promise<RemoteMeeting> {
  const { calendarRemoteId, timeZone, key, draft, marker, notify } = request;
  const body = newEvent(createdId(key), draft, marker);
  const path = eventsPath(calendarRemoteId);
  const query = writeQuery(notify);
  try {
    const reply = await client.call(access, { method: 'POST', path, query, body, aboutOneCalendar: true });
    return answered(reply, timeZone);
  } catch (error) {
    if (!(error instanceof IdTaken)) throw error;
    return adoptEvent({ client, access }, request, error);
  }
}

/** An id that is taken is that of an earlier attempt, as long as what lies there is alive and says so itself. */
async function adoptEvent(door: EventDoor, request: CreateRequest, refusal: IdTaken): Promise<RemoteMeeting> {
  const { calendarRemoteId, timeZone, key, marker } = request;
  const there = await readEvent(door, { calendarRemoteId, timeZone, remoteId: createdId(key) });
  if (there === null || there.kind === 'cancelled') throw refusal;
  const same = there.marker?.meetingId === marker.meetingId && there.marker.deployment === marker.deployment;
  if (!same) throw refusal;
  return there;
}

async function updateEvent(door: EventDoor, request: UpdateRequest): Promise<RemoteMeeting> {
  const { calendarRemoteId, timeZone, target, ifVersion, draft, fields, notify } = request;
  const path = eventPath(calendarRemoteId, targetId(target));
  const guestsNow = fields.includes('attendees') ? await readGuests(door, path) : [];
  const moves = await movesOf(door, request);
  const patch = eventPatch(draft, { fields, mayRepeat: target.type === 'item', guestsNow });
  const body = moves.length === 0 ? patch : { ...patch, extendedProperties: moveNote(moves) };
  const query = writeQuery(notify);
  const sent = { method: 'PATCH', path, query, body, ifVersion, aboutOneCalendar: true } as const;
  const reply = await door.client.call(door.access, sent);
  if (moves.length === 0) return answered(reply, timeZone);
  const series = await readWhole(door, calendarRemoteId, targetId(target));
  return answered(series && (await payOff(door, request, series)), timeZone);
}

/**
 * What a change of the times of a series would leave behind. What an earlier one has is carried over first: then the series has
 * another version, and the change is not made for it.
 */
async function movesOf(door: EventDoor, request: UpdateRequest): Promise<readonly OwedMove[]> {
  const { calendarRemoteId, timeZone, target, draft, fields } = request;
  if (target.type !== 'item' || draft.lines.length === 0) return [];
  const event = await readWhole(door, calendarRemoteId, target.remoteId);
  if (event !== null) await payOff(door, { ...request, notify: false }, event);
  const now = event === null ? null : readMeeting(event, timeZone);
  if (!fields.includes('time') || now?.kind !== 'series' || now.iCalUid === null) return [];
  if (seriesBefore([now], now.remoteId, draft) === null) return [];
  const query = seriesQuery(now.iCalUid);
  const path = eventsPath(calendarRemoteId);
  const reply = await door.client.call(door.access, { method: 'GET', path, query, aboutOneCalendar: true });
  const items = isRecord(reply) ? listOf(reply['items']) : [];
  const changes = items.map((one) => eventToMeeting(one, zoneOf(timeZone) ?? 'UTC'));
  const meetings = changes.flatMap((change) => (change?.type === 'upserted' ? [change.item] : []));
  const before = seriesBefore(meetings, now.remoteId, draft);
  return before === null ? [] : leftBehind(before, draft);
}

/** The same as a listing shows, with what a write of it still owes done. */
async function readTarget(door: EventDoor, place: Place): Promise<RemoteMeeting | null> {
  const { calendarRemoteId, timeZone, remoteId } = place;
  const event = await readWhole(door, calendarRemoteId, remoteId);
  if (event === null) return null;
  const isOwed = event['recurrence'] !== undefined && readMoves(event).length > 0;
  const now = isOwed ? await payOff(door, { calendarRemoteId, timeZone, notify: false }, event) : event;
  const item = readMeeting(now, timeZone);
  return item?.kind === 'cancelled' ? null : item;
}

/** @throws ProviderError Rejected where Google shows only some of the guests: writing those would drop the others */
async function readGuests({ client, access }: EventDoor, path: string): Promise<readonly ForeignRecord[]> {
  const reply = await client.call(access, { method: 'GET', path, query: guestQuery(), aboutOneCalendar: true });
  if (!isRecord(reply)) return [];
  if (reply['attendeesOmitted'] === true) throw new ProviderError('Rejected', { detail: 'attendees omitted' });
  return listOf(reply['attendees']).filter(isRecord);
}

async function removeEvent({ client, access }: EventDoor, request: RemoveRequest): Promise<void> {
  const { calendarRemoteId, target, ifVersion, notify } = request;
  const path = eventPath(calendarRemoteId, targetId(target));
  await client.call(access, {
    method: 'DELETE',
    path,
    query: removeQuery(notify),
    ifVersion,
    aboutOneCalendar: true,
  });
}

/** Null where there is nothing, or nothing any more. */
async function readEvent({ client, access }: EventDoor, place: Place): Promise<RemoteMeeting | null> {
  const { calendarRemoteId, timeZone, remoteId } = place;
  const path = eventPath(calendarRemoteId, remoteId);
  try {
    const reply = await client.call(access, { method: 'GET', path, query: itemQuery(), aboutOneCalendar: true });
    const item = readMeeting(reply, timeZone);
    return item === null || item.kind === 'cancelled' ? null : item;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'Gone') return null;
    throw error;
  }
}

/** The meeting a write was answered with. */
function answered(reply: unknown, timeZone: string | null): RemoteMeeting {
  const item = readMeeting(reply, timeZone);
  if (item === null) throw new ProviderError('Gone', { detail: 'removed meanwhile' });
  return item;
}

/** @throws ProviderError Unreadable */
function readMeeting(reply: unknown, timeZone: string | null): RemoteMeeting | null {
  const change = eventToMeeting(reply, zoneOf(timeZone) ?? 'UTC');
  if (change === null || change.type === 'removed') return null;
  if (change.type === 'unreadable') throw new ProviderError('Unreadable', { detail: change.reason });
  return change.item;
}
