import type { CalendarRecord, MeetingRecord } from '../../ports/records';
import type { ItemChange } from '../../use-cases/plan-changes';
import { MongoMeetingWriter } from './mongo-meeting-writer';
import type { SyncStoreSurroundings } from './sync-store-surroundings';

/**
 * A calendar goes: what was scheduled here stays, in no calendar, with its number and link, and what was still to be written to
 * it or removed from it is no more. Repeatable.
 */
export async function releaseOwn(calendar: CalendarRecord, around: SyncStoreSurroundings): Promise<void> {
  const { meetings } = around.collections;
  const writer = new MongoMeetingWriter(around);
  const own = meetings.find({ calendarId: calendar._id, origin: 'client', seriesId: null }, { projection: { _id: 1 } });
  for await (const { _id } of own) {
    const home = await writer.ownCalendar(calendar);
    const stored = await writer.unit(_id);
    const items = [...stored.items.values()].map((item) => released(item, home));
    // What changed in between is released as it is then: the caller comes again until nothing is left.
    await writer.commit([{ calendarId: home._id, unitId: _id, stored, items }], { alsoIn: [calendar._id] });
  }
  await meetings.updateMany(
    { 'writing.left.connectionId': calendar.connectionId, 'writing.left.calendarId': calendar._id },
    { $pull: { 'writing.left': { calendarId: calendar._id } }, $inc: { 'writing.steps': 1 } },
  );
}

function released(item: MeetingRecord, home: CalendarRecord): ItemChange {
  const { writing } = item;
  const after: MeetingRecord = {
    ...item,
    ...{ calendarId: home._id, connectionId: home.connectionId, remoteId: '', remoteVersion: '', iCalUid: null },
    ...(item.content ? { content: { ...item.content, webLink: null } } : {}),
    ...(writing ? { writing: { ...writing, pending: null } } : {}),
  };
  const told = item.kind !== 'cancelled';
  return { type: 'updated', before: item, after, event: !told ? null : item.sequence === 0 ? 'created' : 'updated' };
}
