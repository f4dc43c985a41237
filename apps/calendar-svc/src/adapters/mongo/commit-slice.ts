import type { mongo } from 'mongoose';
import { newId } from '@daybook/platform/crypto';
import { inTransaction, type Lease } from '@daybook/platform/mongo';
import type { CalendarRecord, LedgerRecord, MeetingRecord, OccurrenceRecord, RemovalRecord } from '../../ports/records';
import { meetingEvent } from '../../use-cases/meeting-event';
import type { ItemChange, UnitPlan } from '../../use-cases/plan-changes';
import type { CalendarAdvance } from './advance-update';
import type { CalendarCollections } from './collections';
import type { SyncStoreSurroundings } from './mongo-calendar-sync-store';

export interface SliceToCommit {
  readonly plans: readonly UnitPlan[];
  readonly initial: boolean;
}

export interface SliceOutcome {
  readonly calendarId: string;
  readonly userId: string;
  readonly written: number;
  readonly removed: number;
  /** Something a reader can see changed. */
  readonly visible: boolean;
}

/** Everything a transaction writes, made before it begins: only the revision is still missing. */
export interface PreparedSlice {
  readonly plans: readonly UnitPlan[];
  readonly initial: boolean;
  readonly at: Date;
  readonly items: readonly SettledItem[];
  readonly rows: { readonly fresh: readonly OccurrenceRecord[]; readonly other: readonly OccurrenceRecord[] };
  readonly ledger: readonly LedgerRecord[];
  readonly outboxRows: ReturnType<SyncStoreSurroundings['outbox']['rows']>;
  readonly created: number;
  readonly visible: boolean;
  readonly longestMs: number;
}

/** Works out what a slice writes. It may run while the slice before is still being committed: units do not overlap. */
export async function prepareSlice(
  around: SyncStoreSurroundings,
  calendar: CalendarRecord,
  { plans, initial }: SliceToCommit,
): Promise<PreparedSlice> {
  const at = new Date(around.clock.now());
  const returning = await earlierSequences(around.collections, plans, initial);
  const items = plans.flatMap((plan) => plan.items.map((change) => settle(change, returning, calendar)));
  const events = items.flatMap(({ change, record }) =>
    change.event ? [meetingEvent(change.event, record, { initial, at })] : [],
  );
  const fresh: OccurrenceRecord[] = [];
  const other: OccurrenceRecord[] = [];
  let longestMs = 0;
  for (const { rows } of plans) {
    for (const row of rows.put) {
      (rows.fresh ? fresh : other).push({ ...row, rev: 0 });
      longestMs = Math.max(longestMs, row.endsAt.getTime() - row.startsAt.getTime());
    }
  }
  return {
    plans,
    initial,
    at,
    items,
    rows: { fresh, other },
    ledger: items.flatMap(({ change, record }) => (change.type === 'touched' ? [] : [ledgerRow(change, record, at)])),
    outboxRows: around.outbox.rows(events),
    created: items.filter(({ change }) => change.type === 'created').length,
    // Items far outside the stored rows count too: reads of those days are computed from them.
    visible:
      items.some(({ change }) => change.type !== 'touched') ||
      plans.some(({ rows }) => rows.put.length + rows.removed.length + rows.touched.length > 0),
    longestMs,
  };
}

/**
 * One transaction: the fence, the calendar's revision and advance, items, occurrences, removals, ledger and outbox. It runs
 * again as a whole when the database asks for it, so everything that must stay the same is made before it.
 */
export async function commitSlice(
  around: SyncStoreSurroundings,
  lease: Lease,
  calendar: CalendarRecord,
  slice: PreparedSlice | null,
  advance: CalendarAdvance | null,
): Promise<SliceOutcome> {
  const { collections } = around;
  await inTransaction(around.connection, async (session) => {
    await around.leases.assertFence(session, lease.id, lease.fence);
    const rev = await moveCalendar(collections, session, calendar._id, { advance, slice });
    // One after the other: a session carries one operation at a time.
    if (slice) {
      await writeItems(collections, session, slice.items, rev);
      await writeRows(collections, session, calendar._id, { slice, rev });
      const { ledger, outboxRows } = slice;
      if (ledger.length > 0) await collections.ledger.insertMany(ledger, { session, ordered: false });
      if (outboxRows.length > 0)
        await collections.outbox.insertMany(asDocuments(outboxRows), { session, ordered: false });
    }
    if (!advance?.listed) return;
    const { generation, remoteIds } = advance.listed;
    await collections.listedPages.insertOne(
      { _id: newId('lst'), calendarId: calendar._id, generation, remoteIds: [...remoteIds] },
      { session },
    );
  });
  const items = slice?.items ?? [];
  const removed = items.filter(({ change }) => change.type === 'removed').length;
  const outcome = {
    calendarId: calendar._id,
    userId: calendar.userId,
    written: items.length - removed,
    removed,
    visible: slice?.visible ?? false,
  };
  around.committed(outcome);
  return outcome;
}

export interface SettledItem {
  readonly change: ItemChange;
  readonly record: MeetingRecord;
}

function settle(change: ItemChange, returning: ReadonlyMap<string, number>, calendar: CalendarRecord): SettledItem {
  const last = change.before?.sequence ?? returning.get(change.after._id) ?? 0;
  const sequence = change.type === 'touched' ? last : last + 1;
  return { change, record: { ...change.after, userId: calendar.userId, sequence, rev: 0 } };
}

/** An item that comes back goes on counting where it left off, so that its events stay in order for consumers. */
async function earlierSequences(
  collections: CalendarCollections,
  plans: readonly UnitPlan[],
  initial: boolean,
): Promise<ReadonlyMap<string, number>> {
  if (initial) return new Map();
  const ids = plans.flatMap((plan) =>
    plan.items.filter((change) => change.type === 'created').map((change) => change.after._id),
  );
  if (ids.length === 0) return new Map();
  const found = await collections.removals.find({ _id: { $in: ids } }, { projection: { sequence: 1 } }).toArray();
  return new Map(found.map((removal) => [removal._id, removal.sequence]));
}

async function moveCalendar(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  calendarId: string,
  { advance, slice }: { advance: CalendarAdvance | null; slice: PreparedSlice | null },
): Promise<number> {
  const longestMs = slice?.longestMs ?? 0;
  const update = {
    ...(advance && Object.keys(advance.set).length > 0 ? { $set: advance.set } : {}),
    ...(longestMs > 0 ? { $max: { longestMs } } : {}),
    $inc: { rev: slice?.visible ? 1 : 0, progress: slice?.created ?? 0 },
  };
  const after = await collections.calendars.findOneAndUpdate({ _id: calendarId }, update, {
    session,
    returnDocument: 'after',
    projection: { rev: 1 },
  });
  if (!after) throw new Error('the calendar is gone');
  return after.rev;
}

async function writeItems(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  items: readonly SettledItem[],
  rev: number,
): Promise<void> {
  if (items.length === 0) return;
  const operations: mongo.AnyBulkWriteOperation<MeetingRecord>[] = items.map(({ change, record }) => {
    record.rev = rev;
    if (change.type === 'removed') return { deleteOne: { filter: { _id: record._id } } };
    if (change.type === 'created') return { insertOne: { document: record } };
    return { replaceOne: { filter: { _id: record._id }, replacement: record } };
  });
  await collections.meetings.bulkWrite(operations, { session, ordered: false });
}

async function writeRows(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  calendarId: string,
  { slice, rev }: { slice: PreparedSlice; rev: number },
): Promise<void> {
  const { plans, initial } = slice;
  const tombstones = tombstonesOf(calendarId, slice, rev);
  const removed = plans.flatMap((plan) => plan.rows.removed);
  if (removed.length > 0) await collections.occurrences.deleteMany({ _id: { $in: removed } }, { session });
  if (tombstones.length > 0) {
    await collections.removals.bulkWrite(
      tombstones.map((replacement) => ({
        replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
      })),
      { session, ordered: false },
    );
  }
  const touched = plans.flatMap((plan) => plan.rows.touched);
  if (touched.length > 0)
    await collections.occurrences.updateMany({ _id: { $in: touched } }, { $set: { rev } }, { session });
  const put = [...slice.rows.fresh, ...slice.rows.other];
  if (put.length === 0) return;
  for (const row of put) row.rev = rev;
  const operations: mongo.AnyBulkWriteOperation<OccurrenceRecord>[] = [
    ...slice.rows.fresh.map((document) => ({ insertOne: { document } })),
    ...slice.rows.other.map((replacement) => ({
      replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
    })),
  ];
  await collections.occurrences.bulkWrite(operations, { session, ordered: false });
  if (initial) return;
  // What is back is not gone: a reader of changes must not be told of both.
  const back = put.map((row) => row._id);
  await collections.removals.updateMany({ _id: { $in: back }, hidden: false }, { $set: { hidden: true } }, { session });
}

/** One for each row or item that went. An item's carries its sequence on; where a row took its place readers do not see it. */
function tombstonesOf(calendarId: string, { plans, items, at }: PreparedSlice, rev: number): RemovalRecord[] {
  const tombstones = new Map<string, RemovalRecord>();
  for (const _id of plans.flatMap((plan) => plan.rows.removed))
    tombstones.set(_id, { _id, calendarId, rev, sequence: 0, at, hidden: false });
  const gone = items.filter(({ change }) => change.type === 'removed');
  if (gone.length === 0) return [...tombstones.values()];
  const staying = new Set(plans.flatMap((plan) => plan.rows.put.map((row) => row._id)));
  for (const { record } of gone) {
    const { _id, sequence } = record;
    tombstones.set(_id, { _id, calendarId, rev, sequence, at, hidden: staying.has(_id) });
  }
  return [...tombstones.values()];
}

function ledgerRow(change: ItemChange, record: MeetingRecord, at: Date): LedgerRecord {
  return {
    _id: newId('led'),
    calendarId: record.calendarId,
    connectionId: record.connectionId,
    itemId: record._id,
    at,
    by: 'provider',
    action: change.type === 'created' ? 'created' : change.type === 'removed' ? 'removed' : 'updated',
    sequence: record.sequence,
    remoteVersion: record.remoteVersion,
    before: change.before,
  };
}

function asDocuments(rows: readonly object[]): mongo.OptionalId<mongo.BSON.Document>[] {
  return rows.map((row) => ({ ...row }));
}
