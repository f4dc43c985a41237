import {
  civilDate,
  dayNumber,
  dayOfText,
  daysInMonth,
  MONTHS,
  nthOfMonth,
  WEEK,
  weekdayOf,
  type DayKind,
  type DayNumber,
} from './civil-days';
import { INDEXES, type DayIndex, type Recurrence, type RecurrencePattern } from './recurrence';

/** The last day of any series: https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode */
export const LAST_DAY = dayNumber({ year: 4500, month: 9, day: 1 });

/**
 * Days of a series by counting: they come in periods (of a day, a week, a month, a year, each so many apart), every period
 * but the first has the same number of days, so that the n-th is found without walking there.
 */
export class OccurrenceDays {
  private readonly start: DayNumber;
  /** Days of the first period from the start on. */
  private readonly head: readonly DayNumber[];
  /** Of any later period. */
  private readonly perPeriod: number;
  /** How many the rule gives, deleted ones included; Infinity for an endless series. */
  readonly count: number;

  constructor(private readonly recurrence: Recurrence) {
    this.start = dayOfText(recurrence.startDate) ?? 0;
    this.head = this.daysOf(0).filter((day) => day >= this.start);
    const { pattern } = recurrence;
    this.perPeriod = pattern.kind === 'weekly' ? new Set(pattern.daysOfWeek).size : 1;
    this.count = this.counted();
  }

  get first(): DayNumber | null {
    return this.at(1);
  }

  /** Null for an endless series. */
  get last(): DayNumber | null {
    return this.count === Infinity ? null : this.at(this.count);
  }

  /** The n-th day, from 1; null beyond the series. */
  at(index: number): DayNumber | null {
    if (!Number.isInteger(index) || index < 1 || index > this.count) return null;
    const day = this.unbounded(index);
    return day === undefined || day > LAST_DAY ? null : day;
  }

  /** Which one a day is, from 1; null for a day that the series does not hit. */
  indexOf(day: DayNumber): number | null {
    const index = this.lowerBound(day);
    return this.at(index) === day ? index : null;
  }

  /** Days from `from` to `to`, both inclusive. */
  *between(from: DayNumber, to: DayNumber): Generator<DayNumber> {
    for (let index = this.lowerBound(from); ; index += 1) {
      const day = this.at(index);
      if (day === null || day > to) return;
      yield day;
    }
  }

  /** Index of the first day that is not before `day`. */
  private lowerBound(day: DayNumber): number {
    const inHead = this.head.findIndex((each) => each >= day);
    if (inHead >= 0) return inHead + 1;
    const period = Math.max(periodOf(this.recurrence.pattern, this.start, day), 1);
    let index = this.head.length + (period - 1) * this.perPeriod + 1;
    while ((this.unbounded(index) ?? Infinity) < day) index += 1;
    return index;
  }

  private unbounded(index: number): DayNumber | undefined {
    if (index <= this.head.length) return this.head[index - 1];
    const beyond = index - 1 - this.head.length;
    return this.daysOf(1 + Math.floor(beyond / this.perPeriod))[beyond % this.perPeriod];
  }

  private counted(): number {
    const { end } = this.recurrence;
    if (end.kind === 'noEnd') return Infinity;
    if (end.kind === 'numbered') return end.count;
    const last = dayOfText(end.endDate) ?? this.start;
    return last < this.start ? 0 : this.lowerBound(last + 1) - 1;
  }

  private daysOf(period: number): readonly DayNumber[] {
    return daysOfPeriod(this.recurrence.pattern, this.start, period);
  }
}

const weekStart = (day: DayNumber, first: string): DayNumber => day - ((weekdayOf(day) - indexOfDay(first) + 7) % 7);
const indexOfDay = (name: string): number => WEEK.findIndex((each) => each === name);
const monthsSince = (from: DayNumber, to: DayNumber): number => {
  const [one, other] = [civilDate(from), civilDate(to)];
  return (other.year - one.year) * 12 + other.month - one.month;
};

function periodOf(pattern: RecurrencePattern, start: DayNumber, day: DayNumber): number {
  switch (pattern.kind) {
    case 'daily':
      return Math.floor((day - start) / pattern.interval);
    case 'weekly': {
      const weeks = (weekStart(day, pattern.firstDayOfWeek) - weekStart(start, pattern.firstDayOfWeek)) / 7;
      return Math.floor(weeks / pattern.interval);
    }
    case 'absoluteMonthly':
    case 'relativeMonthly':
      return Math.floor(monthsSince(start, day) / pattern.interval);
    case 'absoluteYearly':
    case 'relativeYearly':
      return civilDate(day).year - civilDate(start).year;
  }
}

function daysOfPeriod(pattern: RecurrencePattern, start: DayNumber, period: number): readonly DayNumber[] {
  switch (pattern.kind) {
    case 'daily':
      return [start + period * pattern.interval];
    case 'weekly': {
      const first = weekStart(start, pattern.firstDayOfWeek) + period * pattern.interval * 7;
      return [0, 1, 2, 3, 4, 5, 6]
        .map((offset) => first + offset)
        .filter((day) => pattern.daysOfWeek.some((name) => name === WEEK[weekdayOf(day)]));
    }
    case 'absoluteMonthly':
      return [dayOfMonth(monthAfter(start, period * pattern.interval), pattern.dayOfMonth)];
    case 'relativeMonthly':
      return [relativeDay(monthAfter(start, period * pattern.interval), pattern)];
    case 'absoluteYearly':
      return [dayOfMonth(monthOfYear(start, period, pattern.month), pattern.dayOfMonth)];
    case 'relativeYearly':
      return [relativeDay(monthOfYear(start, period, pattern.month), pattern)];
  }
}

interface YearMonth {
  readonly year: number;
  readonly month: number;
}

function monthAfter(start: DayNumber, months: number): YearMonth {
  const { year, month } = civilDate(start);
  const total = year * 12 + month - 1 + months;
  return { year: Math.floor(total / 12), month: (total % 12) + 1 };
}

const monthOfYear = (start: DayNumber, years: number, month: string): YearMonth => ({
  year: civilDate(start).year + years,
  month: MONTHS.findIndex((name) => name === month) + 1,
});

/** Day 31 of a shorter month is its last one (MS-OXOCAL 2.2.1.44.1.4.2). */
const dayOfMonth = (month: YearMonth, day: number): DayNumber =>
  dayNumber({ ...month, day: Math.min(day, daysInMonth(month.year, month.month)) });

function relativeDay(month: YearMonth, { day, index }: { readonly day: DayKind; readonly index: DayIndex }): DayNumber {
  const position = index === 'Last' ? -1 : INDEXES.indexOf(index) + 1;
  return nthOfMonth(month, day, position);
}
