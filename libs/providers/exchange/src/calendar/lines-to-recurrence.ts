/**
 * RFC 5545 lines as Exchange's recurrence, the way back of `recurrence-to-lines`. What Exchange has no words for is refused with
 * the part that is to blame, never brought near: a meeting on the wrong day is worse than none.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype.
 */
import {
  addDays,
  type ByDay,
  dateOf,
  formatInstant,
  isAllDayTime,
  type LineTime,
  type MeetingTime,
  parseRecurrence,
  type Rule,
  toCivil,
  toInstant,
} from '@daybook/domain';
import { ProviderError } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { weekdayOf } from './recurrence-to-lines';
import { datesOfRule } from './rule-dates';
import { DAY_GROUPS, DAYS, MONTHS } from './schema-words';

const INDEXES: ReadonlyMap<number, string> = new Map([
  [1, 'First'],
  [2, 'Second'],
  [3, 'Third'],
  [4, 'Fourth'],
  [-1, 'Last'],
]);
const SAFE_DAY = 28;
const MOST = 999;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export interface ReadLines {
  /** `Recurrence` of the schema. */
  readonly recurrence: Markup;
  /** Civil dates of occurrences that the lines take out; what is taken out where the rule has none is dropped. */
  readonly excluded: readonly string[];
}

/** @throws ProviderError `Rejected`, naming the part that has no counterpart */
export function linesToRecurrence(lines: readonly string[], start: MeetingTime): ReadLines {
  const reading = parseRecurrence(lines, { allDay: isAllDayTime(start) });
  if (!reading.ok) throw refused(reading.refusal.code);
  const { rules, added, excluded } = reading.recurrence;
  const [rule] = rules;
  if (!rule || rules.length > 1) throw refused('several rules');
  if (added.length > 0) throw refused('RDATE');
  const date = 'date' in start ? start.date : dateOf(start.dateTime);
  return {
    recurrence: markup('t:Recurrence', {}, [patternOf(rule, date), rangeOf(rule, start, date)]),
    excluded: takenOut(excluded, start).filter(datesOfRule(lines, start)),
  };
}

/** EXDATE names a start to the second (RFC 5545, 3.8.5.1): another time of the same day takes nothing out. A bare date is all of it. */
function takenOut(excluded: readonly LineTime[], start: MeetingTime): readonly string[] {
  const dates = excluded.flatMap((time) => {
    const date = civilDateOf(time, start);
    if (time.kind === 'date' || isAllDayTime(start)) return [date];
    const begins = toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone);
    return toInstant(civilOf(time, start.timeZone), start.timeZone) === begins ? [date] : [];
  });
  return [...new Set(dates)];
}

function patternOf(rule: Rule, date: string): Markup {
  if (rule.byWeekNo.length > 0) throw refused('BYWEEKNO');
  if (rule.byYearDay.length > 0) throw refused('BYYEARDAY');
  if (rule.byHour.length + rule.byMinute.length + rule.bySecond.length > 0) throw refused('BYHOUR');
  if (rule.interval > MOST_OF[rule.frequency]) throw refused('INTERVAL');
  return FREQUENCIES[rule.frequency](rule, date);
}

/** Source: learn.microsoft.com/exchange/client-developer/web-service-reference/interval; a year has none. */
const MOST_OF = { daily: 999, weekly: 99, monthly: 99, yearly: 1 } as const;
const FREQUENCIES = { daily, weekly, monthly, yearly } as const;

const named = (name: string, content: string | number): Markup => markup(`t:${name}`, {}, String(content));

function daily(rule: Rule, date: string): Markup {
  refuseMonths(rule);
  if (rule.byDay.length === 0) return markup('t:DailyRecurrence', {}, [named('Interval', rule.interval)]);
  // Every day of some weekdays is every week on those.
  if (rule.interval > 1) throw refused('BYDAY with FREQ=DAILY');
  return weekly(rule, date);
}

function weekly(rule: Rule, date: string): Markup {
  refuseMonths(rule);
  const own = weekdayOf(date);
  const days = rule.byDay.length === 0 ? [own] : weekdaysOf(rule.byDay);
  if (!days.includes(own)) throw refused('DTSTART');
  return markup('t:WeeklyRecurrence', {}, [
    named('Interval', rule.interval),
    named('DaysOfWeek', days.map((day) => DAYS[day]).join(' ')),
    named('FirstDayOfWeek', DAYS[rule.weekStart] ?? 'Monday'),
  ]);
}

function monthly(rule: Rule, date: string): Markup {
  if (rule.byMonth.length > 0) throw refused('BYMONTH with FREQ=MONTHLY');
  const every = named('Interval', rule.interval);
  if (rule.byDay.length > 0) return markup('t:RelativeMonthlyRecurrence', {}, [every, ...relativeDay(rule, date)]);
  const day = dayOfMonth(rule, date, SAFE_DAY);
  return markup('t:AbsoluteMonthlyRecurrence', {}, [every, named('DayOfMonth', day)]);
}

function yearly(rule: Rule, date: string): Markup {
  const own = Number(date.slice(5, 7));
  const [month = own, ...others] = rule.byMonth;
  if (others.length > 0) throw refused('BYMONTH');
  if (month !== own) throw refused('DTSTART');
  const inMonth = named('Month', MONTHS[month - 1] ?? '');
  if (rule.byDay.length === 0) {
    // Without a month the days named are those of every month.
    if (rule.byMonth.length === 0 && rule.byMonthDay.length > 0) throw refused('BYMONTHDAY with FREQ=YEARLY');
    const day = dayOfMonth(rule, date, MONTH_LENGTHS[month - 1] ?? SAFE_DAY);
    return markup('t:AbsoluteYearlyRecurrence', {}, [named('DayOfMonth', day), inMonth]);
  }
  if (rule.byMonth.length === 0) throw refused('BYDAY with FREQ=YEARLY');
  return markup('t:RelativeYearlyRecurrence', {}, [...relativeDay(rule, date), inMonth]);
}

/** Where a month is too short for the day, Exchange takes its last one; the rule must say the same. */
function dayOfMonth(rule: Rule, date: string, shortest: number): number {
  const own = Number(date.slice(8, 10));
  const day = namedDay(rule, own);
  if (day === null) throw refused('BYMONTHDAY');
  if (day.skips && day.day > shortest) throw refused('BYMONTHDAY');
  const last = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
  if (own !== Math.min(day.day, last)) throw refused('DTSTART');
  return day.day;
}

/** The day a rule means, and whether it skips months without it; null where it means several or counts from the end. */
function namedDay(rule: Rule, own: number): { readonly day: number; readonly skips: boolean } | null {
  const { byMonthDay, bySetPos } = rule;
  const [first = own, ...others] = byMonthDay;
  if (others.length === 0 && bySetPos.length === 0) {
    if (first === -1) return { day: 31, skips: false };
    return first > 0 ? { day: first, skips: true } : null;
  }
  const run = byMonthDay.every((day, index) => day === SAFE_DAY + index);
  return run && bySetPos.join() === '-1' ? { day: byMonthDay.at(-1) ?? own, skips: false } : null;
}

function relativeDay({ byDay, byMonthDay, bySetPos }: Rule, date: string): readonly Markup[] {
  if (byMonthDay.length > 0) throw refused('BYDAY with BYMONTHDAY');
  const [first] = byDay;
  const counted = byDay.some(({ nth }) => nth !== null);
  if (counted && (byDay.length > 1 || bySetPos.length > 0)) throw refused('BYDAY');
  const position = counted ? first?.nth : bySetPos.length === 1 ? bySetPos[0] : undefined;
  const index = INDEXES.get(position ?? 0);
  if (index === undefined) throw refused(counted ? 'BYDAY' : 'BYSETPOS');
  const days = weekdaysOf(byDay);
  const word = wordOf(days);
  if (word === undefined) throw refused('BYDAY with BYSETPOS');
  if (!isOnTheDay(date, days, position ?? 0)) throw refused('DTSTART');
  return [named('DaysOfWeek', word), named('DayOfWeekIndex', index)];
}

/** Whether a date is the n-th of these weekdays in its month. */
function isOnTheDay(date: string, days: readonly number[], position: number): boolean {
  const month = date.slice(0, 7);
  const matching: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1))
    if (days.includes(weekdayOf(day))) matching.push(day);
  return matching.at(position > 0 ? position - 1 : position) === date;
}

function refuseMonths({ byMonth, byMonthDay, bySetPos }: Rule): void {
  if (byMonth.length > 0) throw refused('BYMONTH');
  if (byMonthDay.length > 0) throw refused('BYMONTHDAY');
  if (bySetPos.length > 0) throw refused('BYSETPOS');
}

const weekdaysOf = (byDay: readonly ByDay[]): number[] =>
  [...new Set(byDay.map(({ weekday }) => weekday))].sort((one, other) => one - other);

/** One word of the schema for one day or a group of them. */
function wordOf(days: readonly number[]): string | undefined {
  const [first = -1] = days;
  if (days.length === 1) return DAYS[first];
  return Object.entries(DAY_GROUPS).find(([, group]) => group.join() === days.join())?.[0];
}

function rangeOf({ end }: Rule, start: MeetingTime, startDate: string): Markup {
  const begin = named('StartDate', startDate);
  switch (end.kind) {
    case 'never':
      return markup('t:NoEndRecurrence', {}, [begin]);
    case 'count':
      if (end.count > MOST) throw refused('COUNT');
      return markup('t:NumberedRecurrence', {}, [begin, named('NumberOfOccurrences', end.count)]);
    case 'until':
      return markup('t:EndDateRecurrence', {}, [begin, named('EndDate', lastDate(end.until, start))]);
  }
}

/** The last date on which an occurrence may begin: on that of UNTIL only if its time of day is not over by then. */
function lastDate(until: LineTime, start: MeetingTime): string {
  if (until.kind === 'date' || isAllDayTime(start)) return civilDateOf(until, start);
  const civil = civilOf(until, start.timeZone);
  return civil.slice(10) >= start.dateTime.slice(10) ? dateOf(civil) : addDays(dateOf(civil), -1);
}

function civilDateOf(time: LineTime, start: MeetingTime): string {
  if (!isAllDayTime(start)) return dateOf(civilOf(time, start.timeZone));
  return dateOf(civilOf(time.kind === 'civil' ? { ...time, zone: null } : time, 'UTC'));
}

function civilOf(time: LineTime, zone: string): string {
  if (time.kind === 'instant') return toCivil(time.instant, zone);
  const seconds = time.kind === 'date' ? time.day * 86_400 : time.seconds;
  const civil = formatInstant(seconds * 1000).slice(0, 19);
  const elsewhere = time.kind === 'civil' && time.zone !== null && time.zone !== zone;
  return elsewhere ? toCivil(toInstant(civil, time.zone), zone) : civil;
}

function refused(part: string): ProviderError {
  return new ProviderError('Rejected', { detail: `no such recurrence: ${part}` });
}
