import type { CalendarSession } from '@daybook/provider-port';
import { beginGlance, emptyCalendar, type Glance } from '@daybook/sync-engine';
import type { CalendarRecord, ConnectionRecord } from '../ports/records';
import { allCalendars, beginFirstLook, type FirstLook } from './first-look';
import type { RunSurroundings } from './run-surroundings';

/** The first calendar's next days, already asked for; and whether the list was read. */
export interface Refreshed {
  readonly glance: Glance | null;
  readonly listed: boolean;
}

/**
 * The list of calendars, when it is due: with every poll, in one request for up to 250 of them, so that a new calendar is
 * there as soon as a new meeting would be.
 */
export async function refreshList(
  connection: ConnectionRecord,
  { session, look }: { readonly session: CalendarSession; readonly look: FirstLook | null },
  around: RunSurroundings,
): Promise<Refreshed> {
  const now = around.clock.now();
  if (!listIsDue(connection, now)) return { glance: null, listed: false };
  // A person who has just connected waits for their next days: they are asked for beside the list, or as soon as it is there.
  const fresh = connection.listedAt === null;
  const begunLook = fresh ? (look ?? beginFirstLook(session, now)) : null;
  const calendars = await (begunLook?.calendars ?? allCalendars(session));
  const first = fresh ? calendars.find((calendar) => calendar.primary) : undefined;
  const begun = first && (begunLook?.glance ?? beginGlance(session, first.remoteId, now));
  const glance = first && begun ? { ...begun, calendarRemoteId: first.remoteId } : null;
  const { added, gone } = await around.store.saveListing(connection, calendars, new Date(now));
  for (const calendar of gone) await retireCalendar(calendar, around);
  if (added > 0) around.log('calendars added', { connectionId: connection._id, added });
  return { glance, listed: true };
}

export function listIsDue({ listDueAt }: ConnectionRecord, now: number): boolean {
  return listDueAt.getTime() <= now;
}

/** Everything of it goes the way single removals go, so that other services and the person's clients hear of each. */
async function retireCalendar(calendar: CalendarRecord, around: RunSurroundings): Promise<void> {
  await around.store.releaseOwn(calendar);
  if (!(await emptyCalendar(around.syncStore(calendar), around.stopped))) return;
  await around.store.retire(calendar);
  around.log('calendar retired', { connectionId: calendar.connectionId, calendarId: calendar._id });
}
