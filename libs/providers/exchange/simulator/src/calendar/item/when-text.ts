import { civilDate, DAY_MS, MONTHS, WEEK, weekdayOf } from '../recurrence/civil-days';
import type { Recurrence, RecurrencePattern } from '../recurrence/recurrence';
import { wallTimeAt, type CalendarZone } from '../zones/calendar-zone';

interface Times {
  readonly start: number;
  readonly end: number;
  readonly isAllDay: boolean;
  readonly zone: CalendarZone;
}

/** `When`: Monday, November 23, 2026 9:00 AM-10:00 AM, or how often a series occurs. */
export function whenText({ start, end, isAllDay, zone }: Times, recurrence: Recurrence | null): string {
  const [from, to] = [wallTimeAt(start, zone), wallTimeAt(isAllDay ? end - 1 : end, zone)];
  if (recurrence !== null) {
    const times = isAllDay ? '' : ` from ${clock(from)} to ${clock(to)}`;
    return `Occurs ${howOften(recurrence.pattern)} effective ${shortDate(recurrence.startDate)}${times}`;
  }
  const isOneDay = Math.floor(from / DAY_MS) === Math.floor(to / DAY_MS);
  if (isAllDay) return isOneDay ? longDate(from) : `${longDate(from)}-${longDate(to)}`;
  return `${longDate(from)} ${clock(from)}-${isOneDay ? '' : `${longDate(to)} `}${clock(to)}`;
}

function howOften(pattern: RecurrencePattern): string {
  switch (pattern.kind) {
    case 'daily':
      return every(pattern.interval, 'day');
    case 'weekly':
      return `${every(pattern.interval, 'week')} on ${pattern.daysOfWeek.join(', ')}`;
    case 'absoluteMonthly':
      return `day ${pattern.dayOfMonth} of ${every(pattern.interval, 'month')}`;
    case 'relativeMonthly':
      return `the ${pattern.index.toLowerCase()} ${pattern.day} of ${every(pattern.interval, 'month')}`;
    case 'absoluteYearly':
      return `every ${pattern.month} ${pattern.dayOfMonth}`;
    case 'relativeYearly':
      return `the ${pattern.index.toLowerCase()} ${pattern.day} of ${pattern.month}`;
  }
}

const every = (interval: number, unit: string): string =>
  interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;

function longDate(wall: number): string {
  const dayNo = Math.floor(wall / DAY_MS);
  const { year, month, day } = civilDate(dayNo);
  return `${WEEK[weekdayOf(dayNo)]}, ${MONTHS[month - 1]} ${day}, ${year}`;
}

const shortDate = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}/${date.slice(0, 4)}`;

function clock(wall: number): string {
  const minutes = Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / 60_000);
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minutes % 60).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}
