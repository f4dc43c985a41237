import { addDays, daysBetween, isCivilDate } from '@daybook/domain';
import type { RecurrencePattern } from './event-record';

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Far enough for 29 February in every eighth year. */
const FURTHEST_DAYS = 366 * 9;

/**
 * The first date from `start` on that a pattern hits: Exchange moves a series there, where RFC 5545 would count the start
 * anyway. Null when none is near.
 */
export function firstMatch(pattern: RecurrencePattern, start: string): string | null {
  for (
    let offset = 0, date = start;
    offset <= FURTHEST_DAYS && isCivilDate(date);
    offset += 1, date = addDays(start, offset)
  ) {
    if (inPeriod(pattern, start, date) && onDay(pattern, date)) return date;
  }
  return null;
}

interface Parts {
  year: number;
  /** 1 to 12 */
  month: number;
  day: number;
  /** 0 = Sunday */
  weekday: number;
}

function partsOf(date: string): Parts {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day, weekday: new Date(`${date}T00:00:00Z`).getUTCDay() };
}

const daysIn = ({ year, month }: Parts): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Every so many weeks, months or years, counted from those of the start. */
function inPeriod({ type, interval, firstDayOfWeek }: RecurrencePattern, start: string, date: string): boolean {
  const [from, at] = [partsOf(start), partsOf(date)];
  if (type === 'daily') return true;
  if (type === 'weekly') {
    const sinceWeekStart = (from.weekday - WEEK.indexOf(firstDayOfWeek) + 7) % 7;
    return Math.floor((daysBetween(start, date) + sinceWeekStart) / 7) % interval === 0;
  }
  if (type === 'absoluteMonthly' || type === 'relativeMonthly') {
    return ((at.year - from.year) * 12 + at.month - from.month) % interval === 0;
  }
  return (at.year - from.year) % interval === 0;
}

function onDay(pattern: RecurrencePattern, date: string): boolean {
  const at = partsOf(date);
  switch (pattern.type) {
    case 'daily':
      return true;
    case 'weekly':
      return pattern.daysOfWeek.includes(WEEK[at.weekday] ?? '');
    case 'absoluteMonthly':
      return at.day === Math.min(pattern.dayOfMonth, daysIn(at));
    case 'absoluteYearly':
      return at.month === pattern.month && at.day === Math.min(pattern.dayOfMonth, daysIn(at));
    case 'relativeMonthly':
      return isNth(pattern, at);
    case 'relativeYearly':
      return at.month === pattern.month && isNth(pattern, at);
  }
}

/** With several days of the week the first (or last) day that is any of them counts. */
function isNth({ daysOfWeek, index }: RecurrencePattern, at: Parts): boolean {
  const hits: number[] = [];
  for (let day = 1; day <= daysIn(at); day += 1) {
    const weekday = (((at.weekday + day - at.day) % 7) + 7) % 7;
    if (daysOfWeek.includes(WEEK[weekday] ?? '')) hits.push(day);
  }
  const position = ['first', 'second', 'third', 'fourth'].indexOf(index);
  return at.day === (position < 0 ? hits.at(-1) : hits[position]);
}
