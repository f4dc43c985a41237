/**
 * What Outlook's stores hold of a recurrence as an RFC 5545 line, the way back of `linesToOutlookRule`: the shortest that says the
 * same, so that a rule written by somebody else and one of ours read alike. Where a store means the last day of a month too short
 * for the day named, the line says so.
 * Source: MS-OXOCAL 2.2.1.44.1; RFC 5545, 3.3.10.
 */
import { isAllDayTime, type MeetingTime } from '../meeting/meeting';
import { dateOf, weekdayOfDate } from '../time/civil';
import { formatInstant, toInstant } from '../time/zoned-time';
import {
  MONTH_LENGTHS,
  type NthWeekday,
  type OutlookEnd,
  type OutlookPattern,
  type OutlookRule,
  SAFE_DAY,
} from './outlook-rule';

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Of RFC 5545, where a rule names no other. */
const MONDAY = 0;

type Weekly = Extract<OutlookPattern, { kind: 'weekly' }>;
type YearDay = Extract<OutlookPattern, { kind: 'absoluteYearly' }>;

/**
 * @param rule weekdays are sorted, each once, and at least one
 * @param start that of the series, in its own zone
 */
export function outlookRuleToLine({ pattern, end }: Pick<OutlookRule, 'pattern' | 'end'>, start: MeetingTime): string {
  const date = 'date' in start ? start.date : dateOf(start.dateTime);
  const every = pattern.interval === 1 ? [] : [`INTERVAL=${pattern.interval}`];
  const [frequency, ...parts] = patternParts(pattern, date);
  return `RRULE:${[frequency, ...every, ...parts, ...endParts(end, start)].join(';')}`;
}

function patternParts(pattern: OutlookPattern, date: string): readonly string[] {
  switch (pattern.kind) {
    case 'daily':
      return ['FREQ=DAILY'];
    case 'weekly':
      return ['FREQ=WEEKLY', ...weekStart(pattern), ...weekDays(pattern, date)];
    case 'absoluteMonthly':
      return ['FREQ=MONTHLY', ...monthDay(pattern.day, { date, shortest: SAFE_DAY })];
    case 'relativeMonthly':
      return ['FREQ=MONTHLY', ...nthWeekday(pattern.on)];
    case 'absoluteYearly':
      return ['FREQ=YEARLY', ...yearDay(pattern, date)];
    case 'relativeYearly':
      return ['FREQ=YEARLY', `BYMONTH=${pattern.month}`, ...nthWeekday(pattern.on)];
  }
}

const coded = (weekdays: readonly number[]): string => weekdays.map((day) => CODES[day]).join(',');

function weekDays({ weekdays }: Weekly, date: string): readonly string[] {
  return weekdays.length === 1 && weekdays[0] === weekdayOfDate(date) ? [] : [`BYDAY=${coded(weekdays)}`];
}

/** Only a week that is skipped makes its first day count. */
function weekStart({ interval, weekdays, weekStart: first }: Weekly): readonly string[] {
  return interval === 1 || weekdays.length === 1 || first === MONDAY ? [] : [`WKST=${CODES[first]}`];
}

/** Of several weekdays the first (or second …) that comes is meant. */
function nthWeekday({ weekdays, position }: NthWeekday): readonly string[] {
  if (weekdays.length === 1) return [`BYDAY=${position}${coded(weekdays)}`];
  return [`BYDAY=${coded(weekdays)}`, `BYSETPOS=${position}`];
}

interface Month {
  readonly date: string;
  /** Days the shortest month in question has. */
  readonly shortest: number;
}

function monthDay(day: number, { date, shortest }: Month): readonly string[] {
  if (day <= shortest) return day === Number(date.slice(8, 10)) ? [] : [`BYMONTHDAY=${day}`];
  if (day === 31) return ['BYMONTHDAY=-1'];
  const candidates = Array.from({ length: day - SAFE_DAY + 1 }, (_none, index) => SAFE_DAY + index);
  return [`BYMONTHDAY=${candidates.join(',')}`, 'BYSETPOS=-1'];
}

function yearDay({ month, day }: YearDay, date: string): readonly string[] {
  const parts = monthDay(day, { date, shortest: MONTH_LENGTHS[month - 1] ?? SAFE_DAY });
  const asStarted = month === Number(date.slice(5, 7)) && parts.length === 0;
  if (asStarted) return [];
  return [`BYMONTH=${month}`, ...(parts.length === 0 ? [`BYMONTHDAY=${day}`] : parts)];
}

function endParts(end: OutlookEnd, start: MeetingTime): readonly string[] {
  switch (end.kind) {
    case 'never':
      return [];
    case 'count':
      return [`COUNT=${end.count}`];
    case 'until':
      return [`UNTIL=${untilOf(end.date, start)}`];
  }
}

/** The last date counts whole, in the zone of the series: the instant is that of an occurrence on it. */
function untilOf(date: string, start: MeetingTime): string {
  if (isAllDayTime(start)) return date.replaceAll('-', '');
  const last = toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone);
  return formatInstant(last).replace(/[-:]/g, '');
}
