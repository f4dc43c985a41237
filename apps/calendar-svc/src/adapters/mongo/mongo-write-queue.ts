import type { mongo } from 'mongoose';
import type { MeetingDraft, RemoteMeeting } from '@daybook/provider-port';
import { inTransaction, type Lease } from '@daybook/platform/mongo';
import {
  differingFields,
  draftOf,
  type SettleHow,
  type WaitingWrite,
  type WriteQueue,
  type WriteRefusal,
} from '@daybook/sync-engine';
import { CalendarMoved } from '../../ports/calendar-moved';
import type { CalendarRecord, LeftPlace, MeetingRecord } from '../../ports/records';
import { planRows, planUnit, type ItemChange, type StoredUnit } from '../../use-cases/plan-changes';
import { cancelledOf, refusedRecord } from '../../use-cases/settle-write';
import { remoteToMeeting } from '../../use-cases/remote-to-meeting';
import { claimCalendar, holdOf } from './claim-calendar';
import { commitSlice, prepareSlice } from './commit-slice';
import { ownCalendar } from './own-calendar';
import { readWholeUnits } from './read-stored-units';
import type { SyncStoreSurroundings } from './sync-store-surroundings';
import { leftId, leftWriteOf, partsOf, pendingWriteOf } from './waiting-write';

/** Those looked at to find one that may go; what waits for another one stays behind. */
const LOOKED_AT = 50;

export interface QueuedFor {
  readonly connectionId: string;
  /** How the provider will call an item made with a key; null where it chooses itself. */
  readonly remoteIdOf: ((key: string) => string) | null;
}

type FieldChange = Readonly<Record<string, unknown>>;
type PlanUnit = (unitId: string, stored: StoredUnit) => ReturnType<typeof planUnit>;

interface UnitToCommit {
  readonly calendar: CalendarRecord;
  readonly unitId: string;
  /** The provider's item that was seen doing this. */
  readonly seen: string | null;
}

/** Nobody types faster than this many times. */
const MOST_ROUNDS = 5;

interface Place {
  readonly calendar: CalendarRecord;
  readonly record: MeetingRecord;
}

/**
 * What waits to be written to one connection, under its lease. It lies on the meetings themselves; each method claims their
 * calendar first, so that a holder that has lost its lease changes nothing.
 */
export class MongoWriteQueue implements WriteQueue {
  constructor(
    private readonly around: SyncStoreSurroundings,
    private readonly lease: Lease,
    private readonly of: QueuedFor,
  ) {}

  async next(now: number, except: ReadonlySet<string> = new Set()): Promise<WaitingWrite | null> {
    return (await this.nextPending(new Date(now), except)) ?? (await this.nextLeft(new Date(now), except));
  }

  private async nextPending(now: Date, except: ReadonlySet<string>): Promise<WaitingWrite | null> {
    const { meetings, calendars } = this.around.collections;
    const waiting = await meetings
      .find({
        connectionId: this.of.connectionId,
        ...(except.size > 0 ? { _id: { $nin: [...except] } } : {}),
        'writing.pending.since': { $gt: new Date(0) },
        'writing.pending.notBefore': { $lte: now },
      })
      .sort({ 'writing.pending.since': 1 })
      .limit(LOOKED_AT)
      .toArray();
    for (const record of waiting) {
      const { writing } = record;
      const calendar = await calendars.findOne({ _id: record.calendarId });
      if (!writing?.pending || !calendar) continue;
      const series = record.seriesId === null ? null : await meetings.findOne({ _id: record.seriesId });
      // An occurrence has no place before its series is there, and before what was meant with that earlier: it may move it.
      const earlier = series?.writing?.pending ?? null;
      if (series && (series.remoteVersion === '' || (earlier && earlier.since <= writing.pending.since))) continue;
      return pendingWriteOf(
        { record: { ...record, writing }, calendar, series },
        writing.pending,
        this.around.deployment,
      );
    }
    return null;
  }

  private async nextLeft(now: Date, except: ReadonlySet<string>): Promise<WaitingWrite | null> {
    const { meetings, calendars } = this.around.collections;
    const left = await meetings
      .find({
        'writing.left': { $elemMatch: { connectionId: this.of.connectionId, notBefore: { $lte: now } } },
        'writing.left.connectionId': this.of.connectionId,
      })
      .limit(LOOKED_AT)
      .toArray();
    for (const record of left) {
      const { writing } = record;
      // It goes from here only when it has arrived there.
      if (!writing || writing.pending) continue;
      const place = writing.left.find(
        (one) =>
          one.connectionId === this.of.connectionId && one.notBefore <= now && !except.has(leftId(record._id, one)),
      );
      const calendar = place && (await calendars.findOne({ _id: place.calendarId }));
      if (place && calendar)
        return leftWriteOf({ record: { ...record, writing }, calendar }, place, this.around.deployment);
    }
    return null;
  }

  async sending(write: WaitingWrite, what: MeetingDraft | 'removal'): Promise<'noted' | 'overtaken'> {
    if (partsOf(write).leaves !== null) return this.setLeft(write, { 'writing.left.$.sent': true });
    // Known in a listing before its answer has come.
    const remoteId = write.operation === 'create' ? (this.of.remoteIdOf?.(write.key) ?? null) : null;
    return this.set(write, { 'writing.pending.sent': what, ...(remoteId === null ? {} : { remoteId }) });
  }

  async postpone(write: WaitingWrite, until: number, attempts: number): Promise<void> {
    const notBefore = new Date(until);
    if (partsOf(write).leaves !== null) {
      await this.setLeft(write, { 'writing.left.$.notBefore': notBefore, 'writing.left.$.attempts': attempts });
      return;
    }
    await this.set(write, { 'writing.pending.notBefore': notBefore, 'writing.pending.attempts': attempts });
  }

  async settle(write: WaitingWrite, item: RemoteMeeting, how: SettleHow): Promise<'done' | 'left'> {
    const place = await this.place(write);
    if (!place) return 'done';
    const { record, calendar } = place;
    if (partsOf(write).leaves !== null) {
      // It changed there meanwhile; it goes all the same, as it is now.
      await this.setLeft(write, { 'writing.left.$.remoteVersion': item.version, 'writing.left.$.sent': false });
      return 'left';
    }
    const own = new Map([[item.remoteId, record._id]]);
    const reading = remoteToMeeting(item, {
      calendar,
      detectJoin: this.around.detectJoin,
      ownIdOf: (remoteId) => own.get(remoteId) ?? this.seriesIdOf(record, item, remoteId),
    });
    if (reading.type === 'unreadable') {
      await this.refuse(write, 'provider_fault');
      return 'done';
    }
    await this.commitUnit({ calendar, unitId: record.seriesId ?? record._id, seen: item.remoteId }, (unitId, stored) =>
      planUnit(
        {
          unitId,
          stored,
          candidates: [reading.meeting],
          removed: [],
          settling: { how, sent: write.sent },
          at: this.now(),
        },
        optionsOf(calendar),
      ),
    );
    const after = await this.around.collections.meetings.findOne({ _id: record._id });
    return after?.writing?.pending ? 'left' : 'done';
  }

  private seriesIdOf(record: MeetingRecord, item: RemoteMeeting, remoteId: string): string | undefined {
    const isSeries = 'seriesRemoteId' in item && item.seriesRemoteId === remoteId;
    return isSeries ? (record.seriesId ?? record._id) : undefined;
  }

  async through(write: WaitingWrite): Promise<void> {
    const place = await this.place(write);
    if (!place) return;
    const { record, calendar } = place;
    await this.commitUnit({ calendar, unitId: record.seriesId ?? record._id, seen: null }, (unitId, stored) => {
      const item = stored.items.get(record._id);
      const { writing, content, lines } = item ?? {};
      const agreed = writing?.pending?.agreed;
      if (!item || !writing || !content || !agreed || differingFields(draftOf(content, lines ?? []), agreed).length > 0)
        return null;
      const after = { ...item, writing: { ...writing, pending: null } };
      const change: ItemChange = { type: 'intended', before: item, after, event: null, by: 'client' };
      return planRows(unitId, { stored, items: [change] }, optionsOf(calendar));
    });
  }

  async gone(write: WaitingWrite): Promise<void> {
    const place = await this.place(write);
    if (!place) return;
    const { record, calendar } = place;
    const { leaves } = partsOf(write);
    if (leaves !== null) return this.dropLeft(record, leaves);
    await this.commitUnit({ calendar, unitId: record.seriesId ?? record._id, seen: null }, (unitId, stored) => {
      if (record.seriesId === null)
        return planUnit({ unitId, stored, candidates: [], removed: [record._id] }, optionsOf(calendar));
      return planRows(unitId, { stored, items: [cancelledOf(record)] }, optionsOf(calendar));
    });
  }

  async refuse(write: WaitingWrite, why: WriteRefusal): Promise<void> {
    const place = await this.place(write);
    if (!place) return;
    const { record, calendar } = place;
    const { leaves } = partsOf(write);
    if (leaves !== null) return this.dropLeft(record, leaves);
    const person = { accountId: record.accountId, userId: record.userId };
    const home =
      write.operation === 'create' ? await ownCalendar(this.around.collections, person, this.now()) : calendar;
    await this.commitUnit({ calendar, unitId: record.seriesId ?? record._id, seen: null }, (unitId, stored) => {
      const items = [...stored.items.values()].flatMap((item): ItemChange[] =>
        refusedRecord(item, { record, home, why, at: this.now() }),
      );
      return planRows(unitId, { stored, items }, optionsOf(home));
    });
  }

  /** Planned again, with the same answer in hand, where a person's intention came between. */
  private async commitUnit(unit: UnitToCommit, plan: PlanUnit): Promise<void> {
    for (let round = 1; ; round += 1) {
      try {
        return await this.commitOnce(unit, plan);
      } catch (error) {
        if (!(error instanceof CalendarMoved) || round >= MOST_ROUNDS) throw error;
      }
    }
  }

  private async commitOnce({ calendar, unitId, seen }: UnitToCommit, plan: PlanUnit): Promise<void> {
    const claimed = await claimCalendar(this.around.collections, this.lease, calendar._id);
    const units = await readWholeUnits(this.around.collections, [unitId]);
    const planned = plan(unitId, units.get(unitId) ?? { items: new Map(), rows: [] });
    if (!planned) return;
    const slice = await prepareSlice(this.around, { plans: [planned], initial: false, revBefore: null });
    // A listing that is under way may have passed its place already: it has been seen.
    const { listing } = claimed;
    const advance =
      seen === null || listing === null
        ? null
        : { set: {}, listed: { generation: listing.generation, remoteIds: [seen] } };
    await commitSlice(this.around, holdOf(this.lease, claimed), calendar, slice, advance);
  }

  /** Null where the meeting is gone since the write was given out: somebody removed it before anything went out. */
  private async place(write: WaitingWrite): Promise<Place | null> {
    const { meetings, calendars } = this.around.collections;
    const { meetingId, leaves } = partsOf(write);
    const record = await meetings.findOne({ _id: meetingId });
    const left = record?.writing?.left.find(({ remoteId }) => remoteId === leaves);
    const calendar = record && (await calendars.findOne({ _id: left?.calendarId ?? record.calendarId }));
    return record && calendar ? { record, calendar } : null;
  }

  private set(write: WaitingWrite, change: FieldChange): Promise<'noted' | 'overtaken'> {
    return this.step(write, { 'writing.pending.operation': write.operation }, change);
  }

  private setLeft(write: WaitingWrite, change: FieldChange): Promise<'noted' | 'overtaken'> {
    return this.step(write, { 'writing.left.remoteId': partsOf(write).leaves }, change);
  }

  private async step(write: WaitingWrite, where: FieldChange, change: FieldChange): Promise<'noted' | 'overtaken'> {
    const place = await this.place(write);
    if (!place) return 'overtaken';
    const { record, calendar } = place;
    let matched = 0;
    await this.underFence(calendar._id, async (session) => {
      const update = { $set: change, $inc: { 'writing.steps': 1 } };
      const result = await this.around.collections.meetings.updateOne({ _id: record._id, ...where }, update, {
        session,
      });
      matched = result.matchedCount;
    });
    return matched > 0 ? 'noted' : 'overtaken';
  }

  /** The place is empty: readers of the calendar it lies in now see that nothing is pending any more. */
  private async dropLeft(record: MeetingRecord, remoteId: string): Promise<void> {
    const { meetings, calendars, occurrences } = this.around.collections;
    const left = record.writing?.left.find((one: LeftPlace) => one.remoteId === remoteId);
    await this.underFence(left?.calendarId ?? record.calendarId, async (session) => {
      const lies = await calendars.findOneAndUpdate(
        { _id: record.calendarId },
        { $inc: { rev: 1, intents: 1 } },
        { session, returnDocument: 'after', projection: { rev: 1 } },
      );
      const rev = lies?.rev ?? record.rev;
      if (record.kind === 'cancelled' && record.seriesId === null && record.writing?.left.length === 1) {
        await meetings.deleteOne({ _id: record._id }, { session });
        return;
      }
      const update = { $pull: { 'writing.left': { remoteId } }, $set: { rev }, $inc: { 'writing.steps': 1 } };
      await meetings.updateOne({ _id: record._id }, update, { session });
      await occurrences.updateMany({ itemId: record._id }, { $set: { rev } }, { session });
    });
    this.around.committed({
      calendarId: record.calendarId,
      userId: record.userId,
      written: 1,
      removed: 0,
      visible: true,
      rev: 0,
    });
  }

  /** Fails when the lease is lost: then the calendar carries another number. */
  private async underFence(
    calendarId: string,
    work: (session: mongo.ClientSession) => Promise<unknown>,
  ): Promise<void> {
    const claimed = await claimCalendar(this.around.collections, this.lease, calendarId);
    const { session: own } = this.lease;
    const write = async (session: mongo.ClientSession): Promise<void> => {
      const held = await this.around.collections.calendars.updateOne(
        { _id: calendarId, fence: claimed.fence },
        { $set: { fence: claimed.fence } },
        { session },
      );
      if (held.matchedCount === 0) throw new Error('the calendar is not ours any more');
      await work(session);
    };
    await inTransaction(this.around.connection, write, own ? { session: own } : {});
  }

  private now(): Date {
    return new Date(this.around.clock.now());
  }
}

function optionsOf({ coverage, timeZone }: CalendarRecord) {
  return { coverage, zone: timeZone ?? 'UTC' };
}
