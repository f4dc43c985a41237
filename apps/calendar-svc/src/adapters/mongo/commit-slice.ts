import type { mongo } from 'mongoose';
import { newId } from '@daybook/platform/crypto';
import { inTransaction } from '@daybook/platform/mongo';
import type { OutboxRow } from '@daybook/platform/outbox';
import type { CalendarRecord, LedgerRecord, MeetingRecord, RemovalRecord } from '../../ports/records';
import { meetingEvent } from '../../use-cases/meeting-event';
import type { ItemChange, UnitPlan } from '../../use-cases/plan-changes';
import type { CalendarAdvance } from './advance-update';
import { settleAside } from './aside-items';
import { fenced, refuse, type Hold } from './claim-calendar';
import type { CalendarCollections } from './collections';
import { inTurns } from './in-turns';
import { replaceReviewPages } from './review-pages';
import { sliceBulks, type SliceBulks } from './slice-bulks';
import type { SettledItem, SliceContent } from './slice-content';
import type { SliceOutcome, SyncStoreSurroundings } from './sync-store-surroundings';

export interface SliceToCommit {
  readonly plans: readonly UnitPlan[];
  readonly initial: boolean;
  /** The calendar's revision before this slice, as far as can be foreseen; null where nobody knows. */
  readonly revBefore: number | null;
}

/** Everything a transaction writes, made before it begins. */
export interface PreparedSlice extends SliceContent {
  /** Its writes for the revision that was foreseen; for any other they are built anew. */
  ready: SliceBulks | null;
}

/** Works out what a slice writes. It may run while the slice before is still being committed: units do not overlap. */
export async function prepareSlice(
  around: SyncStoreSurroundings,
  { plans, initial, revBefore }: SliceToCommit,
): Promise<PreparedSlice> {
  const at = new Date(around.clock.now());
  const returning = await earlierSequences(around.collections, plans, initial);
  const items: SettledItem[] = [];
  const outboxRows: OutboxRow[] = [];
  const ledger: LedgerRecord[] = [];
  let created = 0;
  let longestMs = 0;
  await inTurns(plans, (plan) => {
    for (const change of plan.items) {
      const record = settle(change, returning);
      items.push({ change, record });
      if (change.event) outboxRows.push(around.outbox.row(meetingEvent(change.event, record, { initial, at })));
      if (change.type !== 'touched') ledger.push(ledgerRow(change, record, at));
      if (change.type === 'created') created += 1;
    }
    for (const row of plan.rows.put) longestMs = Math.max(longestMs, row.endsAt.getTime() - row.startsAt.getTime());
  });
  // Items far outside the stored rows count too: reads of those days are computed from them.
  const visible =
    items.some(({ change }) => change.type !== 'touched') ||
    plans.some(({ rows }) => rows.put.length + rows.removed.length + rows.touched.length > 0);
  const slice = { plans, initial, at, items, ledger, outboxRows, created, visible, longestMs };
  if (revBefore === null) return { ...slice, ready: null };
  return { ...slice, ready: await sliceBulks(around.collections, slice, revBefore + (visible ? 1 : 0)) };
}

/**
 * One transaction: the fence, the calendar's revision and advance, items, occurrences, removals, ledger and outbox. It runs
 * again as a whole when the database asks for it, so everything that must stay the same is made before it.
 */
export async function commitSlice(
  around: SyncStoreSurroundings,
  hold: Hold,
  calendar: CalendarRecord,
  slice: PreparedSlice | null,
  advance: CalendarAdvance | null,
): Promise<SliceOutcome> {
  const { collections } = around;
  const write = async (session: mongo.ClientSession): Promise<number> => {
    const aside = await asideOf(around, session, calendar._id, advance);
    const rev = await moveCalendar(collections, session, { hold, calendarId: calendar._id, advance, aside, slice });
    if (slice) await writeSlice(collections, session, { calendarId: calendar._id, slice, rev });
    if (advance?.listed) {
      const { generation, remoteIds } = advance.listed;
      await collections.listedPages.insertOne(
        { _id: newId('lst'), calendarId: calendar._id, generation, remoteIds: [...remoteIds] },
        { session },
      );
    }
    if (advance?.reviewPages) await replaceReviewPages(collections, session, calendar._id, advance.reviewPages);
    if (advance?.audit) await collections.outbox.insertMany([...advance.audit], { session });
    return rev;
  };
  const { session } = hold.lease;
  const rev = await inTransaction(around.connection, write, session ? { session } : {});
  const items = slice?.items ?? [];
  const removed = items.filter(({ change }) => change.type === 'removed').length;
  const outcome = {
    calendarId: calendar._id,
    userId: calendar.userId,
    written: items.length - removed,
    removed,
    visible: slice?.visible ?? false,
    rev,
    initial: slice?.initial ?? false,
  };
  around.committed(outcome);
  return outcome;
}

/** The record as it will be stored. One that stands for its own past is copied, because the ledger keeps that past. */
function settle(change: ItemChange, returning: ReadonlyMap<string, number>): MeetingRecord {
  const last = change.before?.sequence ?? returning.get(change.after._id) ?? 0;
  const record = change.after === change.before ? { ...change.after } : change.after;
  record.sequence = change.type === 'touched' || change.type === 'intended' ? last : last + 1;
  return record;
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

function asideOf(
  { collections, clock }: SyncStoreSurroundings,
  session: mongo.ClientSession,
  calendarId: string,
  advance: CalendarAdvance | null,
): Promise<object | null> | null {
  if (!advance?.aside) return null;
  return settleAside(collections, session, { calendarId, change: advance.aside, now: new Date(clock.now()) });
}

interface CalendarMove {
  readonly hold: Hold;
  readonly calendarId: string;
  readonly advance: CalendarAdvance | null;
  readonly aside: object | null;
  readonly slice: SliceContent | null;
}

/** First after what is aside, so that a run that has lost its lease fails before it has written anything large. */
async function moveCalendar(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  { hold, calendarId, advance, aside, slice }: CalendarMove,
): Promise<number> {
  const longestMs = slice?.longestMs ?? 0;
  const set = { ...advance?.set, ...aside };
  const update = {
    ...(Object.keys(set).length > 0 ? { $set: set } : {}),
    ...(longestMs > 0 ? { $max: { longestMs } } : {}),
    $inc: { rev: slice?.visible ? 1 : 0, progress: slice?.created ?? 0 },
  };
  const after = await collections.calendars.findOneAndUpdate(fenced(hold, calendarId), update, {
    session,
    returnDocument: 'after',
    projection: { rev: 1 },
  });
  return after ? after.rev : refuse(collections, hold, calendarId, session);
}

export interface SliceToWrite {
  readonly calendarId: string;
  readonly slice: PreparedSlice;
  /** The calendar's revision from this transaction on. */
  readonly rev: number;
}

/** Everything of a slice but the calendar itself. One after the other: a session carries one operation at a time. */
export async function writeSlice(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  { calendarId, slice, rev }: SliceToWrite,
): Promise<void> {
  const bulks = slice.ready?.rev === rev ? slice.ready : await sliceBulks(collections, slice, rev);
  // Each may be sent once; a transaction that runs again makes them anew.
  slice.ready = null;
  await bulks.items(session);
  await writeRows(collections, session, calendarId, { slice, bulks });
  await bulks.news(session);
}

async function writeRows(
  collections: CalendarCollections,
  session: mongo.ClientSession,
  calendarId: string,
  { slice, bulks }: { slice: SliceContent; bulks: SliceBulks },
): Promise<void> {
  const { plans, initial } = slice;
  const { rev } = bulks;
  const tombstones = tombstonesOf(calendarId, slice, rev);
  const removed = plans.flatMap((plan) => plan.rows.removed.map(({ _id }) => _id));
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
  await bulks.rows(session);
  if (initial) return;
  const back = plans.flatMap((plan) => plan.rows.put.map((row) => row._id));
  if (back.length === 0) return;
  // What is back is not gone: a reader of changes must not be told of both.
  await collections.removals.updateMany({ _id: { $in: back }, hidden: false }, { $set: { hidden: true } }, { session });
}

/** One for each row or item that went. An item's carries its sequence on; where a row took its place readers do not see it. */
function tombstonesOf(calendarId: string, { plans, items, at }: SliceContent, rev: number): RemovalRecord[] {
  const tombstones = new Map<string, RemovalRecord>();
  const plain = { calendarId, rev, sequence: 0, at, hidden: false, regrouped: false };
  for (const { rows } of plans) {
    for (const { _id, identity } of rows.removed) tombstones.set(_id, { ...plain, _id, identity });
    for (const { _id, identity } of rows.regrouped) {
      const name = `${_id}|${identity}`;
      tombstones.set(name, { ...plain, _id: name, identity, regrouped: true });
    }
  }
  const gone = items.filter(({ change }) => change.type === 'removed');
  if (gone.length === 0) return [...tombstones.values()];
  const staying = new Set(plans.flatMap((plan) => plan.rows.put.map((row) => row._id)));
  for (const { record } of gone) {
    const { _id, sequence } = record;
    const identity = tombstones.get(_id)?.identity ?? null;
    tombstones.set(_id, { ...plain, _id, sequence, hidden: staying.has(_id), identity });
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
    by: change.by ?? 'provider',
    action: change.type === 'created' ? 'created' : change.type === 'removed' ? 'removed' : 'updated',
    sequence: record.sequence,
    remoteVersion: record.remoteVersion,
    before: change.before,
  };
}
