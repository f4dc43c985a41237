import type { Connection, mongo } from 'mongoose';
import { inTransaction } from '@daybook/platform/mongo';
import type { CalendarRecord, ConnectionRecord, LeftPlace, MeetingRecord } from '../../ports/records';
import type { CalendarsToRename, NewName, PlaceToRename, TakeoverStore } from '../../ports/takeover-store';
import type { CalendarCollections } from './collections';
import { creationKey } from './waiting-write';

/** As many as any provider translates at once, and few enough for the database to answer others between. */
const AT_ONCE = 500;
/** A meeting that was moved on again before it was gone has been made under an earlier key. */
const KEYS_TRIED = 3;
/** Until the list of calendars has decided, nobody looks into one that the new provider does not show. */
const REST_MS = 86_400_000;

interface Surroundings {
  readonly connection: Connection;
  readonly collections: CalendarCollections;
  /** As creation keys are made of. */
  readonly deployment: string;
}

export class MongoTakeoverStore implements TakeoverStore {
  constructor(private readonly around: Surroundings) {}

  async keepNames(connection: ConnectionRecord): Promise<void> {
    await this.around.collections.connections.updateOne(asGiven(connection), { $unset: { namedBy: '' } });
  }

  async renameCalendars({ connection, names, form, now }: CalendarsToRename): Promise<boolean> {
    const { calendars, connections } = this.around.collections;
    const begun: Partial<CalendarRecord> = {
      ...{ renamed: true, takeover: { step: 'mark', form }, cursor: null, listing: null, glanced: true },
      ...{ review: null, unreadable: 0, asideDueAt: null, problem: null, failures: 0, nextSyncAt: now },
      ...{ channel: null, oldChannels: [], channelDueAt: now },
    };
    return inTransaction(this.around.connection, async (session) => {
      const update = { $set: { renamed: true as const, listDueAt: now }, $unset: { namedBy: '' as const } };
      const taken = await connections.updateOne(asGiven(connection), update, { session });
      if (taken.matchedCount === 0) return false;
      // Names of one provider and of the other may be alike, and no two calendars may go by one: so first none has any.
      await calendars.updateMany({ connectionId: connection._id }, [{ $set: { remoteId: NAMELESS } }], { session });
      // What a run of the holder before has planned is void: a person's intention would do the same.
      await calendars.updateMany(
        { connectionId: connection._id },
        { $set: begun, $inc: { intents: 1 }, $unset: { shown: '' } },
        { session },
      );
      const named = names.map((name) => ({ updateOne: namingOf(name, now) }));
      if (named.length > 0) await calendars.bulkWrite(named, { session });
      return true;
    });
  }

  async markItems({ _id: calendarId, connectionId }: CalendarRecord): Promise<void> {
    const { meetings, calendars, quarantine, listedPages, reviews } = this.around.collections;
    await meetings.updateMany({ calendarId, remoteVersion: { $ne: '' } }, { $set: { former: 'name' } });
    // What a write without an answer has made is known again by its marker or its key.
    await meetings.updateMany({ calendarId, remoteVersion: '', remoteId: { $ne: '' } }, { $set: { remoteId: '' } });
    await meetings.updateMany(
      { 'writing.left.connectionId': connectionId, 'writing.left.calendarId': calendarId },
      { $set: { 'writing.left.$[place].former': 'name' }, $inc: { 'writing.steps': 1 } },
      { arrayFilters: [{ 'place.calendarId': calendarId }] },
    );
    // They are told of anew by the full listing, under names that can be asked for.
    await Promise.all([quarantine, listedPages, reviews].map((rows) => rows.deleteMany({ calendarId })));
    await calendars.updateOne(
      { _id: calendarId, 'takeover.step': 'mark' },
      { $set: { 'takeover.step': 'translate', cursor: null, listing: null } },
    );
  }

  async *formerNames(calendarId: string): AsyncGenerator<readonly string[], void, undefined> {
    const found = this.around.collections.meetings.find(
      { calendarId, former: 'name' },
      { projection: { remoteId: 1, _id: 0 }, batchSize: AT_ONCE },
    );
    let some: string[] = [];
    for await (const { remoteId } of found) {
      if (some.push(remoteId) < AT_ONCE) continue;
      yield some;
      some = [];
    }
    if (some.length > 0) yield some;
  }

  async formerPlaces(calendarId: string): Promise<readonly PlaceToRename[]> {
    const found = await this.placesIn(calendarId).toArray();
    return found.flatMap(({ _id, writing }) =>
      (writing?.left ?? [])
        .filter((place) => place.calendarId === calendarId && place.former === 'name')
        .map(({ remoteId }) => ({ remoteId, keys: this.keysOf(_id, writing?.creations ?? 0) })),
    );
  }

  async renameItems(calendarId: string, names: ReadonlyMap<string, string>): Promise<void> {
    if (names.size === 0) return;
    const { meetings } = this.around.collections;
    await meetings.bulkWrite(
      [...names].map(([before, remoteId]) => ({
        updateMany: {
          filter: { calendarId, remoteId: before, former: 'name' as const },
          update: { $set: { remoteId, former: 'version' as const } },
        },
      })),
      { ordered: false },
    );
    for await (const { _id, writing } of this.placesIn(calendarId)) {
      for (const place of writing?.left ?? []) await this.renamePlace({ _id, calendarId }, place, names);
    }
  }

  async endTranslation(calendarId: string): Promise<void> {
    await this.around.collections.calendars.updateOne(
      { _id: calendarId, 'takeover.step': 'translate' },
      { $set: { 'takeover.step': 'list' } },
    );
  }

  private placesIn(calendarId: string): mongo.FindCursor<MeetingRecord> {
    return this.around.collections.meetings.find({
      'writing.left.connectionId': { $gt: '' },
      'writing.left': { $elemMatch: { calendarId, former: 'name' } },
    });
  }

  private async renamePlace(
    { _id, calendarId }: Pick<MeetingRecord, '_id' | 'calendarId'>,
    place: LeftPlace,
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const remoteId = names.get(place.remoteId);
    if (remoteId === undefined || place.calendarId !== calendarId || place.former !== 'name') return;
    await this.around.collections.meetings.updateOne(
      { _id },
      {
        $set: { 'writing.left.$[place].remoteId': remoteId, 'writing.left.$[place].former': 'version' },
        $inc: { 'writing.steps': 1 },
      },
      { arrayFilters: [{ 'place.calendarId': calendarId, 'place.remoteId': place.remoteId }] },
    );
  }

  private keysOf(meetingId: string, creations: number): string[] {
    const latest = [...Array(Math.min(KEYS_TRIED, creations)).keys()].map((back) => creations - 1 - back);
    return latest.map((count) => creationKey(this.around.deployment, meetingId, count));
  }
}

/** Unique, and no name that any provider gives. */
const NAMELESS = { $concat: ['former ', '$_id'] };

function asGiven({ _id, method, namedBy }: ConnectionRecord): mongo.Filter<ConnectionRecord> {
  return { _id, method, ...(namedBy === undefined ? {} : { namedBy }) };
}

function namingOf({ calendar: { _id, requested }, remoteId }: NewName, now: Date) {
  const unseen = { nextSyncAt: new Date(now.getTime() + REST_MS), served: requested, takeover: null };
  return { filter: { _id }, update: { $set: remoteId === null ? unseen : { remoteId } } };
}
