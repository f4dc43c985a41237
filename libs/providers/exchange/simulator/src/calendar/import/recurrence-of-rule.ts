import { addDays, type ByDay, type LineTime, type Rule } from '@daybook/domain';
import {
  civilDate,
  daysInMonth,
  DAY_MS,
  MONTHS,
  WEEK,
  weekdayOf,
  type DayKind,
  type Weekday,
} from '../recurrence/civil-days';
import { OccurrenceDays } from '../recurrence/occurrence-days';
import {
  INDEXES,
  type DayIndex,
  type RangeEnd,
  type Recurrence,
  type RecurrencePattern,
} from '../recurrence/recurrence';
import { wallTimeAt, type CalendarZone, type WallTime } from '../zones/calendar-zone';

/** Start of a series on the clock of its zone. */
export interface RuleStart {
  readonly wall: WallTime;
  readonly zone: CalendarZone;
}

/** A day that every month has. */
const SAFE_DAY = 28;
const MOST_MONTHS = 99;

/**
 * The recurrence with the same days as an RRULE (MS-OXCICAL 2.1.3.2); null for one that Exchange can only approximate:
 * other parts, the 29th to 31st where RFC 5545 would skip months, a start that is no day of the rule.
 */
export function recurrenceOfRule(rule: Rule, start: RuleStart): Recurrence | null {
  const beyond = [rule.byWeekNo, rule.byYearDay, rule.byHour, rule.byMinute, rule.bySecond];
  if (beyond.some((list) => list.length > 0)) return null;
  const day = Math.floor(start.wall / DAY_MS);
  const pattern = patternOf(rule, day);
  if (pattern === null) return null;
  const recurrence = { pattern, startDate: addDays('1970-01-01', day), end: endOf(rule, start) };
  return new OccurrenceDays(recurrence).first === day ? recurrence : null;
}

function patternOf(rule: Rule, day: number): RecurrencePattern | null {
  switch (rule.frequency) {
    case 'daily':
      return isBare(rule) ? { kind: 'daily', interval: rule.interval } : null;
    case 'weekly':
      return weekly(rule, day);
    case 'monthly':
      return rule.byMonth.length > 0 ? null : monthly(rule, day);
    case 'yearly':
      return yearly(rule, day);
  }
}

const isBare = ({ byMonth, byMonthDay, byDay, bySetPos }: Rule): boolean =>
  [byMonth, byMonthDay, byDay, bySetPos].every((list) => list.length === 0);

/** Rules count weekdays from Monday, this folder from Sunday. */
const weekdayName = (fromMonday: number): Weekday => WEEK[(fromMonday + 1) % 7] ?? 'Sunday';

function weekly(rule: Rule, day: number): RecurrencePattern | null {
  if (!isBare({ ...rule, byDay: [] }) || rule.byDay.some(({ nth }) => nth !== null)) return null;
  const named = rule.byDay.map(({ weekday }) => weekdayName(weekday));
  const days = named.length === 0 ? [WEEK[weekdayOf(day)]] : named;
  const daysOfWeek = WEEK.filter((name) => days.includes(name));
  return { kind: 'weekly', interval: rule.interval, daysOfWeek, firstDayOfWeek: weekdayName(rule.weekStart) };
}

function monthly(rule: Rule, day: number): RecurrencePattern | null {
  const { interval } = rule;
  if (rule.byDay.length > 0) {
    const relative = relativeOf(rule);
    return relative === null ? null : { kind: 'relativeMonthly', interval, ...relative };
  }
  const dayOfMonth = dayOfMonthOf(rule, day, SAFE_DAY);
  return dayOfMonth === null ? null : { kind: 'absoluteMonthly', interval, dayOfMonth };
}

function yearly(rule: Rule, day: number): RecurrencePattern | null {
  const { interval } = rule;
  const number = rule.byMonth[0] ?? civilDate(day).month;
  const month = MONTHS[number - 1];
  if (rule.byMonth.length > 1 || month === undefined) return null;
  const dayOfMonth = rule.byDay.length > 0 ? null : dayOfMonthOf(rule, day, daysInMonth(2023, number));
  // A rule by weekdays without a month counts through the year.
  const relative = rule.byDay.length > 0 && rule.byMonth.length > 0 ? relativeOf(rule) : null;
  if (interval === 1 && dayOfMonth !== null) return { kind: 'absoluteYearly', month, dayOfMonth };
  if (interval === 1 && relative !== null) return { kind: 'relativeYearly', month, ...relative };
  // Exchange has no interval of years, so every second year is every 24th month.
  const months = interval * 12;
  if (months > MOST_MONTHS || civilDate(day).month !== number) return null;
  if (dayOfMonth !== null) return { kind: 'absoluteMonthly', interval: months, dayOfMonth };
  return relative === null ? null : { kind: 'relativeMonthly', interval: months, ...relative };
}

/** One day of the month that each month in question has; the last one is day 31 in Exchange. */
function dayOfMonthOf({ byMonthDay, bySetPos }: Rule, start: number, safe: number): number | null {
  if (bySetPos.length > 0 || byMonthDay.length > 1) return null;
  const day = byMonthDay[0] ?? civilDate(start).day;
  if (day === -1) return 31;
  return day < 1 || day > safe ? null : day;
}

const SETS = new Map<string, DayKind>([
  ['0,1,2,3,4', 'Weekday'],
  ['5,6', 'WeekendDay'],
  ['0,1,2,3,4,5,6', 'Day'],
]);

/** `2MO`, or a set of days with a position that Exchange has a word for. */
function relativeOf({ byDay, bySetPos, byMonthDay }: Rule): { readonly day: DayKind; readonly index: DayIndex } | null {
  if (byMonthDay.length > 0 || bySetPos.length > 1) return null;
  const nth = nthOf(byDay, bySetPos[0]);
  const index = nth === -1 ? 'Last' : INDEXES.slice(0, 4)[(nth ?? 0) - 1];
  const day = kindOf(byDay);
  return day === undefined || index === undefined ? null : { day, index };
}

function nthOf(byDay: readonly ByDay[], position: number | undefined): number | null {
  const [only] = byDay;
  const counted = byDay.some(({ nth }) => nth !== null);
  if (!counted) return position ?? null;
  return byDay.length === 1 && position === undefined ? (only?.nth ?? null) : null;
}

function kindOf(byDay: readonly ByDay[]): DayKind | undefined {
  const days = [...new Set(byDay.map(({ weekday }) => weekday))].sort();
  const [only] = days;
  return days.length === 1 && only !== undefined ? weekdayName(only) : SETS.get(days.join(','));
}

function endOf({ end }: Rule, { wall, zone }: RuleStart): RangeEnd {
  if (end.kind === 'never') return { kind: 'noEnd' };
  if (end.kind === 'count') return { kind: 'numbered', count: end.count };
  const until = wallOfLine(end.until, zone);
  // Exchange ends with a day, a rule with a moment of it.
  const isBefore = end.until.kind !== 'date' && mod(until) < mod(wall);
  return { kind: 'endDate', endDate: addDays('1970-01-01', Math.floor(until / DAY_MS) - (isBefore ? 1 : 0)) };
}

const mod = (wall: WallTime): number => wall - Math.floor(wall / DAY_MS) * DAY_MS;

/** A moment of a rule on the clock of a zone. */
export function wallOfLine(time: LineTime, zone: CalendarZone): WallTime {
  if (time.kind === 'date') return time.day * DAY_MS;
  return time.kind === 'instant' ? wallTimeAt(time.instant, zone) : time.seconds * 1000;
}
