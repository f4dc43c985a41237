/**
 * Writing Graph events, each conditional where the port says so. Graph mails guests whenever an event that has some is made,
 * changed or removed, and cannot be told not to: without leave to do so such a write is refused before anything is sent, for
 * which the event is looked at first. Nothing is sent twice from here.
 *
 * A series takes several requests where single occurrences of it are to be taken out, or would be forgotten with its old times
 * (`carried-over`). The first one notes on the event what is left to do, and whoever asks for the event after that (`made`,
 * `read`, the next write of it) does the rest, so that a write which stopped half-way is finished before it is judged.
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
import {
  type EventNote,
  keyProperty,
  madeBy,
  noteProperty,
  NOTHING_OWED,
  type OwedParts,
  readNote,
} from './event-note';
import { type Change, idOf, loneOccurrence, occurrenceToMeeting, OddEvent, versionOf } from './event-to-meeting';
import { placeOf } from './event-place';
import { zoneOf } from './graph-time';
import { carriedOver } from './carried-over';
import { payOff } from './take-out';
import { type EventDoor, itemOf, orNull, readEvent, readItself, readOccurrence } from './read-item';
import { nameOfOccurrence } from './occurrence-name';
import type { WholeSeries } from './series-to-meetings';

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
    return await finished(door, recordOf(reply), note);
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
  const { existingId } = refusal;
  const there = existingId === null ? await madeRecord(door, key) : await orNull(() => readEvent(door, existingId));
  // A search may not show yet what has only just been made; by its name it is found, or deleted.
  if (there === null && existingId === null)
    throw new ProviderError('Unavailable', { detail: 'made before, and not found yet' });
  const note = there === null ? null : readNote(there);
  if (there === null || note === null) throw refusal;
  const same = note.marker?.meetingId === marker.meetingId && note.marker.deployment === marker.deployment;
  if (!same) throw refusal;
  return finished(door, there, note);
}

/** The answer to a write, once all that belongs to it is done: the first reply does not name what was taken out of a series. */
async function finished(door: EventDoor, event: ForeignRecord, note: EventNote): Promise<RemoteMeeting> {
  const now = await payOff(door, event, note);
  if (now !== event) return answered(now, readNote(now));
  return answered(note.excluded.length === 0 ? event : await readEvent(door, idOf(event)), note);
}

async function updateEvent(door: EventDoor, request: UpdateRequest): Promise<RemoteMeeting> {
  const found = await lookUp(door, request.target);
  if (found === null) throw gone();
  const { event, whole } = found;
  const { draft, fields, ifVersion, notify } = request;
  if (versionOf(event) !== ifVersion)
    throw new ProviderError('VersionConflict', { detail: 'another version is there' });
  const zone = zoneOf(request.timeZone);
  const owed = fields.includes('time') && placeOf(event) === 'master' ? carriedOver(event, draft, zone) : NOTHING_OWED;
  const invites = (fields.includes('attendees') && draft.attendees.length > 0) || invitesTo(owed);
  if (!notify && (mails(event) || invites)) throw wouldNotify();
  const note = whole === null ? readNote(event) : { ...whole.frame.note, excluded: [], owed: NOTHING_OWED };
  const mayRepeat = placeOf(event) === 'single' || placeOf(event) === 'master';
  const patch = eventPatch(draft, { fields, mayRepeat, now: event, note, owed, zone });
  const path = eventPath(door.calendarRemoteId, idOf(event));
  const sent = { method: 'PATCH', path, body: patch.body, ifVersion, aboutOneCalendar: true } as const;
  const reply = recordOf(await door.client.call(door.access, sent));
  return whole === null ? finished(door, reply, patch.note) : occurrenceToMeeting(reply, whole.frame);
}

/** Whether occurrences are to be put back to which people are invited. */
function invitesTo({ changed }: OwedParts): boolean {
  return Object.values(changed).some(({ attendees }) => Array.isArray(attendees) && attendees.length > 0);
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
  return event === null ? null : asItIs(door, event);
}

/** An event as a listing shows it, with what a write of it still owes done. */
async function asItIs(door: EventDoor, event: ForeignRecord): Promise<RemoteMeeting | null> {
  return living(await readItself(door, await payOff(door, event, readNote(event))));
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
  return whole === null ? asItIs(door, event) : occurrenceToMeeting(event, whole.frame);
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
  const item = living(placeOf(event) === 'exception' ? loneOccurrence(event) : itemOf(noted, idOf(event)));
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
