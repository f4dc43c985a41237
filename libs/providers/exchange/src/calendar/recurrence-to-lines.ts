/**
 * Exchange's recurrence as RFC 5545 lines.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype.
 */
import {
  isCivilDate,
  type MeetingTime,
  type NthWeekday,
  type OutlookEnd,
  type OutlookPattern,
  outlookRuleToLine,
} from '@daybook/domain';
import { asText, type ForeignRecord, isRecord } from '@daybook/provider-port';
import { DAYS, DAY_GROUPS, MONTHS } from './schema-words';

const SUNDAY = 6;
const INDEXES: Readonly<Record<string, number>> = { First: 1, Second: 2, Third: 3, Fourth: 4, Last: -1 };
const MOST = 999;

/** Why a recurrence cannot be read. */
class Odd extends Error {}

/** The lines, or what is wrong with them. `start` is that of the series, in its own zone. */
export function recurrenceToLines(
  recurrence: unknown,
  start: MeetingTime,
): readonly string[] | { readonly odd: string } {
  try {
    if (!isRecord(recurrence)) throw new Odd('Recurrence');
    return [outlookRuleToLine({ pattern: readPattern(recurrence), end: readRange(recurrence) }, start)];
  } catch (error) {
    if (error instanceof Odd) return { odd: error.message };
    throw error;
  }
}

/** What is yearly comes every year: there is no interval of years. */
const PATTERNS: Readonly<Record<string, (pattern: ForeignRecord) => OutlookPattern>> = {
  DailyRecurrence: (pattern) => ({ kind: 'daily', interval: intervalOf(pattern) }),
  WeeklyRecurrence: (pattern) => ({
    kind: 'weekly',
    interval: intervalOf(pattern),
    weekdays: daysOf(pattern),
    weekStart: weekStartOf(pattern),
  }),
  AbsoluteMonthlyRecurrence: (pattern) => ({
    kind: 'absoluteMonthly',
    interval: intervalOf(pattern),
    day: dayOfMonth(pattern),
  }),
  RelativeMonthlyRecurrence: (pattern) => ({
    kind: 'relativeMonthly',
    interval: intervalOf(pattern),
    on: relativeDay(pattern),
  }),
  AbsoluteYearlyRecurrence: (pattern) => ({
    kind: 'absoluteYearly',
    interval: 1,
    month: monthOf(pattern),
    day: dayOfMonth(pattern),
  }),
  RelativeYearlyRecurrence: (pattern) => ({
    kind: 'relativeYearly',
    interval: 1,
    month: monthOf(pattern),
    on: relativeDay(pattern),
  }),
};

function readPattern(recurrence: ForeignRecord): OutlookPattern {
  for (const [name, read] of Object.entries(PATTERNS)) {
    const pattern = recurrence[name];
    if (isRecord(pattern)) return read(pattern);
  }
  throw new Odd('Recurrence');
}

const intervalOf = (pattern: ForeignRecord): number => wholeNumber(pattern['Interval'], MOST, 'Interval');

/** Days by their place in the week, Monday 0. */
function daysOf(pattern: ForeignRecord): number[] {
  const words = asText(pattern['DaysOfWeek'], 80).trim().split(/\s+/);
  const days = words.flatMap((word) => DAY_GROUPS[word] ?? [DAYS.indexOf(word)]);
  if (days.includes(-1)) throw new Odd('DaysOfWeek');
  return [...new Set(days)].sort((one, other) => one - other);
}

/** Exchange begins a week on Sunday where it names no day. */
function weekStartOf(pattern: ForeignRecord): number {
  const first = DAYS.indexOf(asText(pattern['FirstDayOfWeek'], 20).trim());
  return first < 0 ? SUNDAY : first;
}

function relativeDay(pattern: ForeignRecord): NthWeekday {
  const position = INDEXES[asText(pattern['DayOfWeekIndex'], 20).trim()];
  if (position === undefined) throw new Odd('DayOfWeekIndex');
  return { weekdays: daysOf(pattern), position };
}

function monthOf(pattern: ForeignRecord): number {
  const month = MONTHS.indexOf(asText(pattern['Month'], 20).trim()) + 1;
  if (month === 0) throw new Odd('Month');
  return month;
}

const dayOfMonth = (pattern: ForeignRecord): number => wholeNumber(pattern['DayOfMonth'], 31, 'DayOfMonth');

function readRange({
  NoEndRecurrence: endless,
  EndDateRecurrence: dated,
  NumberedRecurrence: numbered,
}: ForeignRecord): OutlookEnd {
  if (isRecord(numbered)) {
    const told = numbered['NumberOfOccurrences'];
    return { kind: 'count', count: wholeNumber(told, 2_147_483_647, 'NumberOfOccurrences') };
  }
  // Dates of a range may carry the offset of their midnight, which says nothing.
  if (isRecord(dated)) return { kind: 'until', date: civilDate(asText(dated['EndDate'], 40).trim().slice(0, 10)) };
  if (isRecord(endless)) return { kind: 'never' };
  throw new Odd('Recurrence');
}

function civilDate(text: string): string {
  if (isCivilDate(text)) return text;
  throw new Odd('EndDate');
}

function wholeNumber(value: unknown, most: number, what: string): number {
  const told = asText(value, 20).trim();
  const number = /^\+?\d{1,10}$/.test(told) ? Number(told) : 0;
  if (number >= 1 && number <= most) return number;
  throw new Odd(what);
}
