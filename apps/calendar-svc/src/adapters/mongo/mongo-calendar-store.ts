import type { RemoteCalendar } from '@daybook/provider-port';
import { zoneDataVersion } from '@daybook/domain';
import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarFailure, CalendarStore, ListedCalendars } from '../../ports/calendar-store';
import type { CalendarRecord, ChannelRecord, ConnectionRecord } from '../../ports/records';
import { coverageAt } from '../../use-cases/coverage';
import type { CalendarCollections } from './collections';

/** How often the list of calendars itself is read again. */
const LIST_EVERY_MS = 3_600_000;
const PURGE_AT_ONCE = 1_000;

export class MongoCalendarStore implements CalendarStore {
  constructor(private readonly collections: CalendarCollections) {}

  connection(connectionId: string): Promise<ConnectionRecord | null> {
    return this.collections.connections.findOne({ _id: connectionId });
  }

  calendarsOf(connectionId: string): Promise<CalendarRecord[]> {
    return this.collections.calendars.find({ connectionId }).sort({ primary: -1, _id: 1 }).toArray();
  }

  calendar(calendarId: string): Promise<CalendarRecord | null> {
    return this.collections.calendars.findOne({ _id: calendarId });
  }

  calendarsOfUser(userId: string): Promise<CalendarRecord[]> {
    return this.collections.calendars
      .find({ userId })
      .sort({ connectionId: 1, primary: -1, name: 1, _id: 1 })
      .toArray();
  }

  connectionsOfUser(userId: string): Promise<ConnectionRecord[]> {
    return this.collections.connections
      .find({ userId, status: { $ne: 'deleted' } })
      .sort({ _id: 1 })
      .toArray();
  }

  async dueConnections(now: Date, { limit, push }: { limit: number; push: boolean }): Promise<string[]> {
    const calendars = await this.collections.calendars.distinct('connectionId', {
      selected: true,
      $or: [
        { nextSyncAt: { $lte: now } },
        { asideDueAt: { $lte: now } },
        { failures: 0, $expr: { $gt: ['$requested', '$served'] } },
        ...(push ? [{ channelDueAt: { $lte: now }, lastSuccessAt: { $ne: null } }] : []),
      ],
    });
    const ready = {
      status: 'live' as const,
      readable: true,
      $and: [
        { $or: [{ _id: { $in: calendars } }, { listDueAt: { $lte: now } }] },
        { $or: [{ notBefore: null }, { notBefore: { $lte: now } }] },
      ],
    };
    const found = await this.collections.connections
      .find({ $or: [{ status: 'deleted' }, ready] }, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    return found.map(({ _id }) => _id);
  }

  async followConnection(record: ConnectionRecord): Promise<boolean> {
    const { _id, accountId, userId, service, method, addresses, status, readable, revision, receiptId } = record;
    const word = { accountId, userId, service, method, addresses, status, readable, revision, receiptId };
    const before = await this.connection(_id);
    if (before && before.revision >= revision) return false;
    if (!before) {
      const added = await this.collections.connections.updateOne(
        { _id },
        { $setOnInsert: withoutId(record) },
        { upsert: true },
      );
      if (added.upsertedCount > 0) return true;
    }
    // Whatever stood in the way before, auth-svc's newer word is a reason to try again at once.
    const fresh =
      before?.status !== status || !before.readable
        ? { notBefore: null, failures: 0, problem: null, listDueAt: record.listDueAt }
        : {};
    const moved = await this.collections.connections.updateOne(
      { _id, revision: { $lt: revision } },
      { $set: { ...word, ...fresh } },
    );
    if (before && String(before.addresses) !== String(addresses))
      await this.collections.calendars.updateMany({ connectionId: _id }, { $inc: { version: 1, rev: 1 } });
    return moved.modifiedCount > 0;
  }

  async noteConnection(connectionId: string, change: Partial<ConnectionRecord>): Promise<void> {
    await this.collections.connections.updateOne({ _id: connectionId }, { $set: change });
  }

  async saveListing(
    connection: ConnectionRecord,
    calendars: readonly RemoteCalendar[],
    now: Date,
  ): Promise<ListedCalendars> {
    const idOf = (remote: RemoteCalendar): string => deterministicId('cal', connection._id, remote.remoteId);
    const result = await this.collections.calendars.bulkWrite(
      calendars.flatMap((remote) => [
        {
          updateOne: {
            filter: { _id: idOf(remote) },
            update: { $setOnInsert: { ...describedBy(remote), ...newCalendar(connection, remote, now) } },
            upsert: true,
          },
        },
        // What shows on every row of a calendar is part of where a reader of changes stands.
        {
          updateOne: {
            filter: { _id: idOf(remote), $or: differsFrom(remote) },
            update: { $set: describedBy(remote), $inc: { version: 1, rev: 1 } },
          },
        },
      ]),
    );
    // Until a person chooses, our selection follows the provider's own list.
    await this.collections.calendars.bulkWrite(
      calendars.map((remote) => ({
        updateOne: {
          filter: { _id: idOf(remote), selectedByPerson: false },
          update: { $set: { selected: remote.shown || remote.primary } },
        },
      })),
      { ordered: false },
    );
    const listed = calendars.map((remote) => remote.remoteId);
    const retired = await this.collections.calendars
      .find({ connectionId: connection._id, remoteId: { $nin: listed } })
      .toArray();
    await this.noteConnection(connection._id, { listDueAt: new Date(now.getTime() + LIST_EVERY_MS), listedAt: now });
    return { added: result.upsertedCount, retired };
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

  async select(calendarId: string, selected: boolean, ifVersion: number | null): Promise<CalendarRecord | null> {
    const filter = ifVersion === null ? { _id: calendarId } : { _id: calendarId, version: ifVersion };
    return this.collections.calendars.findOneAndUpdate(
      filter,
      { $set: { selected, selectedByPerson: true }, $inc: { version: 1, rev: 1, requested: selected ? 1 : 0 } },
      { returnDocument: 'after' },
    );
  }

  calendarOfChannel(channelId: string): Promise<CalendarRecord | null> {
    return this.collections.calendars.findOne({
      $or: [{ 'channel.channelId': channelId }, { 'oldChannels.channelId': channelId }],
    });
  }

  async openChannel(calendarId: string, channel: ChannelRecord): Promise<void> {
    const current = await this.calendar(calendarId);
    const old = current?.channel ? [...current.oldChannels, current.channel] : (current?.oldChannels ?? []);
    await this.collections.calendars.updateOne({ _id: calendarId }, { $set: { channel, oldChannels: old } });
  }

  async confirmChannel(calendarId: string, channel: ChannelRecord): Promise<void> {
    await this.collections.calendars.updateOne(
      { _id: calendarId, 'channel.channelId': channel.channelId },
      { $set: { channel } },
    );
  }

  async dropChannel(calendarId: string, channelId: string): Promise<void> {
    await this.collections.calendars.updateOne(
      { _id: calendarId, 'channel.channelId': channelId },
      { $set: { channel: null } },
    );
    await this.collections.calendars.updateOne({ _id: calendarId }, { $pull: { oldChannels: { channelId } } });
  }

  async noteChannelDue(calendarId: string, at: Date): Promise<void> {
    await this.collections.calendars.updateOne({ _id: calendarId }, { $set: { channelDueAt: at } });
  }

  async purgeCalendar(
    calendar: CalendarRecord,
  ): Promise<{ meetings: number; ledgerEntries: number; outboxRows: number }> {
    const { meetings, occurrences, removals, ledger, listedPages, quarantine, outbox, calendars } = this.collections;
    const calendarId = calendar._id;
    const counts = { meetings: 0, ledgerEntries: 0, outboxRows: 0 };
    for (;;) {
      const ids = (
        await meetings
          .find({ calendarId }, { projection: { _id: 1 } })
          .limit(PURGE_AT_ONCE)
          .toArray()
      ).map(({ _id }) => _id);
      if (ids.length === 0) break;
      counts.outboxRows += (await outbox.deleteMany({ itemKey: { $in: ids } })).deletedCount;
      counts.meetings += (await meetings.deleteMany({ _id: { $in: ids } })).deletedCount;
    }
    counts.ledgerEntries = (await ledger.deleteMany({ calendarId })).deletedCount;
    await Promise.all(
      [occurrences, removals, listedPages, quarantine].map((collection) => collection.deleteMany({ calendarId })),
    );
    await calendars.deleteOne({ _id: calendarId });
    return counts;
  }

  async forgetConnection(connectionId: string): Promise<void> {
    await this.collections.connections.deleteOne({ _id: connectionId });
  }
}

function withoutId({ _id, ...rest }: ConnectionRecord): Omit<ConnectionRecord, '_id'> {
  return rest;
}

function describedBy(remote: RemoteCalendar): Partial<CalendarRecord> {
  const { name, colour, timeZone, primary, writable, owned } = remote;
  return { name, colour, timeZone, primary, writable, owned };
}

function differsFrom(remote: RemoteCalendar): Record<string, unknown>[] {
  return Object.entries(describedBy(remote)).map(([field, value]) => ({ [field]: { $ne: value } }));
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
