import type { CalendarSession } from '@daybook/provider-port';
import { askAgain } from '@daybook/sync-engine';
import type { RunSurroundings } from './run-surroundings';

type Surroundings = Pick<RunSurroundings, 'store' | 'clock' | 'syncStore' | 'stopped' | 'log'>;

/** Last of all: what could not be read keeps nobody waiting. */
export async function askForAside(connectionId: string, session: CalendarSession, around: Surroundings): Promise<void> {
  for (const calendar of await around.store.calendarsOf(connectionId)) {
    const due = calendar.asideDueAt !== null && calendar.asideDueAt.getTime() <= around.clock.now();
    const isRefused = calendar.problem?.code === 'shared_calendar_refused';
    if (!due || !calendar.selected || isRefused || around.stopped()) continue;
    const { now } = around.clock;
    const { remoteId: calendarRemoteId, timeZone } = calendar;
    const store = around.syncStore(calendar);
    const dead = await askAgain({ session, calendarRemoteId, timeZone, store, now, stopped: around.stopped });
    for (const { id, reason } of dead)
      around.log('an item cannot be read and is given up', {
        calendarId: calendar._id,
        itemId: id,
        reason,
        mustAct: true,
      });
  }
}
