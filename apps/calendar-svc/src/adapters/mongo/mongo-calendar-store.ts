import type { Connection, mongo } from 'mongoose';
import type { ChannelNews, RemoteCalendar, Subscription } from '@daybook/provider-port';
import { inTransaction } from '@daybook/platform/mongo';
import type { OutboxWriter } from '@daybook/platform/outbox';
import type {
  CalendarChoice,
  CalendarFailure,
  CalendarStore,
  ListedCalendars,
  PurgeCounts,
} from '../../ports/calendar-store';
import type { Clock } from '../../ports/clock';
import type { CalendarRecord, ChannelRecord, ConnectionRecord, MeetingRecord } from '../../ports/records';
import { auditEntry, type AuditNote } from '../../use-cases/audit-entry';
import {
  calendarOfChannel,
  confirmChannel,
  dropChannel,
  durableHint,
  hearOfChannel,
  openChannel,
  othersGoBy,
} from './calendar-channels';
import type { CalendarCollections } from './collections';
import { followConnection } from './follow-connection';
import { purgeCalendar } from './purge-calendar';
import { saveListing } from './save-listing';

export interface CalendarStoreSurroundings {
  readonly connection: Connection;
  readonly outbox: OutboxWriter;
  readonly clock: Clock;
  /** How often the list of calendars itself is read again, milliseconds. */
  readonly listEveryMs: number;
  readonly releaseOwn: (calendar: CalendarRecord) => Promise<void>;
}

export class MongoCalendarStore implements CalendarStore {
  constructor(
    private readonly collections: CalendarCollections,
    private readonly around: CalendarStoreSurroundings,
  ) {}

  connection(connectionId: string): Promise<ConnectionRecord | null> {
    return this.collections.connections.findOne({ _id: connectionId });
  }

  calendarsOf(connectionId: string): Promise<CalendarRecord[]> {
    return this.collections.calendars.find({ connectionId, retiredAt: null }).sort({ primary: -1, _id: 1 }).toArray();
  }

  everyCalendarOf(connectionId: string): Promise<CalendarRecord[]> {
    return this.collections.calendars.find({ connectionId }).toArray();
  }

  calendar(calendarId: string): Promise<CalendarRecord | null> {
    return this.collections.calendars.findOne({ _id: calendarId });
  }

  calendarsOfUser(userId: string): Promise<CalendarRecord[]> {
    return this.calendarsBy({ userId });
  }

  connectionsOfUser(userId: string): Promise<ConnectionRecord[]> {
    return this.connectionsBy({ userId });
  }

  calendarsOfAccount(accountId: string): Promise<CalendarRecord[]> {
    return this.calendarsBy({ accountId });
  }

  connectionsOfAccount(accountId: string): Promise<ConnectionRecord[]> {
    return this.connectionsBy({ accountId });
  }

  private calendarsBy(owner: { userId: string } | { accountId: string }): Promise<CalendarRecord[]> {
    return this.collections.calendars.find(owner).sort({ connectionId: 1, primary: -1, name: 1, _id: 1 }).toArray();
  }

  private connectionsBy(owner: { userId: string } | { accountId: string }): Promise<ConnectionRecord[]> {
    return this.collections.connections
      .find({ ...owner, status: { $ne: 'deleted' } })
      .sort({ _id: 1 })
      .toArray();
  }

  dueWrites(connectionId: string, now: Date): Promise<number> {
    const [pending, left] = dueWrites(now);
    const either = [
      { ...pending, connectionId },
      { ...left, 'writing.left.connectionId': connectionId },
    ];
    return this.collections.meetings.countDocuments({ $or: either });
  }

  async dueConnections(
    now: Date,
    { limit, push, after = '' }: { limit: number; push: boolean; after?: string },
  ): Promise<string[]> {
    const calendars = await this.collections.calendars.distinct('connectionId', {
      selected: true,
      retiredAt: null,
      $or: [
        { nextSyncAt: { $lte: now } },
        { asideDueAt: { $lte: now } },
        { failures: 0, $expr: { $gt: ['$requested', '$served'] } },
        ...(push ? [{ channelDueAt: { $lte: now }, lastSuccessAt: { $ne: null } }] : []),
      ],
    });
    const [pending, left] = dueWrites(now);
    const writing = await Promise.all([
      this.collections.meetings.distinct('connectionId', pending),
      this.collections.meetings.distinct('writing.left.connectionId', left),
    ]);
    const ready = {
      status: 'live' as const,
      readable: true,
      $and: [
        { $or: [{ _id: { $in: [...calendars, ...writing.flat().map(String)] } }, { listDueAt: { $lte: now } }] },
        { $or: [{ notBefore: null }, { notBefore: { $lte: now } }] },
      ],
    };
    const found = await this.collections.connections
      .find({ _id: { $gt: after }, $or: [{ status: 'deleted' }, ready] }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id }) => _id);
  }

  followConnection(record: ConnectionRecord): Promise<boolean> {
    return followConnection(this.collections, record);
  }

  async noteConnection(connectionId: string, change: Partial<ConnectionRecord>): Promise<void> {
    await this.collections.connections.updateOne({ _id: connectionId }, { $set: change });
  }

  saveListing(connection: ConnectionRecord, calendars: readonly RemoteCalendar[], now: Date): Promise<ListedCalendars> {
    return saveListing(this.collections, { connection, calendars, now, listEveryMs: this.around.listEveryMs });
  }

  async retire(calendar: CalendarRecord): Promise<void> {
    const { calendars, quarantine, listedPages, reviews } = this.collections;
    const calendarId = calendar._id;
    await Promise.all([quarantine, listedPages, reviews].map((rows) => rows.deleteMany({ calendarId })));
    const retired = {
      retiredAt: this.now(),
      ...{ review: null, problem: null, failures: 0, unreadable: 0, asideDueAt: null, channel: null, oldChannels: [] },
    };
    await this.audited(
      { ...systemNote(calendar), action: 'calendar.retired', targetId: calendarId, details: connectionOf(calendar) },
      async (session) => {
        const moved = await calendars.updateOne(
          { _id: calendarId, retiredAt: null },
          { $set: retired, $inc: { rev: 1 } },
          { session },
        );
        return moved.modifiedCount > 0;
      },
    );
  }

  async noteFailure(calendarId: string, { problem, failures, nextSyncAt }: CalendarFailure): Promise<void> {
    await this.collections.calendars.updateOne({ _id: calendarId }, { $set: { problem, failures, nextSyncAt } });
  }

  async requestSync(calendarId: string): Promise<boolean> {
    const result = await this.collections.calendars.updateOne(
      { _id: calendarId },
      { $inc: { requested: 1 } },
      { writeConcern: { w: 'majority' } },
    );
    return result.matchedCount > 0;
  }

  async requestSyncs(calendarIds: readonly string[]): Promise<void> {
    await this.collections.calendars.updateMany(
      { _id: { $in: [...calendarIds] } },
      { $inc: { requested: 1 } },
      durableHint,
    );
  }

  async requestSyncOfConnection(connectionId: string, now: Date): Promise<void> {
    const { calendars, quarantine } = this.collections;
    await calendars.updateMany({ connectionId }, { $inc: { requested: 1 } });
    // Somebody who asks wants everything tried, also what was given up.
    const spoilt = await calendars.distinct('_id', { connectionId, unreadable: { $gt: 0 } });
    if (spoilt.length > 0) {
      await quarantine.updateMany({ calendarId: { $in: spoilt } }, { $set: { tries: 0, nextTryAt: now } });
      await calendars.updateMany({ _id: { $in: spoilt } }, { $set: { asideDueAt: now } });
    }
    await this.noteConnection(connectionId, { listDueAt: now, notBefore: null });
  }

  async select(choice: CalendarChoice): Promise<CalendarRecord | null> {
    const { calendar, selected, ifVersion, actorId } = choice;
    const filter = { _id: calendar._id, ...(ifVersion === null ? {} : { version: ifVersion }) };
    const change = {
      $set: { selected, selectedByPerson: true },
      $inc: { version: 1, rev: 1, requested: selected ? 1 : 0 },
    };
    const note: AuditNote = {
      ...systemNote(calendar),
      actorId,
      action: selected ? 'calendar.selected' : 'calendar.unselected',
      targetId: calendar._id,
      details: connectionOf(calendar),
    };
    let after: CalendarRecord | null = null;
    await this.audited(note, async (session) => {
      after = await this.collections.calendars.findOneAndUpdate(filter, change, { session, returnDocument: 'after' });
      return after !== null && calendar.selected !== selected;
    });
    return after;
  }

  calendarOfChannel(channelId: string): Promise<CalendarRecord | null> {
    return calendarOfChannel(this.collections, channelId);
  }

  openChannel(calendarId: string, channel: ChannelRecord): Promise<void> {
    return openChannel(this.collections, calendarId, channel);
  }

  confirmChannel(calendarId: string, channel: ChannelRecord, dueAt: Date): Promise<void> {
    return confirmChannel(this.collections, calendarId, { channel, dueAt });
  }

  hearOfChannel(calendarId: string, channelId: string, news: ChannelNews): Promise<void> {
    return hearOfChannel(this.collections, calendarId, { channelId, news, now: this.now() });
  }

  othersGoBy(calendarId: string, subscriptions: readonly Subscription[]): Promise<boolean> {
    return othersGoBy(this.collections, calendarId, subscriptions);
  }

  dropChannel(calendarId: string, channelId: string): Promise<void> {
    return dropChannel(this.collections, calendarId, channelId);
  }

  async noteChannelDue(calendarId: string, at: Date): Promise<void> {
    await this.collections.calendars.updateOne({ _id: calendarId }, { $set: { channelDueAt: at } });
  }

  releaseOwn(calendar: CalendarRecord): Promise<void> {
    return this.around.releaseOwn(calendar);
  }

  purgeCalendar(calendar: CalendarRecord): Promise<PurgeCounts> {
    const { connection, outbox } = this.around;
    return purgeCalendar(calendar, { connection, outbox, collections: this.collections, at: this.now() });
  }

  async forgetConnection({ _id, accountId }: ConnectionRecord, counts: PurgeCounts): Promise<void> {
    const note: AuditNote = {
      ...{ accountId, actorId: 'system', action: 'connection.purged', targetType: 'connection', targetId: _id },
      details: { ...counts },
    };
    await this.audited(note, async (session) => {
      const gone = await this.collections.connections.deleteOne({ _id }, { session });
      return gone.deletedCount > 0;
    });
  }

  /** The change and its audit record in one transaction; no record where `work` says that nothing changed. */
  private async audited(note: AuditNote, work: (session: mongo.ClientSession) => Promise<boolean>): Promise<void> {
    const { connection, outbox } = this.around;
    const rows = outbox.rows([auditEntry(note, this.now())]);
    await inTransaction(connection, async (session) => {
      if (await work(session)) await this.collections.outbox.insertMany(rows, { session });
    });
  }

  private now(): Date {
    return new Date(this.around.clock.now());
  }
}

/** Meetings with something due to be written where they lie, and with something due to be removed from where they lay. */
function dueWrites(now: Date): [mongo.Filter<MeetingRecord>, mongo.Filter<MeetingRecord>] {
  const since = { 'writing.pending.since': { $gt: new Date(0) }, 'writing.pending.notBefore': { $lte: now } };
  const left = {
    'writing.left.connectionId': { $gt: '' },
    'writing.left.notBefore': { $lte: now },
    'writing.pending': null,
  };
  return [since, left];
}

function systemNote({ accountId }: CalendarRecord): Pick<AuditNote, 'accountId' | 'actorId' | 'targetType'> {
  return { accountId, actorId: 'system', targetType: 'calendar' };
}

function connectionOf({ connectionId }: CalendarRecord): { connectionId: string } {
  return { connectionId };
}
