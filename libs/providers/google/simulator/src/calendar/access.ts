import { refusals } from '../http/google-error';
import type { CalendarStore } from './calendar-store';
import type { Call } from './method';

/** The calendar a path names; `primary` is the person's own. @throws GoogleError 404 when it is not in the person's list. */
export function calendarOf({ setting, box }: Call, id: string | undefined): CalendarStore {
  const wanted = id === 'primary' ? box.email : (id ?? '');
  const store = box.calendars.includes(wanted) ? setting.world.calendar(wanted) : undefined;
  if (store === undefined) throw refusals.notFound();
  return store;
}
