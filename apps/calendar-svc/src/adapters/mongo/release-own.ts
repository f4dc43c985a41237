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
  const own = { calendarId: calendar._id, origin: 'client', seriesId: null } as const;
  // One that changed in between is read again, as it is then.
  for (let next = await meetings.findOne(own); next !== null; next = await meetings.findOne(own)) {
    const home = await writer.ownCalendar(calendar);
    const stored = await writer.unit(next._id);
    const items = [...stored.items.values()].map((item) => released(item, home));
    await writer.commit([{ calendarId: home._id, unitId: next._id, stored, items }], { alsoIn: [calendar._id] });
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
