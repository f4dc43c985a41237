/**
 * Writing Exchange items, each conditional where the port says so. A change is conditional on its change key; a removal is not to
 * Exchange, so that the item is looked at first, as before each change. Nothing is sent twice from here.
 *
 * Exchange makes another item of each create, so that every create first looks for what one with its key has made.
 *
 * A series takes several requests where single occurrences of it are to be taken out, or would be forgotten with its old times
 * (`carried-over`). The first one notes on the item what is left to do, and whoever asks for the item after that (`made`, `read`, the next write of it) does the rest, so that a write which stopped
 * half-way is finished before it is judged.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/calendars-and-ews-in-exchange.
 */
import { dateOf, toCivil } from '@daybook/domain';
import {
  type CalendarWrites,
  type CreateRequest,
  type ForeignRecord,
  ProviderError,
  type RemoteMeeting,
  type RemoveRequest,
  type UpdateRequest,
  type WriteTarget,
} from '@daybook/provider-port';
import { carriedOver } from './carried-over';
import { itemPatch, newItem } from './draft-to-fields';
import { findMade } from './find-made';
import { getOne } from './get-items';
import { readOccurrenceId } from './item-address';
import type { ItemDoor } from './item-door';
import { type ItemNote, KEY_PATH, keyProperty, readNote } from './item-note';
import { idOf, isCancelled, occurrenceToMeeting, placeOf, versionOf } from './item-to-meeting';
import { isOrganizer } from './item-people';
import { type Change, OddItem } from './odd-item';
import { NOTHING_OWED } from './owed-parts';
import { itemOf, occurrenceIn, orNull, readWholeSeries } from './read-item';
import { originalStartOn, type WholeSeries } from './series-to-meetings';
import { payOff } from './take-out';
import { zoneOf } from './zone-name';
import { createItem, deleteItem, updateItem } from './write-operations';

export function createExchangeWrites(doorTo: (calendarRemoteId: string) => ItemDoor): CalendarWrites {
  return {
    create: (request) => readable(() => createMeeting(doorTo(request.calendarRemoteId), request)),
    update: (request) => readable(() => updateMeeting(doorTo(request.calendarRemoteId), request)),
    remove: (request) => readable(() => removeMeeting(doorTo(request.calendarRemoteId), request)),
    made: ({ key, calendarRemoteId }) => readable(() => madeMeeting(doorTo(calendarRemoteId), key)),
    read: ({ target, calendarRemoteId }) => readable(() => readTarget(doorTo(calendarRemoteId), target)),
  };
}

async function createMeeting(door: ItemDoor, request: CreateRequest): Promise<RemoteMeeting> {
  const { key, draft, marker, timeZone, notify } = request;
  const { fields } = newItem(draft, marker, zoneOf(timeZone));
  const before = await findMade(door, key);
  if (before.id !== null) return adoptMeeting(door, before.id, request);
  if (before.isDeleted) throw new ProviderError('Rejected', { detail: 'made before, and deleted' });
  const keyed = { name: 'ExtendedProperty', path: KEY_PATH, value: keyProperty(key) };
  return answered(door, await createItem(door, [...fields, keyed], notify));
}

/** What an earlier attempt made, as long as it says so itself. */
async function adoptMeeting(door: ItemDoor, id: string, { marker }: CreateRequest): Promise<RemoteMeeting> {
  const item = await getOne(door, { type: 'item', id });
  const note = readNote(item).marker;
  if (note?.meetingId !== marker.meetingId || note.deployment !== marker.deployment)
    throw new ProviderError('Rejected', { detail: 'made before, for another meeting' });
  return present(await asItIs(door, item));
}

async function updateMeeting(door: ItemDoor, request: UpdateRequest): Promise<RemoteMeeting> {
  const { draft, fields, ifVersion, notify, target } = request;
  const found = await lookUp(door, target);
  if (found === null) throw gone();
  const { item, whole } = found;
  if (versionOf(item) !== ifVersion) throw conflict();
  const note = noteFor(found);
  const mayRepeat = whole === null;
  const owed =
    fields.includes('time') && placeOf(item) === 'master' ? await carriedOver(door, item, request) : NOTHING_OWED;
  const patch = itemPatch(draft, { fields, mayRepeat, now: item, note, owed, zone: zoneOf(request.timeZone) });
  if (patch.fields.length === 0) return present(await readTarget(door, target));
  const change = { id: idOf(item), ifVersion, fields: patch.fields, notify: notify && isOrganizer(item) };
  const id = await updateItem(door, change);
  if (whole === null) return answered(door, id);
  return occurrenceToMeeting(await getOne(door, { type: 'item', id }), whole.frame);
}

/** An occurrence has the note of its series until it has one of its own; what the series owes is none of its business. */
function noteFor({ item, whole }: Target): ItemNote {
  const own = readNote(item);
  if (whole === null) return own;
  return { ...(own.marker === null ? whole.frame.note : own), excluded: [], owed: NOTHING_OWED };
}

async function removeMeeting(door: ItemDoor, { target, ifVersion, notify }: RemoveRequest): Promise<void> {
  const found = await lookUp(door, target);
  if (found === null) throw gone();
  const { item } = found;
  const version = versionOf(item);
  if (ifVersion !== null && version !== ifVersion) throw conflict();
  await deleteItem(door, { id: idOf(item), version, notify: notify && isOrganizer(item) });
}

async function madeMeeting(door: ItemDoor, key: string): Promise<RemoteMeeting | null> {
  const { id } = await findMade(door, key);
  const item = id === null ? null : await orNull(() => getOne(door, { type: 'item', id }));
  return item === null ? null : asItIs(door, item);
}

async function readTarget(door: ItemDoor, target: WriteTarget): Promise<RemoteMeeting | null> {
  const found = await lookUp(door, target);
  if (found === null) return null;
  const { item, whole } = found;
  return whole === null ? asItIs(door, item) : occurrenceToMeeting(item, whole.frame);
}

interface Target {
  readonly item: ForeignRecord;
  /** Of an occurrence: its series. */
  readonly whole: WholeSeries | null;
}

/** What a write is for, as it is now; null where there is nothing, or nothing any more. */
function lookUp(door: ItemDoor, target: WriteTarget): Promise<Target | null> {
  return orNull(async () => {
    const name = target.type === 'item' ? readOccurrenceId(target.remoteId) : null;
    if (name !== null) return occurrenceOf(door, name.seriesRemoteId, () => name.date);
    if (target.type === 'occurrence')
      return occurrenceOf(door, target.seriesRemoteId, (whole) => dateOn(whole, target));
    const item = await getOne(door, { type: 'item', id: target.remoteId });
    const isItself = placeOf(item) === 'single' || placeOf(item) === 'master';
    return isItself && !isCancelled(item) ? { item, whole: null } : null;
  });
}

async function occurrenceOf(
  door: ItemDoor,
  seriesRemoteId: string,
  dateIn: (whole: WholeSeries) => string | null,
): Promise<Target | null> {
  const whole = await readWholeSeries(door, seriesRemoteId);
  const date = whole === null ? null : dateIn(whole);
  const found = whole === null || date === null ? null : await occurrenceIn(door, whole, date);
  return found?.record ? { item: found.record, whole } : null;
}

/** The date of an original start; null where the series puts none there. */
function dateOn(
  { start }: WholeSeries,
  { originalStart }: Extract<WriteTarget, { type: 'occurrence' }>,
): string | null {
  if ('date' in originalStart) return originalStart.date;
  if ('date' in start) return null;
  const date = dateOf(toCivil(originalStart.instant, start.timeZone));
  const there = originalStartOn(date, start);
  return 'instant' in there && there.instant === originalStart.instant ? date : null;
}

/** The answer to a write: what Exchange has made of it, once all that belongs to it is done. */
async function answered(door: ItemDoor, id: string): Promise<RemoteMeeting> {
  return present(await asItIs(door, await getOne(door, { type: 'item', id })));
}

/** An item as a listing shows it, with what a write of it still owes done. */
async function asItIs(door: ItemDoor, item: ForeignRecord): Promise<RemoteMeeting | null> {
  const now = await payOff(door, item);
  return living(itemOf(now, idOf(now), door.url));
}

/** @throws ProviderError Unreadable */
function living(change: Change): RemoteMeeting | null {
  if (change.type === 'removed') return null;
  if (change.type === 'unreadable') throw new ProviderError('Unreadable', { detail: change.reason });
  return change.item.kind === 'cancelled' ? null : change.item;
}

function present(item: RemoteMeeting | null): RemoteMeeting {
  if (item === null) throw gone();
  return item;
}

async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OddItem) throw new ProviderError('Unreadable', { detail: error.message });
    throw error;
  }
}

const gone = (): ProviderError => new ProviderError('Gone', { detail: 'no such item' });
const conflict = (): ProviderError => new ProviderError('VersionConflict', { detail: 'another version is there' });
