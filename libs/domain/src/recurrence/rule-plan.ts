/**
 * Walks one rule. A rule is a row of periods; the plan jumps to the period of any day by arithmetic, so a window costs
 * what lies in the window, however old the series is. COUNT is turned into a last civil time once, within a bound.
 * Times are civil seconds of the series' zone; clock changes are the business of the caller.
 */
import { daysInMonth, FIRST_DAY, LAST_DAY, SECONDS_PER_DAY, yearMonthDay } from '../time/civil';
import type { Rule } from './rule';
import { daysOfDay, daysOfMonth, daysOfWeek, daysOfYear, type StartDay, startDayOf, weekStartOf } from './period-days';

/** Days and candidates looked at before a COUNT is taken as endless: 136 years of daily candidates at the least. */
const COUNT_EFFORT = 100_000;
/** The Gregorian calendar repeats after this many days, so a rule without a match in them has none. */
const CYCLE_DAYS = 146_097;
const END_OF_TIME = (LAST_DAY + 1) * SECONDS_PER_DAY - 1;

/** Return true to stop the walk. */
export type Visitor = (civilSeconds: number) => boolean;

export class RulePlan {
  readonly rule: Rule;
  readonly start: number;
  private readonly startDay: StartDay;
  private readonly slots: readonly number[];
  private countEnd: number | null = null;

  constructor(rule: Rule, startCivil: number) {
    this.rule = rule;
    this.start = startCivil;
    this.startDay = startDayOf(Math.floor(startCivil / SECONDS_PER_DAY));
    this.slots = timeSlots(rule, startCivil);
  }

  /** Index of the period a day lies in (or before it); negative before the start. */
  private periodOf(day: number): number {
    const { rule, startDay } = this;
    const { frequency, interval } = rule;
    if (frequency === 'daily') return Math.floor((day - startDay.day) / interval);
    if (frequency === 'weekly') {
      return Math.floor((day - weekStartOf(startDay.day, rule.weekStart)) / (7 * interval));
    }
    const { year, month } = yearMonthDay(Math.min(Math.max(day, FIRST_DAY), LAST_DAY));
    if (frequency === 'yearly') return Math.floor((year - startDay.year) / interval);
    return Math.floor((year * 12 + month - startDay.year * 12 - startDay.month) / interval);
  }

  /** Days of a period, or null when it lies beyond the year 9999. */
  private daysOf(period: number): readonly number[] | null {
    const { rule, startDay } = this;
    const step = period * rule.interval;
    if (rule.frequency === 'daily') {
      return startDay.day + step > LAST_DAY ? null : daysOfDay(rule, startDay.day + step);
    }
    if (rule.frequency === 'weekly') {
      const first = weekStartOf(startDay.day, rule.weekStart) + step * 7;
      return first > LAST_DAY - 6 ? null : daysOfWeek(rule, first, startDay);
    }
    if (rule.frequency === 'yearly') {
      return startDay.year + step > 9999 ? null : daysOfYear(rule, startDay.year + step, startDay);
    }
    const months = startDay.year * 12 + startDay.month - 1 + step;
    const year = Math.floor(months / 12);
    return year > 9999 ? null : daysOfMonth(rule, year, months - year * 12 + 1, startDay);
  }

  /** All times of a period, ascending, after BYSETPOS; null beyond the end of time. */
  private timesOf(period: number): readonly number[] | null {
    const days = this.daysOf(period);
    if (days === null) return null;
    const [only] = this.slots;
    const times =
      this.slots.length === 1 && only !== undefined
        ? days.map((day) => day * SECONDS_PER_DAY + only)
        : days.flatMap((day) => this.slots.map((slot) => day * SECONDS_PER_DAY + slot));
    const { bySetPos } = this.rule;
    if (bySetPos.length === 0) return times;
    return times.filter((_, index) => bySetPos.includes(index + 1) || bySetPos.includes(index - times.length));
  }

  /** Visits what the rule gives after the start, within [from, to], ascending; COUNT and UNTIL are not looked at. */
  private walk(from: number, to: number, visit: Visitor, effort: number): 'stopped' | 'ended' | 'tired' {
    const last = Math.min(to, END_OF_TIME);
    const lastPeriod = this.periodOf(Math.floor(last / SECONDS_PER_DAY));
    const weight = this.periodWeight();
    let left = effort;
    for (
      let period = Math.max(0, this.periodOf(Math.floor(from / SECONDS_PER_DAY)));
      period <= lastPeriod;
      period += 1
    ) {
      const times = this.timesOf(period);
      if (times === null) return 'ended';
      for (const time of times) {
        if (time > last) return 'ended';
        if (time > this.start && time >= from && visit(time)) return 'stopped';
      }
      left -= weight + times.length;
      if (left < 0) return 'tired';
    }
    return 'ended';
  }

  /** What it costs to look at one period, in days looked at. */
  private periodWeight(): number {
    const { frequency, byYearDay, byWeekNo } = this.rule;
    if (frequency === 'yearly') return byYearDay.length + byWeekNo.length > 0 ? 366 : 12;
    return frequency === 'monthly' ? 4 : 1;
  }

  /** Last civil time by COUNT; the end of time without one. The start itself is the first of COUNT. */
  private endByCount(): number {
    if (this.rule.end.kind !== 'count') return END_OF_TIME;
    this.countEnd ??= this.findCountEnd(this.rule.end.count - 1);
    return this.countEnd;
  }

  private findCountEnd(afterStart: number): number {
    if (afterStart === 0) return this.start;
    const direct = this.directCountEnd(afterStart);
    if (direct !== null) return Math.min(direct, END_OF_TIME);
    let remaining = afterStart;
    let last = this.start;
    const count: Visitor = (time) => {
      last = time;
      remaining -= 1;
      return remaining === 0;
    };
    return this.walk(this.start, END_OF_TIME, count, COUNT_EFFORT) === 'stopped' ? last : END_OF_TIME;
  }

  /** Daily and weekly rules without limiting parts have the same number in each period: no walk needed. */
  private directCountEnd(afterStart: number): number | null {
    const { rule } = this;
    const limited = rule.byMonth.length > 0 || rule.byMonthDay.length > 0 || rule.bySetPos.length > 0;
    const plain = rule.frequency === 'weekly' || (rule.frequency === 'daily' && rule.byDay.length === 0);
    if (limited || !plain) return null;
    const first = this.timesOf(0) ?? [];
    const inFirst = first.filter((time) => time > this.start);
    if (afterStart <= inFirst.length) return inFirst[afterStart - 1] ?? null;
    const index = afterStart - inFirst.length - 1;
    const time = first[index % first.length];
    if (time === undefined) return null;
    const periodSeconds = rule.interval * (rule.frequency === 'weekly' ? 7 : 1) * SECONDS_PER_DAY;
    return time + (Math.floor(index / first.length) + 1) * periodSeconds;
  }

  /** No day has more times than this. */
  get timesADay(): number {
    return this.slots.length;
  }

  /** Whether the rule ends by itself through COUNT. */
  endsByCount(): boolean {
    return this.rule.end.kind === 'count' && this.endByCount() < END_OF_TIME;
  }

  /** Whether any date can ever match; looks at one cycle of the calendar at most. */
  isPossible(): boolean {
    if (this.isPlain()) return true;
    if (neverInMonth(this.rule)) return false;
    const startSecond = this.startDay.day * SECONDS_PER_DAY;
    const to = startSecond + CYCLE_DAYS * SECONDS_PER_DAY * this.rule.interval;
    let matches = (this.timesOf(0) ?? []).includes(this.start);
    if (!matches) this.walk(this.start, to, () => (matches = true), CYCLE_DAYS * 2);
    return matches;
  }

  private isPlain(): boolean {
    const { rule } = this;
    const lists = [rule.byMonth, rule.byWeekNo, rule.byYearDay, rule.byMonthDay, rule.byDay, rule.bySetPos];
    return lists.every((list) => list.length === 0);
  }

  /** Visits, ascending, what the rule gives after the start within [from, to]; ends at COUNT, not at UNTIL. */
  visit(from: number, to: number, visit: Visitor): void {
    this.walk(from, Math.min(to, this.endByCount()), visit, Infinity);
  }

  /** The same backwards, from the end by COUNT or `to`, whichever comes first. */
  visitBackwards(to: number, visit: Visitor): void {
    const last = Math.min(to, this.endByCount(), END_OF_TIME);
    for (let period = this.periodOf(Math.floor(last / SECONDS_PER_DAY)); period >= 0; period -= 1) {
      const times = this.timesOf(period) ?? [];
      for (let index = times.length - 1; index >= 0; index -= 1) {
        const time = times[index];
        if (time !== undefined && time <= last && time > this.start && visit(time)) return;
      }
    }
  }
}

/** Days of the month that none of the months has, such as 30 February: the commonest impossible rule, told at once. */
function neverInMonth({ byMonth, byMonthDay }: Rule): boolean {
  if (byMonth.length === 0 || byMonthDay.length === 0) return false;
  const longest = Math.max(...byMonth.map((month) => daysInMonth(2000, month)));
  return byMonthDay.every((position) => Math.abs(position) > longest);
}

/** Seconds of the day at which the rule strikes: BYHOUR × BYMINUTE × BYSECOND, what is missing from the start. */
function timeSlots(rule: Rule, startCivil: number): readonly number[] {
  const second = ((startCivil % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
  const hours = rule.byHour.length > 0 ? rule.byHour : [Math.floor(second / 3600)];
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [Math.floor(second / 60) % 60];
  const seconds = rule.bySecond.length > 0 ? rule.bySecond : [second % 60];
  return hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((part) => hour * 3600 + minute * 60 + part)));
}
