/**
 * The days a rule selects in one of its periods (a day, week, month or year), by RFC 5545, section 3.3.10: what a part
 * expands or limits depends on the frequency. Missing parts come from the start of the series. Days are day numbers.
 */
import { dayNumber, daysInMonth, isLeapYear, weekdayOf, yearMonthDay } from '../time/civil';
import type { ByDay, Rule } from './rule';

/** The start of a series, taken apart once. */
export interface StartDay {
  readonly day: number;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly weekday: number;
}

export function startDayOf(day: number): StartDay {
  const { year, month, day: dayOfMonth } = yearMonthDay(day);
  return { day, year, month, dayOfMonth, weekday: weekdayOf(day) };
}

/** First day of the week a day lies in. */
export function weekStartOf(day: number, weekStart: number): number {
  return day - ((weekdayOf(day) - weekStart + 7) % 7);
}

const matchesWeekday = (byDay: readonly ByDay[], weekday: number): boolean =>
  byDay.length === 0 || byDay.some((item) => item.weekday === weekday);

const matchesMonth = (rule: Rule, month: number): boolean => rule.byMonth.length === 0 || rule.byMonth.includes(month);

/** Whether a position counted from the front or, negative, from the back of `length` is listed; empty lists match. */
function matchesPosition(list: readonly number[], position: number, length: number): boolean {
  return list.length === 0 || list.includes(position) || list.includes(position - length - 1);
}

export function daysOfDay(rule: Rule, day: number): readonly number[] {
  if (rule.byMonth.length > 0 || rule.byMonthDay.length > 0) {
    const { year, month, day: dayOfMonth } = yearMonthDay(day);
    if (!matchesMonth(rule, month)) return [];
    if (!matchesPosition(rule.byMonthDay, dayOfMonth, daysInMonth(year, month))) return [];
  }
  return matchesWeekday(rule.byDay, weekdayOf(day)) ? [day] : [];
}

export function daysOfWeek(rule: Rule, firstDay: number, start: StartDay): readonly number[] {
  const days: number[] = [];
  for (let day = firstDay; day < firstDay + 7; day += 1) {
    const weekday = weekdayOf(day);
    const chosen = rule.byDay.length === 0 ? weekday === start.weekday : matchesWeekday(rule.byDay, weekday);
    if (chosen && (rule.byMonth.length === 0 || matchesMonth(rule, yearMonthDay(day).month))) days.push(day);
  }
  return days;
}

/** Days among [first, first + length) that are one of the (numbered) weekdays of that span. */
function weekdaysIn(byDay: readonly ByDay[], first: number, length: number): Set<number> {
  const days = new Set<number>();
  for (const { weekday, nth } of byDay) {
    const front = first + ((weekday - weekdayOf(first) + 7) % 7);
    const amount = Math.floor((first + length - 1 - front) / 7) + 1;
    if (nth === null) for (let index = 0; index < amount; index += 1) days.add(front + index * 7);
    else if (nth > 0 && nth <= amount) days.add(front + (nth - 1) * 7);
    else if (nth < 0 && -nth <= amount) days.add(front + (amount + nth) * 7);
  }
  return days;
}

function monthDaysIn(byMonthDay: readonly number[], first: number, length: number): number[] {
  const days: number[] = [];
  for (const position of byMonthDay) {
    const dayOfMonth = position > 0 ? position : length + 1 + position;
    if (dayOfMonth >= 1 && dayOfMonth <= length) days.push(first + dayOfMonth - 1);
  }
  return days;
}

const ascending = (a: number, b: number): number => a - b;
const sorted = (days: Iterable<number>): readonly number[] => [...new Set(days)].sort(ascending);

/** Days of a month; `weekdays` are the days BYDAY allows, null when there is no BYDAY. */
function daysInOneMonth(rule: Rule, year: number, month: number, start: StartDay): readonly number[] {
  const first = dayNumber(year, month, 1);
  const length = daysInMonth(year, month);
  if (rule.byMonthDay.length > 0) {
    const days = monthDaysIn(rule.byMonthDay, first, length);
    if (rule.byDay.length === 0) return sorted(days);
    const allowed = weekdaysIn(rule.byDay, first, length);
    return sorted(days.filter((day) => allowed.has(day)));
  }
  if (rule.byDay.length > 0) return sorted(weekdaysIn(rule.byDay, first, length));
  return start.dayOfMonth <= length ? [first + start.dayOfMonth - 1] : [];
}

export function daysOfMonth(rule: Rule, year: number, month: number, start: StartDay): readonly number[] {
  return matchesMonth(rule, month) ? daysInOneMonth(rule, year, month, start) : [];
}

/** Week number by ISO 8601 with any first weekday: [number, weeks in its year]. */
function weekNumber(day: number, weekStart: number): readonly [number, number] {
  const week = weekStartOf(day, weekStart);
  const { year } = yearMonthDay(week + 3);
  const first = weekStartOf(dayNumber(year, 1, 4), weekStart);
  const next = weekStartOf(dayNumber(year + 1, 1, 4), weekStart);
  return [(week - first) / 7 + 1, (next - first) / 7];
}

/** The slow, general way for BYYEARDAY and BYWEEKNO: every day of the year against every part. */
function daysOfYearByTest(rule: Rule, year: number, start: StartDay): readonly number[] {
  const first = dayNumber(year, 1, 1);
  const length = isLeapYear(year) ? 366 : 365;
  const implied = rule.byDay.length === 0 && rule.byMonthDay.length === 0 && rule.byYearDay.length === 0;
  const byYear = rule.byMonth.length === 0 ? weekdaysIn(rule.byDay, first, length) : null;
  const days: number[] = [];
  for (let day = first; day < first + length; day += 1) {
    if (!matchesPosition(rule.byYearDay, day - first + 1, length)) continue;
    const { month, day: dayOfMonth } = yearMonthDay(day);
    if (!matchesMonth(rule, month)) continue;
    const monthLength = daysInMonth(year, month);
    if (!matchesPosition(rule.byMonthDay, dayOfMonth, monthLength)) continue;
    if (rule.byWeekNo.length > 0) {
      const [number, weeks] = weekNumber(day, rule.weekStart);
      if (!matchesPosition(rule.byWeekNo, number, weeks)) continue;
    }
    if (implied && weekdayOf(day) !== start.weekday) continue;
    if (rule.byDay.length > 0) {
      const allowed = byYear ?? weekdaysIn(rule.byDay, day - dayOfMonth + 1, monthLength);
      if (!allowed.has(day)) continue;
    }
    days.push(day);
  }
  return days;
}

export function daysOfYear(rule: Rule, year: number, start: StartDay): readonly number[] {
  if (rule.byYearDay.length > 0 || rule.byWeekNo.length > 0) return daysOfYearByTest(rule, year, start);
  if (rule.byMonth.length > 0) {
    return rule.byMonth.flatMap((month) => [...daysInOneMonth(rule, year, month, start)]);
  }
  if (rule.byDay.length === 0 && rule.byMonthDay.length === 0) {
    return daysInOneMonth(rule, year, start.month, start);
  }
  // Without BYMONTH a numbered weekday counts within the year.
  const first = dayNumber(year, 1, 1);
  const byDay = weekdaysIn(rule.byDay, first, isLeapYear(year) ? 366 : 365);
  if (rule.byMonthDay.length === 0) return sorted(byDay);
  const days: number[] = [];
  for (let month = 1; month <= 12; month += 1) {
    days.push(...monthDaysIn(rule.byMonthDay, dayNumber(year, month, 1), daysInMonth(year, month)));
  }
  return sorted(rule.byDay.length === 0 ? days : days.filter((day) => byDay.has(day)));
}
