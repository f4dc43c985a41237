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
  /** Rows a reader can see changed. */
  readonly visible: boolean;
}

/**
 * One transaction: the fence, the calendar's revision and advance, items, occurrences, removals, ledger and outbox. It runs
 * again as a whole when the database asks for it, so everything that must stay the same is made before it.
 */
export async function commitSlice(
  around: SyncStoreSurroundings,
  lease: Lease,
  calendar: CalendarRecord,
  slice: SliceToCommit | null,
  advance: CalendarAdvance | null,
): Promise<SliceOutcome> {
  const plans = slice?.plans ?? [];
  const at = new Date(around.clock.now());
  const returning = await earlierSequences(around.collections, plans, slice?.initial ?? true);
  const items = plans.flatMap((plan) => plan.items).map((change) => settle(change, returning, calendar));
  const events = items.flatMap(({ change, record }) =>
    change.event ? [meetingEvent(change.event, record, { initial: slice?.initial ?? false, at })] : [],
  );
  const outboxRows = around.outbox.rows(events);
  const ledger = items
    .filter(({ change }) => change.type !== 'touched')
    .map(({ change, record }) => ledgerRow(change, record, at));
  const visible = plans.some(({ rows }) => rows.put.length + rows.removed.length + rows.touched.length > 0);
  const created = items.filter(({ change }) => change.type === 'created').length;
  const longestMs = Math.max(
    0,
    ...plans.flatMap((plan) => plan.rows.put.map((row) => row.endsAt.getTime() - row.startsAt.getTime())),
  );

  await inTransaction(around.connection, async (session) => {
    await around.leases.assertFence(session, lease.id, lease.fence);
    const rev = await moveCalendar(around.collections, session, calendar._id, { advance, visible, created, longestMs });
    // One after the other: a session carries one operation at a time.
    await writeItems(around.collections, session, items, rev);
    await writeRows(around.collections, session, plans, {
      rev,
      at,
      calendarId: calendar._id,
      items,
      initial: slice?.initial ?? false,
    });
    if (ledger.length > 0) await around.collections.ledger.insertMany(ledger, { session, ordered: false });
    if (outboxRows.length > 0)
      await around.collections.outbox.insertMany(asDocuments(outboxRows), { session, ordered: false });
    if (!advance?.listed) return;
    const { generation, remoteIds } = advance.listed;
    await around.collections.listedPages.insertOne(
      { _id: newId('lst'), calendarId: calendar._id, generation, remoteIds: [...remoteIds] },
      { session },
    );
  });
  const outcome = {
    calendarId: calendar._id,
    userId: calendar.userId,
    written: items.filter(({ change }) => change.type !== 'removed').length,
    removed: items.filter(({ change }) => change.type === 'removed').length,
    visible,
  };
  around.committed(outcome);
  return outcome;
}

interface SettledItem {
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

interface Movement {
  readonly advance: CalendarAdvance | null;
  readonly visible: boolean;
  readonly created: number;
  readonly longestMs: number;
}

async function moveCalendar(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  calendarId: string,
  move: Movement,
): Promise<number> {
  const update = {
    ...(move.advance && Object.keys(move.advance.set).length > 0 ? { $set: move.advance.set } : {}),
    ...(move.longestMs > 0 ? { $max: { longestMs: move.longestMs } } : {}),
    $inc: { rev: move.visible ? 1 : 0, progress: move.created },
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
    const document = { ...record, rev };
    if (change.type === 'removed') return { deleteOne: { filter: { _id: record._id } } };
    if (change.type === 'created') return { insertOne: { document } };
    return { replaceOne: { filter: { _id: record._id }, replacement: document } };
  });
  await collections.meetings.bulkWrite(operations, { session, ordered: false });
}

interface RowSurroundings {
  readonly rev: number;
  readonly at: Date;
  readonly calendarId: string;
  readonly items: readonly SettledItem[];
  readonly initial: boolean;
}

async function writeRows(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  plans: readonly UnitPlan[],
  around: RowSurroundings,
): Promise<void> {
  const { rev } = around;
  const tombstones = tombstonesOf(plans, around);
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
  const operations = plans.flatMap((plan) => plan.rows.put.map((row) => putRow({ ...row, rev }, plan.rows.fresh)));
  if (operations.length === 0) return;
  await collections.occurrences.bulkWrite(operations, { session, ordered: false });
  if (around.initial) return;
  // What is back is not gone: a reader of changes must not be told of both.
  const back = plans.flatMap((plan) => plan.rows.put.map((row) => row._id));
  await collections.removals.updateMany({ _id: { $in: back }, hidden: false }, { $set: { hidden: true } }, { session });
}

function putRow(document: OccurrenceRecord, fresh: boolean): mongo.AnyBulkWriteOperation<OccurrenceRecord> {
  return fresh
    ? { insertOne: { document } }
    : { replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } };
}

/** One for each row or item that went. An item's carries its sequence on; where a row took its place readers do not see it. */
function tombstonesOf(plans: readonly UnitPlan[], { rev, at, calendarId, items }: RowSurroundings): RemovalRecord[] {
  const tombstones = new Map<string, RemovalRecord>();
  for (const _id of plans.flatMap((plan) => plan.rows.removed))
    tombstones.set(_id, { _id, calendarId, rev, sequence: 0, at, hidden: false });
  const staying = new Set(plans.flatMap((plan) => plan.rows.put.map((row) => row._id)));
  for (const { change, record } of items) {
    if (change.type !== 'removed') continue;
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
