/**
 * Writing Graph events, each conditional where the port says so. Graph mails guests whenever an event that has some is made,
 * changed or removed, and cannot be told not to: without leave to do so such a write is refused before anything is sent, for
 * which the event is looked at first. Nothing is sent twice from here.
 * Source: learn.microsoft.com/graph/api/user-post-events, …/event-update, …/event-delete.
 */
import {
  asText,
  type CalendarWrites,
  type CreateRequest,
  type ForeignRecord,
  isRecord,
  type ProviderAccess,
  ProviderError,
  type RemoteMeeting,
  type RemoveRequest,
  type UpdateRequest,
  type WriteTarget,
} from '@daybook/provider-port';
import { AlreadyMade } from '../microsoft.errors';
import type { GraphClient } from '../transport/graph-client';
import { transactionIdOf } from './create-key';
import { readPage } from './delta-page';
import { eventPatch, newEvent } from './draft-to-event';
import { eventPath, eventsPath, type OccurrenceName, readOccurrenceId } from './event-address';
import { queryOf } from './event-fields';
import { type EventNote, keyProperty, madeBy, noteProperty, readNote } from './event-note';
import { type Change, idOf, occurrenceToMeeting, OddEvent, singleToMeeting, versionOf } from './event-to-meeting';
import { placeOf } from './event-place';
import { zoneOf } from './graph-time';
import { takeOut } from './take-out';
import { type EventDoor, itemOf, readEvent, readOccurrence } from './read-item';
import { nameOfOccurrence } from './occurrence-name';
import { seriesToMeetings, type WholeSeries } from './series-to-meetings';

export function createMicrosoftWrites(client: GraphClient, access: ProviderAccess): CalendarWrites {
  const doorTo = (calendarRemoteId: string): EventDoor => ({ client, access, calendarRemoteId });
  return {
    create: (request) => readable(() => createEvent(doorTo(request.calendarRemoteId), request)),
    update: (request) => readable(() => updateEvent(doorTo(request.calendarRemoteId), request)),
    remove: (request) => readable(() => removeEvent(doorTo(request.calendarRemoteId), request)),
    made: ({ key, calendarRemoteId }) => readable(() => madeEvent(doorTo(calendarRemoteId), key)),
    read: ({ target, calendarRemoteId }) => readable(() => readTarget(doorTo(calendarRemoteId), target)),
  };
}

async function createEvent(door: EventDoor, request: CreateRequest): Promise<RemoteMeeting> {
  const { key, draft, marker, timeZone, notify } = request;
  if (draft.attendees.length > 0 && !notify) throw wouldNotify();
  const { body, note } = newEvent(draft, marker, zoneOf(timeZone));
  const properties = [noteProperty(note), keyProperty(key)];
  const whole = { ...body, transactionId: transactionIdOf(key), singleValueExtendedProperties: properties };
  try {
    const path = eventsPath(request.calendarRemoteId);
    const reply = await door.client.call(door.access, { method: 'POST', path, body: whole, aboutOneCalendar: true });
    return await withExclusions(door, recordOf(reply), note);
  } catch (error) {
    if (!(error instanceof AlreadyMade)) throw error;
    return adoptEvent(door, request, error);
  }
}

/** What an earlier attempt made, as long as it is alive and says so itself. */
async function adoptEvent(
  door: EventDoor,
  { key, marker }: CreateRequest,
  refusal: AlreadyMade,
): Promise<RemoteMeeting> {
  const there = await madeRecord(door, key);
  const note = there === null ? null : readNote(there);
  if (there === null || note === null) throw refusal;
  const same = note.marker?.meetingId === marker.meetingId && note.marker.deployment === marker.deployment;
  if (!same) throw refusal;
  return withExclusions(door, there, note);
}

/** Takes out of a series what its own lines exclude, for which Graph has no words: one request for each. */
async function withExclusions(door: EventDoor, event: ForeignRecord, note: EventNote): Promise<RemoteMeeting> {
  if (note.excluded.length === 0) return answered(event, note);
  await takeOut(door, idOf(event), note.excluded);
  return answered(await readEvent(door, idOf(event)), note);
}

async function updateEvent(door: EventDoor, request: UpdateRequest): Promise<RemoteMeeting> {
  const found = await lookUp(door, request.target);
  if (found === null) throw gone();
  const { event, whole } = found;
  const { draft, fields, ifVersion, notify } = request;
  if (versionOf(event) !== ifVersion)
    throw new ProviderError('VersionConflict', { detail: 'another version is there' });
  const invites = fields.includes('attendees') && draft.attendees.length > 0;
  if (!notify && (mails(event) || invites)) throw wouldNotify();
  const note = whole === null ? readNote(event) : { ...whole.frame.note, excluded: [] };
  const mayRepeat = whole === null;
  const patch = eventPatch(draft, { fields, mayRepeat, now: event, note, zone: zoneOf(request.timeZone) });
  const path = eventPath(door.calendarRemoteId, idOf(event));
  const sent = { method: 'PATCH', path, body: patch.body, ifVersion, aboutOneCalendar: true } as const;
  const reply = recordOf(await door.client.call(door.access, sent));
  if (whole !== null) return occurrenceToMeeting(reply, whole.frame);
  return fields.includes('time') ? withExclusions(door, reply, patch.note) : answeredAgain(door, reply, patch.note);
}

/** The answer to a change of a series does not name its taken-out occurrences. */
async function answeredAgain(door: EventDoor, reply: ForeignRecord, note: EventNote): Promise<RemoteMeeting> {
  if (note.excluded.length === 0) return answered(reply, note);
  return answered(await readEvent(door, idOf(reply)), note);
}

async function removeEvent(door: EventDoor, { target, ifVersion, notify }: RemoveRequest): Promise<void> {
  const found = await lookUp(door, target);
  if (found === null) throw gone();
  if (!notify && mails(found.event)) throw wouldNotify();
  const path = eventPath(door.calendarRemoteId, idOf(found.event));
  await door.client.call(door.access, { method: 'DELETE', path, ifVersion, aboutOneCalendar: true });
}

async function madeEvent(door: EventDoor, key: string): Promise<RemoteMeeting | null> {
  const event = await madeRecord(door, key);
  return event === null ? null : living(itemOf(event, idOf(event)));
}

/** The event that bears a key; its transaction id cannot be searched for. */
async function madeRecord(door: EventDoor, key: string): Promise<ForeignRecord | null> {
  const path = eventsPath(door.calendarRemoteId) + queryOf({ $filter: madeBy(key), $select: 'id' });
  const reply = await door.client.call(door.access, { method: 'GET', path, aboutOneCalendar: true });
  const [first] = readPage(reply).items.filter(isRecord);
  return first === undefined ? null : orNull(() => readEvent(door, idOf(first)));
}

async function readTarget(door: EventDoor, target: WriteTarget): Promise<RemoteMeeting | null> {
  const found = await lookUp(door, target);
  if (found === null) return null;
  const { event, whole } = found;
  return whole === null ? living(itemOf(event, idOf(event))) : occurrenceToMeeting(event, whole.frame);
}

interface Target {
  readonly event: ForeignRecord;
  /** Of an occurrence: its series. */
  readonly whole: WholeSeries | null;
}

/** What a write is for, as it is now; null where there is nothing, or nothing any more. */
async function lookUp(door: EventDoor, target: WriteTarget): Promise<Target | null> {
  const name = await orNull(() => nameOf(door, target));
  if (name !== null) {
    const found = await orNull(() => readOccurrence(door, name));
    return found?.event ? { event: found.event, whole: found.whole } : null;
  }
  if (target.type === 'occurrence') return null;
  const event = await orNull(() => readEvent(door, target.remoteId));
  return event === null || event['isCancelled'] === true ? null : { event, whole: null };
}

async function nameOf(door: EventDoor, target: WriteTarget): Promise<OccurrenceName | null> {
  return target.type === 'item' ? readOccurrenceId(target.remoteId) : nameOfOccurrence(door, target);
}

/** Whether a change of it is mailed: a guest's own copy tells nobody. */
function mails(event: ForeignRecord): boolean {
  const { attendees } = event;
  return Array.isArray(attendees) && attendees.length > 0 && event['isOrganizer'] !== false;
}

function answered(event: ForeignRecord, note: EventNote): RemoteMeeting {
  const noted = { ...event, singleValueExtendedProperties: [noteProperty(note)] };
  const change = placeOf(event) === 'master' ? seriesToMeetings(noted)[0] : singleToMeeting(noted);
  const item = change === undefined ? null : living(change);
  if (item === null) throw gone();
  return item;
}

/** @throws ProviderError Unreadable */
function living(change: Change): RemoteMeeting | null {
  if (change.type === 'removed') return null;
  if (change.type === 'unreadable') throw new ProviderError('Unreadable', { detail: change.reason });
  return change.item.kind === 'cancelled' ? null : change.item;
}

function recordOf(reply: unknown): ForeignRecord {
  if (isRecord(reply) && asText(reply['id'], 1024) !== '') return reply;
  throw new ProviderError('Unavailable', { detail: 'a reply that is no event' });
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'Gone') return null;
    throw error;
  }
}

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OddEvent) throw new ProviderError('Unreadable', { detail: error.message });
    throw error;
  }
}

const gone = (): ProviderError => new ProviderError('Gone', { detail: 'no such event' });
const wouldNotify = (): ProviderError => new ProviderError('Rejected', { detail: 'would_notify' });
