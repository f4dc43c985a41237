/**
 * RFC 5545 lines in the few ways in which Outlook's stores repeat a meeting: what Microsoft Graph and Exchange both hold, each in
 * words of its own. What has no such way is refused with the part that is to blame, never brought near: a meeting on the wrong
 * day is worse than none.
 * Source: MS-OXOCAL 2.2.1.44.1; learn.microsoft.com/graph/api/resources/recurrencepattern.
 */
import { isAllDayTime, type MeetingTime } from '../meeting/meeting';
import { addDays, dateOf, weekdayOfDate } from '../time/civil';
import { formatInstant, toCivil, toInstant } from '../time/zoned-time';
import { parseRecurrence } from './parse-recurrence';
import type { ByDay, LineTime, Rule } from './rule';
import { datesOfRule } from './rule-dates';

/** Weekdays are 0 for Monday to 6; positions 1 to 4, or -1 for the last. */
export type OutlookPattern =
  | { readonly kind: 'daily'; readonly interval: number }
  | {
      readonly kind: 'weekly';
      readonly interval: number;
      readonly weekdays: readonly number[];
      readonly weekStart: number;
    }
  | { readonly kind: 'absoluteMonthly'; readonly interval: number; readonly day: number }
  | { readonly kind: 'relativeMonthly'; readonly interval: number; readonly on: NthWeekday }
  | { readonly kind: 'absoluteYearly'; readonly interval: number; readonly month: number; readonly day: number }
  | { readonly kind: 'relativeYearly'; readonly interval: number; readonly month: number; readonly on: NthWeekday };

/** One weekday, or all those of the week, of its working days or of its end. */
export interface NthWeekday {
  readonly weekdays: readonly number[];
  readonly position: number;
}

export type OutlookEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly count: number }
  /** The last civil date on which an occurrence may begin. */
  | { readonly kind: 'until'; readonly date: string };

export interface OutlookRule {
  readonly pattern: OutlookPattern;
  /** Civil date of the first occurrence. */
  readonly begin: string;
  readonly end: OutlookEnd;
  /** Civil dates of occurrences that the lines take out; what is taken out where the rule has none is dropped. */
  readonly excluded: readonly string[];
}

export type OutlookReading =
  | { readonly ok: true; readonly rule: OutlookRule }
  | { readonly ok: false; /** What has no counterpart. */ readonly part: string };

const POSITIONS = [1, 2, 3, 4, -1];
const GROUPS = ['0,1,2,3,4', '5,6', '0,1,2,3,4,5,6'];
const MOST = 999;
/** Days every month has. */
export const SAFE_DAY = 28;
/** Days a month has at least, from January. */
export const MONTH_LENGTHS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

class NoCounterpart extends Error {}

export function linesToOutlookRule(lines: readonly string[], start: MeetingTime): OutlookReading {
  try {
    return { ok: true, rule: ruleOf(lines, start) };
  } catch (error) {
    if (error instanceof NoCounterpart) return { ok: false, part: error.message };
    throw error;
  }
}

function ruleOf(lines: readonly string[], start: MeetingTime): OutlookRule {
  const reading = parseRecurrence(lines, { allDay: isAllDayTime(start) });
  if (!reading.ok) throw refused(reading.refusal.code);
  const { rules, added, excluded } = reading.recurrence;
  const [rule] = rules;
  if (!rule || rules.length > 1) throw refused('several rules');
  if (added.length > 0) throw refused('RDATE');
  const begin = 'date' in start ? start.date : dateOf(start.dateTime);
  return {
    pattern: patternOf(rule, begin),
    begin,
    end: endOf(rule, start),
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

function patternOf(rule: Rule, date: string): OutlookPattern {
  if (rule.byWeekNo.length > 0) throw refused('BYWEEKNO');
  if (rule.byYearDay.length > 0) throw refused('BYYEARDAY');
  if (rule.byHour.length + rule.byMinute.length + rule.bySecond.length > 0) throw refused('BYHOUR');
  if (rule.interval > MOST) throw refused('INTERVAL');
  return FREQUENCIES[rule.frequency](rule, date);
}

const FREQUENCIES = { daily, weekly, monthly, yearly } as const;

function daily(rule: Rule, date: string): OutlookPattern {
  refuseMonths(rule);
  const { interval, byDay } = rule;
  if (byDay.length === 0) return { kind: 'daily', interval };
  // Every day of some weekdays is every week on those.
  if (interval > 1) throw refused('BYDAY with FREQ=DAILY');
  return weekly(rule, date);
}

function weekly(rule: Rule, date: string): OutlookPattern {
  refuseMonths(rule);
  const { interval, weekStart } = rule;
  const own = weekdayOfDate(date);
  const weekdays = rule.byDay.length === 0 ? [own] : weekdaysOf(rule.byDay);
  if (!weekdays.includes(own)) throw refused('DTSTART');
  return { kind: 'weekly', interval, weekdays, weekStart };
}

function monthly(rule: Rule, date: string): OutlookPattern {
  const { interval } = rule;
  if (rule.byMonth.length > 0) throw refused('BYMONTH with FREQ=MONTHLY');
  if (rule.byDay.length > 0) return { kind: 'relativeMonthly', interval, on: relativeDay(rule, date) };
  return { kind: 'absoluteMonthly', interval, day: dayOfMonth(rule, date, SAFE_DAY) };
}

function yearly(rule: Rule, date: string): OutlookPattern {
  const { interval } = rule;
  const own = Number(date.slice(5, 7));
  const [month = own, ...others] = rule.byMonth;
  if (others.length > 0) throw refused('BYMONTH');
  if (month !== own) throw refused('DTSTART');
  if (rule.byDay.length === 0) {
    // Without a month the days named are those of every month.
    if (rule.byMonth.length === 0 && rule.byMonthDay.length > 0) throw refused('BYMONTHDAY with FREQ=YEARLY');
    const day = dayOfMonth(rule, date, MONTH_LENGTHS[month - 1] ?? SAFE_DAY);
    return { kind: 'absoluteYearly', interval, month, day };
  }
  if (rule.byMonth.length === 0) throw refused('BYDAY with FREQ=YEARLY');
  return { kind: 'relativeYearly', interval, month, on: relativeDay(rule, date) };
}

/** Where a month is too short for the day, Outlook takes its last one; the rule must say the same. */
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

function relativeDay({ byDay, byMonthDay, bySetPos }: Rule, date: string): NthWeekday {
  if (byMonthDay.length > 0) throw refused('BYDAY with BYMONTHDAY');
  const [first] = byDay;
  const counted = byDay.some(({ nth }) => nth !== null);
  if (counted && (byDay.length > 1 || bySetPos.length > 0)) throw refused('BYDAY');
  const position = (counted ? first?.nth : bySetPos.length === 1 ? bySetPos[0] : null) ?? 0;
  if (!POSITIONS.includes(position)) throw refused(counted ? 'BYDAY' : 'BYSETPOS');
  const weekdays = weekdaysOf(byDay);
  if (weekdays.length > 1 && !GROUPS.includes(weekdays.join())) throw refused('BYDAY with BYSETPOS');
  if (!isOnTheDay(date, weekdays, position)) throw refused('DTSTART');
  return { weekdays, position };
}

/** Whether a date is the n-th of these weekdays in its month. */
function isOnTheDay(date: string, days: readonly number[], position: number): boolean {
  const month = date.slice(0, 7);
  const matching: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1))
    if (days.includes(weekdayOfDate(day))) matching.push(day);
  return matching.at(position > 0 ? position - 1 : position) === date;
}

function refuseMonths({ byMonth, byMonthDay, bySetPos }: Rule): void {
  if (byMonth.length > 0) throw refused('BYMONTH');
  if (byMonthDay.length > 0) throw refused('BYMONTHDAY');
  if (bySetPos.length > 0) throw refused('BYSETPOS');
}

const weekdaysOf = (byDay: readonly ByDay[]): number[] =>
  [...new Set(byDay.map(({ weekday }) => weekday))].sort((one, other) => one - other);

function endOf({ end }: Rule, start: MeetingTime): OutlookEnd {
  if (end.kind === 'until') return { kind: 'until', date: lastDateOf(end.until, start) };
  if (end.kind === 'count' && end.count > MOST) throw refused('COUNT');
  return end;
}

/** The last date on which an occurrence may begin: on that of UNTIL only if its time of day is not over by then. */
export function lastDateOf(until: LineTime, start: MeetingTime): string {
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

const refused = (part: string): NoCounterpart => new NoCounterpart(part);
