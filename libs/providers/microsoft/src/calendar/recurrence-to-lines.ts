/**
 * Graph's recurrence as RFC 5545 lines: the shortest that says the same, so that a rule written by somebody else and one of
 * ours read alike. Where Graph means the last day of a month too short for the day named, the rule says so.
 * Source: learn.microsoft.com/graph/api/resources/recurrencepattern, …/recurrencerange; MS-OXOCAL 2.2.1.44.1.
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
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const INDEXES: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
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
    if (!isRecord(recurrence)) throw new Odd('recurrence');
    const { pattern, range } = recurrence;
    if (!isRecord(pattern) || !isRecord(range)) throw new Odd('recurrence');
    const date = 'date' in start ? start.date : dateOf(start.dateTime);
    return [`RRULE:${[...patternParts(pattern, date), ...rangeParts(range, start)].join(';')}`];
  } catch (error) {
    if (error instanceof Odd) return { odd: error.message };
    throw error;
  }
}

function patternParts(pattern: ForeignRecord, date: string): string[] {
  const interval = wholeNumber(pattern['interval'], MOST, 'recurrence interval');
  const every = interval === 1 ? [] : [`INTERVAL=${interval}`];
  const type = asText(pattern['type'], 40);
  switch (type) {
    case 'daily':
      return ['FREQ=DAILY', ...every];
    case 'weekly':
      return ['FREQ=WEEKLY', ...every, ...weekStart(pattern, interval), ...weekDays(pattern, date)];
    case 'absoluteMonthly':
      return ['FREQ=MONTHLY', ...every, ...monthDay(dayOfMonth(pattern), { date, shortest: SAFE_DAY })];
    case 'relativeMonthly':
      return ['FREQ=MONTHLY', ...every, ...relativeDay(pattern)];
    case 'absoluteYearly':
      return ['FREQ=YEARLY', ...every, ...yearDay(pattern, date)];
    case 'relativeYearly':
      return ['FREQ=YEARLY', ...every, `BYMONTH=${monthOf(pattern)}`, ...relativeDay(pattern)];
    default:
      throw new Odd(`recurrence type ${/^\w+$/.test(type) ? type : ''}`);
  }
}

/** Days by their place in the week, Monday 0. */
function daysOf(pattern: ForeignRecord): number[] {
  const days = listOf(pattern['daysOfWeek']).map((day) => DAYS.indexOf(asText(day, 20).toLowerCase()));
  if (days.length === 0 || days.includes(-1)) throw new Odd('recurrence daysOfWeek');
  return [...new Set(days)].sort((one, other) => one - other);
}

const coded = (days: readonly number[]): string => days.map((day) => CODES[day]).join(',');

function weekDays(pattern: ForeignRecord, date: string): string[] {
  const days = daysOf(pattern);
  return days.length === 1 && days[0] === weekdayOfDate(date) ? [] : [`BYDAY=${coded(days)}`];
}

/** Only a week that is skipped makes its first day count; RFC 5545 begins it on Monday, Graph on Sunday. */
function weekStart(pattern: ForeignRecord, interval: number): string[] {
  const first = DAYS.indexOf(asText(pattern['firstDayOfWeek'], 20).toLowerCase());
  const code = CODES[first < 0 ? 6 : first];
  return interval === 1 || daysOf(pattern).length === 1 || code === 'MO' ? [] : [`WKST=${code}`];
}

function relativeDay(pattern: ForeignRecord): string[] {
  const index = INDEXES[asText(pattern['index'], 20).toLowerCase()];
  if (index === undefined) throw new Odd('recurrence index');
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

const monthOf = (pattern: ForeignRecord): number => wholeNumber(pattern['month'], 12, 'recurrence month');
const dayOfMonth = (pattern: ForeignRecord): number => wholeNumber(pattern['dayOfMonth'], 31, 'recurrence dayOfMonth');

function rangeParts(range: ForeignRecord, start: MeetingTime): string[] {
  switch (range['type']) {
    case 'noEnd':
      return [];
    case 'numbered':
      return [`COUNT=${wholeNumber(range['numberOfOccurrences'], 2_147_483_647, 'recurrence numberOfOccurrences')}`];
    case 'endDate':
      return [`UNTIL=${untilOf(asText(range['endDate'], 10), start)}`];
    default:
      throw new Odd('recurrence range');
  }
}

/** The last date counts whole, in the zone of the series: the instant is that of an occurrence on it. */
function untilOf(endDate: string, start: MeetingTime): string {
  if (!isCivilDate(endDate)) throw new Odd('recurrence endDate');
  if (isAllDayTime(start)) return endDate.replaceAll('-', '');
  const last = toInstant(`${endDate}${start.dateTime.slice(10)}`, start.timeZone);
  return formatInstant(last).replace(/[-:]/g, '');
}

function wholeNumber(value: unknown, most: number, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Odd(what);
}
