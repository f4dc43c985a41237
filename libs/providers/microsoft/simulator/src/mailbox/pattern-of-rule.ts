import { addDays, toCivil, type ByDay, type LineTime, type Rule } from '@daybook/domain';
import type { Recurrence, RecurrencePattern, RecurrenceRange, ZonedTime } from './event-record';
import { wholePattern, wholeRange } from './recurrence';
import { dateOf, zoneOrUtc } from './zoned-times';

/** Weekdays as rules count them: 0 is Monday. */
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const INDEXES: Record<number, RecurrencePattern['index']> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  [-1]: 'last',
};

type Pattern = Partial<RecurrencePattern> & Pick<RecurrencePattern, 'type'>;

/** What Exchange makes of an RRULE; null for one it cannot hold. */
export function recurrenceOfRule(rule: Rule, start: ZonedTime): Recurrence | null {
  const beyond = [rule.byWeekNo, rule.byYearDay, rule.byHour, rule.byMinute, rule.bySecond];
  if (beyond.some((list) => list.length > 0)) return null;
  const pattern = patternOf(rule, start);
  if (pattern === null) return null;
  const firstDayOfWeek = WEEKDAYS[rule.weekStart] ?? 'monday';
  return {
    pattern: wholePattern({ ...pattern, interval: rule.interval, firstDayOfWeek }),
    range: wholeRange(boundsOf(rule, start), { date: dateOf(start), timeZone: start.timeZone }),
  };
}

function patternOf(rule: Rule, start: ZonedTime): Pattern | null {
  switch (rule.frequency) {
    case 'daily':
      return isBare(rule) ? { type: 'daily' } : null;
    case 'weekly':
      return weekly(rule, start);
    case 'monthly':
      return rule.byMonth.length > 0 ? null : monthly(rule, start);
    case 'yearly':
      return yearly(rule, start);
  }
}

const isBare = ({ byMonth, byMonthDay, byDay, bySetPos }: Rule): boolean =>
  [byMonth, byMonthDay, byDay, bySetPos].every((list) => list.length === 0);

function weekly(rule: Rule, start: ZonedTime): Pattern | null {
  if (!isBare({ ...rule, byDay: [] }) || rule.byDay.some(({ nth }) => nth !== null)) return null;
  return { type: 'weekly', daysOfWeek: rule.byDay.length === 0 ? [weekdayOf(start)] : namesOf(rule.byDay) };
}

function monthly(rule: Rule, start: ZonedTime): Pattern | null {
  if (rule.byDay.length > 0) {
    const relative = relativeOf(rule);
    return relative === null ? null : { type: 'relativeMonthly', ...relative };
  }
  const day = dayOfMonth(rule, start);
  return day === null ? null : { type: 'absoluteMonthly', dayOfMonth: day };
}

function yearly(rule: Rule, start: ZonedTime): Pattern | null {
  if (rule.byMonth.length > 1) return null;
  const month = rule.byMonth[0] ?? Number(start.dateTime.slice(5, 7));
  if (rule.byDay.length > 0) {
    const relative = rule.byMonth.length === 0 ? null : relativeOf(rule);
    return relative === null ? null : { type: 'relativeYearly', month, ...relative };
  }
  const day = dayOfMonth(rule, start);
  return day === null ? null : { type: 'absoluteYearly', month, dayOfMonth: day };
}

/** One day of the month; the last one is day 31 in Exchange. */
function dayOfMonth({ byMonthDay, bySetPos }: Rule, start: ZonedTime): number | null {
  if (bySetPos.length > 0 || byMonthDay.length > 1) return null;
  const day = byMonthDay[0] ?? Number(start.dateTime.slice(8, 10));
  if (day === -1) return 31;
  return day < 0 ? null : day;
}

/** `2MO`, or `MO,TU` with a position: the n-th day that is one of them. */
function relativeOf({ byDay, bySetPos, byMonthDay }: Rule): Pick<RecurrencePattern, 'daysOfWeek' | 'index'> | null {
  if (byMonthDay.length > 0 || bySetPos.length > 1) return null;
  const [only] = byDay;
  const nth = byDay.length === 1 ? (only?.nth ?? bySetPos[0]) : bySetPos[0];
  const isMixed = byDay.some((day) => day.nth !== null) && (byDay.length > 1 || bySetPos.length > 0);
  const index = nth === undefined ? undefined : INDEXES[nth];
  return isMixed || index === undefined ? null : { daysOfWeek: namesOf(byDay), index };
}

const namesOf = (days: readonly ByDay[]): string[] => days.map(({ weekday }) => WEEKDAYS[weekday] ?? 'monday');

const weekdayOf = (start: ZonedTime): string =>
  WEEKDAYS[(new Date(`${dateOf(start)}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'monday';

function boundsOf({ end }: Rule, start: ZonedTime): Partial<RecurrenceRange> & Pick<RecurrenceRange, 'type'> {
  if (end.kind === 'count') return { type: 'numbered', numberOfOccurrences: end.count };
  if (end.kind === 'never') return { type: 'noEnd' };
  return { type: 'endDate', endDate: civilDateOf(end.until, zoneOrUtc(start.timeZone)) };
}

/** The civil date of a moment in a rule, in a zone. */
export function civilDateOf(time: LineTime, zone: string): string {
  if (time.kind === 'date') return addDays('1970-01-01', time.day);
  if (time.kind === 'instant') return toCivil(time.instant, zone).slice(0, 10);
  return toCivil(time.seconds * 1000, 'UTC').slice(0, 10);
}
