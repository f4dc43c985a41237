import type { mongo } from 'mongoose';
import { LeaseLost, type Lease } from '@daybook/platform/mongo';
import { CalendarMoved } from '../../ports/calendar-moved';
import type { CalendarRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

/*
 * The fence stands on the calendar itself, which every transaction of a run changes anyway: so it costs none of them a write
 * of its own. Whoever holds the connection's lease puts its number there before it reads anything. A transaction of the holder
 * before is then either through (the claim waits for it, and what it wrote is read) or finds another number and fails.
 *
 * A person's intention is committed without the lease and raises `intents`: what a run planned before that fails on the number.
 */

/** A calendar that is ours to write, as long as nobody else's intention comes between. */
export interface Hold {
  readonly lease: Lease;
  readonly intents: number;
}

export function holdOf(lease: Lease, { intents }: Pick<CalendarRecord, 'intents'>): Hold {
  return { lease, intents };
}

/** The calendar as it is now, ours to write. Throws LeaseLost when a later holder has it. */
export async function claimCalendar(
  collections: CalendarCollections,
  lease: Lease,
  calendarId: string,
): Promise<CalendarRecord> {
  const claimed = await collections.calendars.findOneAndUpdate(
    { _id: calendarId, $or: [{ fence: { $lte: lease.fence } }, { fence: { $exists: false } }] },
    { $set: { fence: lease.fence } },
    { returnDocument: 'after' },
  );
  return claimed ?? refuse(collections, { lease, intents: -1 }, calendarId);
}

/** The calendar while it is ours. */
export function fenced({ lease, intents }: Hold, calendarId: string): mongo.Filter<CalendarRecord> {
  return { _id: calendarId, fence: lease.fence, intents };
}

/** Says why a calendar was not there for us. */
export async function refuse(
  { calendars }: CalendarCollections,
  { lease, intents }: Hold,
  calendarId: string,
  session?: mongo.ClientSession,
): Promise<never> {
  const there = await calendars.findOne(
    { _id: calendarId },
    { projection: { fence: 1, intents: 1 }, ...(session && { session }) },
  );
  if (!there) throw new Error('the calendar is gone');
  throw there.fence === lease.fence && there.intents !== intents
    ? new CalendarMoved(calendarId)
    : new LeaseLost(lease.id);
}
