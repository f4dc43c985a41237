import { DAY_MS, dayOfText, textOfDay } from '../recurrence/civil-days';
import { OccurrenceDays } from '../recurrence/occurrence-days';
import { checkedRecurrence, readRecurrence } from '../recurrence/read-recurrence';
import type { Recurrence } from '../recurrence/recurrence';
import { accepted, refused, type Outcome } from '../refusal';
import { instantOfWall, wallTimeAt, type CalendarZone } from '../zones/calendar-zone';
import { yearsLater } from '../zones/date-texts';
import { fieldOf, isSameElement, type Fields } from './fields';
import { readTimes, timesOf, type ItemTimes } from './time-fields';
import type { ItemZones } from './item-zones';

const LONGEST_YEARS = 5;

export interface SettledTimes {
  readonly times: ItemTimes;
  /** Null for an item that does not recur. */
  readonly recurrence: Recurrence | null;
}

/**
 * The times of an item as Exchange keeps them: whole days of the zone for all-day events, and the start of a series where
 * its rule first hits. Refused as `readTimes` and `readRecurrence` refuse, and with ErrorCalendarDurationIsTooLong.
 */
export function settledTimes(fields: Fields, before: Fields | null, zones: ItemZones): Outcome<SettledTimes> {
  const read = readTimes(fields, zones);
  if (!read.ok) return read;
  const times = read.value.isAllDay ? wholeDays(read.value) : read.value;
  if (times.end > yearsLater(times.start, LONGEST_YEARS)) {
    return refused('ErrorCalendarDurationIsTooLong', 'A calendar item lasts five years at most.', 'calendar:Duration');
  }
  const field = fieldOf(fields, 'Recurrence');
  if (field === null) return accepted({ times, recurrence: null });
  const recurrence = readRecurrence(field);
  if (!recurrence.ok) return recurrence;
  return seriesStart(times, startDated(recurrence.value, fields, { before, times }));
}

/** From midnight to midnight, a day at least. */
function wholeDays(times: ItemTimes): ItemTimes {
  const { start, end } = times.zones;
  const first = Math.floor(wallTimeAt(times.start, start) / DAY_MS);
  const last = Math.max(Math.ceil(wallTimeAt(times.end, end) / DAY_MS), first + 1);
  return { ...times, start: midnight(first, start), end: midnight(last, end) };
}

const midnight = (day: number, zone: CalendarZone): number => instantOfWall(day * DAY_MS, zone);

/** Who moves the start of a series without naming another rule moves its first day. */
function startDated(
  recurrence: Recurrence,
  fields: Fields,
  { before, times }: { readonly before: Fields | null; readonly times: ItemTimes },
): Recurrence {
  const isSameRule = before !== null && isSameElement(fieldOf(before, 'Recurrence'), fieldOf(fields, 'Recurrence'));
  if (!isSameRule || before === null || timesOf(before)?.start === times.start) return recurrence;
  const startDate = textOfDay(Math.floor(wallTimeAt(times.start, times.zones.start) / DAY_MS));
  return { ...recurrence, startDate };
}

/** Exchange begins a series at the first day that its rule hits, at the time of day of its start. */
function seriesStart(times: ItemTimes, recurrence: Recurrence): Outcome<SettledTimes> {
  const checked = checkedRecurrence(recurrence);
  if (!checked.ok) return checked;
  const { start: zone } = times.zones;
  const [from, to] = [wallTimeAt(times.start, zone), wallTimeAt(times.end, zone)];
  const first = new OccurrenceDays(recurrence).first ?? dayOfText(recurrence.startDate) ?? 0;
  const moved = (first - Math.floor(from / DAY_MS)) * DAY_MS;
  const start = instantOfWall(from + moved, zone);
  return accepted({
    times: { ...times, start, end: Math.max(start, instantOfWall(to + moved, zone)) },
    recurrence: { ...recurrence, startDate: textOfDay(first) },
  });
}
