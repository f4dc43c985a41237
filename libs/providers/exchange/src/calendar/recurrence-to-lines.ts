/**
 * Exchange's recurrence as RFC 5545 lines: the shortest that says the same, so that a rule written by somebody else and one of
 * ours read alike. Where Exchange means the last day of a month too short for the day named, the rule says so.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype; MS-OXOCAL 2.2.1.44.1.
 */
import {
  dateOf,
  formatInstant,
  isAllDayTime,
  isCivilDate,
  type MeetingTime,
  toInstant,
  weekdayOfDate,
} from '@daybook/domain';
import { asText, type ForeignRecord, isRecord } from '@daybook/provider-port';
import { DAYS, DAY_GROUPS, MONTHS } from './schema-words';

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const INDEXES: Readonly<Record<string, number>> = { First: 1, Second: 2, Third: 3, Fourth: 4, Last: -1 };
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days every month has. */
const SAFE_DAY = 28;
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
    const date = 'date' in start ? start.date : dateOf(start.dateTime);
    return [`RRULE:${[...patternParts(recurrence, date), ...rangeParts(recurrence, start)].join(';')}`];
  } catch (error) {
    if (error instanceof Odd) return { odd: error.message };
    throw error;
  }
}

type Reading = (pattern: ForeignRecord, date: string) => string[];

const PATTERNS: Readonly<Record<string, Reading>> = {
  DailyRecurrence: (pattern) => ['FREQ=DAILY', ...every(pattern)],
  WeeklyRecurrence: (pattern, date) => [
    'FREQ=WEEKLY',
    ...every(pattern),
    ...weekStart(pattern, intervalOf(pattern)),
    ...weekDays(pattern, date),
  ],
  AbsoluteMonthlyRecurrence: (pattern, date) => [
    'FREQ=MONTHLY',
    ...every(pattern),
    ...monthDay(dayOfMonth(pattern), { date, shortest: SAFE_DAY }),
  ],
  RelativeMonthlyRecurrence: (pattern) => ['FREQ=MONTHLY', ...every(pattern), ...relativeDay(pattern)],
  AbsoluteYearlyRecurrence: (pattern, date) => ['FREQ=YEARLY', ...yearDay(pattern, date)],
  RelativeYearlyRecurrence: (pattern) => ['FREQ=YEARLY', `BYMONTH=${monthOf(pattern)}`, ...relativeDay(pattern)],
};

function patternParts(recurrence: ForeignRecord, date: string): string[] {
  for (const [name, read] of Object.entries(PATTERNS)) {
    const pattern = recurrence[name];
    if (isRecord(pattern)) return read(pattern, date);
  }
  throw new Odd('Recurrence');
}

const intervalOf = (pattern: ForeignRecord): number => wholeNumber(pattern['Interval'], MOST, 'Interval');

function every(pattern: ForeignRecord): string[] {
  const interval = intervalOf(pattern);
  return interval === 1 ? [] : [`INTERVAL=${interval}`];
}

/** Days by their place in the week, Monday 0. */
function daysOf(pattern: ForeignRecord): number[] {
  const words = asText(pattern['DaysOfWeek'], 80).trim().split(/\s+/);
  const days = words.flatMap((word) => DAY_GROUPS[word] ?? [DAYS.indexOf(word)]);
  if (days.includes(-1)) throw new Odd('DaysOfWeek');
  return [...new Set(days)].sort((one, other) => one - other);
}

const coded = (days: readonly number[]): string => days.map((day) => CODES[day]).join(',');

function weekDays(pattern: ForeignRecord, date: string): string[] {
  const days = daysOf(pattern);
  return days.length === 1 && days[0] === weekdayOfDate(date) ? [] : [`BYDAY=${coded(days)}`];
}

/** Only a week that is skipped makes its first day count; RFC 5545 begins it on Monday, Exchange on Sunday. */
function weekStart(pattern: ForeignRecord, interval: number): string[] {
  const first = DAYS.indexOf(asText(pattern['FirstDayOfWeek'], 20).trim());
  const code = CODES[first < 0 ? 6 : first];
  return interval === 1 || daysOf(pattern).length === 1 || code === 'MO' ? [] : [`WKST=${code}`];
}

function relativeDay(pattern: ForeignRecord): string[] {
  const index = INDEXES[asText(pattern['DayOfWeekIndex'], 20).trim()];
  if (index === undefined) throw new Odd('DayOfWeekIndex');
  const days = daysOf(pattern);
  // Of several days the first (or second …) that comes is meant.
  return days.length === 1 ? [`BYDAY=${index}${coded(days)}`] : [`BYDAY=${coded(days)}`, `BYSETPOS=${index}`];
}

interface Month {
  readonly date: string;
  /** Days the shortest month in question has. */
  readonly shortest: number;
}

function monthDay(day: number, { date, shortest }: Month): string[] {
  if (day <= shortest) return day === Number(date.slice(8, 10)) ? [] : [`BYMONTHDAY=${day}`];
  if (day === 31) return ['BYMONTHDAY=-1'];
  const candidates = Array.from({ length: day - SAFE_DAY + 1 }, (_none, index) => SAFE_DAY + index);
  return [`BYMONTHDAY=${candidates.join(',')}`, 'BYSETPOS=-1'];
}

function yearDay(pattern: ForeignRecord, date: string): string[] {
  const month = monthOf(pattern);
  const day = dayOfMonth(pattern);
  const parts = monthDay(day, { date, shortest: MONTH_LENGTHS[month - 1] ?? SAFE_DAY });
  const asStarted = month === Number(date.slice(5, 7)) && parts.length === 0;
  if (asStarted) return [];
  return [`BYMONTH=${month}`, ...(parts.length === 0 ? [`BYMONTHDAY=${day}`] : parts)];
}

function monthOf(pattern: ForeignRecord): number {
  const month = MONTHS.indexOf(asText(pattern['Month'], 20).trim()) + 1;
  if (month === 0) throw new Odd('Month');
  return month;
}

const dayOfMonth = (pattern: ForeignRecord): number => wholeNumber(pattern['DayOfMonth'], 31, 'DayOfMonth');

function rangeParts(
  { NoEndRecurrence: endless, EndDateRecurrence: dated, NumberedRecurrence: numbered }: ForeignRecord,
  start: MeetingTime,
): string[] {
  if (isRecord(numbered))
    return [`COUNT=${wholeNumber(numbered['NumberOfOccurrences'], 2_147_483_647, 'NumberOfOccurrences')}`];
  // Dates of a range may carry the offset of their midnight, which says nothing.
  if (isRecord(dated)) return [`UNTIL=${untilOf(asText(dated['EndDate'], 40).trim().slice(0, 10), start)}`];
  if (isRecord(endless)) return [];
  throw new Odd('Recurrence');
}

/** The last date counts whole, in the zone of the series: the instant is that of an occurrence on it. */
function untilOf(endDate: string, start: MeetingTime): string {
  if (!isCivilDate(endDate)) throw new Odd('EndDate');
  if (isAllDayTime(start)) return endDate.replaceAll('-', '');
  const last = toInstant(`${endDate}${start.dateTime.slice(10)}`, start.timeZone);
  return formatInstant(last).replace(/[-:]/g, '');
}

function wholeNumber(value: unknown, most: number, what: string): number {
  const told = asText(value, 20).trim();
  const number = /^\+?\d{1,10}$/.test(told) ? Number(told) : 0;
  if (number >= 1 && number <= most) return number;
  throw new Odd(what);
}
