import { addDays, toInstant } from '../../time/zoned-time';

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];
const workdays: readonly Weekday[] = weekdays.slice(0, 5);

export const repeatKinds = ['none', 'daily', 'weekdays', 'weekly', 'monthly', 'yearly', 'own'] as const;
export type RepeatKind = (typeof repeatKinds)[number];
/** By the day of the month, by its weekday counted from the start, or by its last weekday of that name. */
export type MonthlyBy = 'day' | 'nth' | 'last';
/** `never` is what a calendar may hold already; what is scheduled here has an end. */
export type RepeatEnd = 'never' | 'after' | 'on';

/** A recurrence as the form takes it. What a kind does not use is kept, so that going back and forth loses nothing. */
export interface Repeat {
  readonly kind: RepeatKind;
  readonly every: number;
  readonly days: readonly Weekday[];
  readonly monthly: MonthlyBy;
  readonly ends: RepeatEnd;
  readonly count: number;
  /** The last day, inclusive: `2027-01-31`. */
  readonly until: string;
  /** Lines that stay as they are: exceptions, and with `own` a rule that the form has no fields for. */
  readonly kept: readonly string[];
}

/** Where a series begins, on its own clock. */
export interface RepeatStart {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  readonly allDay: boolean;
}

const DEFAULT_WEEKS = 13;

export function noRepeat(date: string): Repeat {
  return {
    kind: 'none',
    every: 1,
    days: [weekdayOf(date)],
    monthly: 'day',
    ends: 'after',
    count: 10,
    until: addDays(date, DEFAULT_WEEKS * 7),
    kept: [],
  };
}

export function weekdayOf(date: string): Weekday {
  return weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO';
}

/** Which weekday of its month a day is (`4`: the fourth Tuesday), and whether it is the last one of that name. */
export function placeInMonth(date: string): { nth: number; last: boolean } {
  return { nth: Math.ceil(Number(date.slice(8, 10)) / 7), last: addDays(date, 7).slice(0, 7) !== date.slice(0, 7) };
}

/** The recurrence for a first day that has moved: a series begins on one of its own days. */
export function movedTo(repeat: Repeat, from: string, to: string): Repeat {
  const [before, after] = [weekdayOf(from), weekdayOf(to)];
  const others = repeat.days.filter((day) => day !== after && !(repeat.days.length === 1 && day === before));
  const monthly = fittingMonthly(repeat.monthly, to);
  const until = repeat.until < to ? addDays(to, DEFAULT_WEEKS * 7) : repeat.until;
  return { ...repeat, days: inOrder([...others, after]), monthly, until };
}

/** The fifth weekday of a month is its last; most months have no other fifth. */
function fittingMonthly(monthly: MonthlyBy, date: string): MonthlyBy {
  const { nth, last } = placeInMonth(date);
  if (monthly === 'nth' && nth > 4) return 'last';
  return monthly === 'last' && !last ? 'nth' : monthly;
}

export const inOrder = (days: readonly Weekday[]): Weekday[] => weekdays.filter((day) => days.includes(day));

/** RFC 5545 lines; none for a meeting that does not repeat. */
export function linesOf(repeat: Repeat, start: RepeatStart): string[] {
  if (repeat.kind === 'none') return [];
  if (repeat.kind === 'own') return [...repeat.kept];
  const parts = [...frequencyOf(repeat, start.date)];
  if (repeat.every > 1 && repeat.kind !== 'weekdays') parts.splice(1, 0, `INTERVAL=${repeat.every}`);
  if (repeat.ends === 'after') parts.push(`COUNT=${repeat.count}`);
  if (repeat.ends === 'on') parts.push(`UNTIL=${untilOf(repeat.until, start)}`);
  return [`RRULE:${parts.join(';')}`, ...repeat.kept];
}

function frequencyOf({ kind, days, monthly }: Repeat, date: string): string[] {
  if (kind === 'daily') return ['FREQ=DAILY'];
  if (kind === 'weekdays') return ['FREQ=WEEKLY', `BYDAY=${workdays.join(',')}`];
  if (kind === 'weekly') return ['FREQ=WEEKLY', `BYDAY=${inOrder(days).join(',')}`];
  if (kind === 'yearly') return ['FREQ=YEARLY'];
  const by = fittingMonthly(monthly, date);
  if (by === 'day') return ['FREQ=MONTHLY', `BYMONTHDAY=${Number(date.slice(8, 10))}`];
  return ['FREQ=MONTHLY', `BYDAY=${by === 'last' ? -1 : placeInMonth(date).nth}${weekdayOf(date)}`];
}

/** An end is a day for all-day series, else the start of the last meeting in UTC (RFC 5545, 3.3.10). */
function untilOf(until: string, { time, zone, allDay }: RepeatStart): string {
  if (allDay) return until.replaceAll('-', '');
  const instant = new Date(toInstant(`${until}T${time}:00`, zone)).toISOString();
  return instant.replaceAll(/[-:]|\.\d+/g, '');
}
