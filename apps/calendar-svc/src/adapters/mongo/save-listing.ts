import type { mongo } from 'mongoose';
import { zoneDataVersion } from '@daybook/domain';
import { deterministicId } from '@daybook/platform/crypto';
import type { RemoteCalendar } from '@daybook/provider-port';
import type { ListedCalendars } from '../../ports/calendar-store';
import type { CalendarRecord, ConnectionRecord } from '../../ports/records';
import { coverageAt } from '../../use-cases/coverage';
import type { CalendarCollections } from './collections';

/** A calendar that a listing does not show is looked for again so soon. */
const LOOK_AGAIN_MS = 60_000;
/** Two listings closer together than this count as one: a short answer may be cached on its way. */
const APART_MS = 30_000;

export interface ListingToSave {
  readonly connection: ConnectionRecord;
  readonly calendars: readonly RemoteCalendar[];
  readonly now: Date;
  readonly listEveryMs: number;
}

/** Adds, describes and revives what a complete listing shows, and notes what it does not show; removes nothing. */
export async function saveListing(collections: CalendarCollections, listing: ListingToSave): Promise<ListedCalendars> {
  if (listing.connection.listedAt === null) return saveFirstListing(collections, listing);
  const { connection, calendars, now, listEveryMs } = listing;
  const ids = connection.renamed ? await idsTaken(collections, connection) : NO_IDS;
  const writes = calendars.flatMap((remote) => writesFor(remote, { connection, now, ids }));
  const result = writes.length === 0 ? null : await collections.calendars.bulkWrite(writes);
  const unlisted = {
    connectionId: connection._id,
    retiredAt: null,
    remoteId: { $nin: calendars.map(({ remoteId }) => remoteId) },
  };
  await collections.calendars.updateMany({ ...unlisted, missingSince: null }, { $set: { missingSince: now } });
  const missing = await collections.calendars.find(unlisted).toArray();
  const gone = missing.filter(({ missingSince }) => (missingSince?.getTime() ?? Infinity) <= now.getTime() - APART_MS);
  const wait = missing.length > gone.length ? Math.min(LOOK_AGAIN_MS, listEveryMs) : listEveryMs;
  await noteListing(collections, listing, wait);
  return { added: result?.upsertedCount ?? 0, gone };
}

/** Somebody waits for it, and there is nothing yet that could have changed, be missing or be back. */
async function saveFirstListing(collections: CalendarCollections, listing: ListingToSave): Promise<ListedCalendars> {
  const { connection, calendars, now, listEveryMs } = listing;
  const writes = calendars.map((remote) => addingWrite(remote, { connection, now, ids: NO_IDS }));
  const result = writes.length === 0 ? null : await collections.calendars.bulkWrite(writes, { ordered: false });
  await noteListing(collections, listing, listEveryMs);
  return { added: result?.upsertedCount ?? 0, gone: [] };
}

async function noteListing(
  { connections }: CalendarCollections,
  { connection, now }: ListingToSave,
  waitMs: number,
): Promise<void> {
  const listDueAt = new Date(now.getTime() + Math.max(waitMs, 1_000));
  await connections.updateOne({ _id: connection._id }, { $set: { listDueAt, listedAt: now } });
}

interface Listed {
  readonly connection: ConnectionRecord;
  readonly now: Date;
  /** Ids of calendars that go by other names than those they follow from. */
  readonly ids: ReadonlySet<string>;
}

const NO_IDS: ReadonlySet<string> = new Set();

async function idsTaken(
  { calendars }: CalendarCollections,
  { _id: connectionId }: ConnectionRecord,
): Promise<ReadonlySet<string>> {
  const renamed = await calendars.find({ connectionId, renamed: true }, { projection: { _id: 1 } }).toArray();
  return new Set(renamed.map(({ _id }) => _id));
}

function addingWrite(
  remote: RemoteCalendar,
  { connection, now, ids }: Listed,
): mongo.AnyBulkWriteOperation<CalendarRecord> {
  const { remoteId } = remote;
  const first = deterministicId('cal', connection._id, remoteId);
  const _id = ids.has(first) ? deterministicId('cal', connection._id, remoteId, 'renamed') : first;
  const fresh = { _id, ...describedBy(remote), ...newCalendar(connection, remote, now) };
  return {
    updateOne: {
      filter: { connectionId: connection._id, remoteId },
      update: { $setOnInsert: fresh },
      upsert: true,
    },
  };
}

function writesFor(remote: RemoteCalendar, listed: Listed): mongo.AnyBulkWriteOperation<CalendarRecord>[] {
  const { connection, now } = listed;
  const named = { connectionId: connection._id, remoteId: remote.remoteId };
  const described = describedBy(remote);
  const differs = Object.entries(described).map(([field, value]) => ({ [field]: { $ne: value } }));
  return [
    addingWrite(remote, listed),
    { updateOne: { filter: { ...named, missingSince: { $ne: null } }, update: { $set: { missingSince: null } } } },
    { updateOne: { filter: { ...named, retiredAt: { $ne: null } }, update: { $set: revived(now) } } },
    // What shows on every row of a calendar is part of where a reader of changes stands.
    {
      updateOne: { filter: { ...named, $or: differs }, update: { $set: described, $inc: { version: 1, rev: 1 } } },
    },
    // Until a person chooses, our selection follows the provider's own list.
    {
      updateOne: {
        filter: { ...named, selectedByPerson: false },
        update: { $set: { selected: remote.shown || remote.primary } },
      },
    },
  ];
}

/** One that comes back is listed from the front, and its events go on counting where they left off: it is no first sync. */
function revived(now: Date): Partial<CalendarRecord> {
  return { retiredAt: null, cursor: null, listing: null, glanced: true, nextSyncAt: now, channelDueAt: now };
}

function describedBy(remote: RemoteCalendar): Partial<CalendarRecord> {
  const { name, colour, timeZone, primary, writable, owned } = remote;
  return { name, colour, timeZone, primary, writable, owned };
}

function newCalendar(connection: ConnectionRecord, remote: RemoteCalendar, now: Date): Partial<CalendarRecord> {
  return {
    connectionId: connection._id,
    accountId: connection.accountId,
    userId: connection.userId,
    service: connection.service,
    remoteId: remote.remoteId,
    selected: remote.shown || remote.primary,
    selectedByPerson: false,
    version: 1,
    rev: 0,
    fence: 0,
    intents: 0,
    requested: 0,
    served: 0,
    cursor: null,
    listing: null,
    generation: 0,
    glanced: false,
    nextSyncAt: now,
    lastSuccessAt: null,
    failures: 0,
    problem: null,
    review: null,
    missingSince: null,
    retiredAt: null,
    unreadable: 0,
    asideDueAt: null,
    progress: 0,
    longestMs: 0,
    coverage: { ...coverageAt(now.getTime()), zoneData: zoneDataVersion() },
    channel: null,
    channelDueAt: now,
    oldChannels: [],
  };
}
