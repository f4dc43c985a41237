import { isCivilDate } from '@daybook/domain';
import { refusals } from '../graph/graph-error';
import type { Recurrence, RecurrencePattern, RecurrenceRange } from './event-record';

const DAY_CODES: Record<string, string> = {
  sunday: 'SU',
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
};
const POSITIONS: Record<RecurrencePattern['index'], number> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
const MOST = 999;
/** Days every month has: later ones mean "or the last one", as Exchange does. */
const SAFE_DAY = 28;

/** The RRULE that gives the same occurrences. */
export function ruleOf({ pattern, range }: Recurrence): string {
  const { interval, firstDayOfWeek } = pattern;
  const parts = [...patternParts(pattern), `INTERVAL=${interval}`, `WKST=${DAY_CODES[firstDayOfWeek] ?? 'SU'}`];
  if (range.type === 'numbered') parts.push(`COUNT=${range.numberOfOccurrences}`);
  if (range.type === 'endDate') parts.push(`UNTIL=${range.endDate.replaceAll('-', '')}`);
  return `RRULE:${parts.join(';')}`;
}

function patternParts(pattern: RecurrencePattern): string[] {
  const days = `BYDAY=${pattern.daysOfWeek.map((day) => DAY_CODES[day] ?? '').join(',')}`;
  const month = `BYMONTH=${pattern.month}`;
  switch (pattern.type) {
    case 'daily':
      return ['FREQ=DAILY'];
    case 'weekly':
      return ['FREQ=WEEKLY', days];
    case 'absoluteMonthly':
      return ['FREQ=MONTHLY', ...dayOfMonth(pattern.dayOfMonth)];
    case 'relativeMonthly':
      return ['FREQ=MONTHLY', days, `BYSETPOS=${POSITIONS[pattern.index]}`];
    case 'absoluteYearly':
      return ['FREQ=YEARLY', month, ...dayOfMonth(pattern.dayOfMonth)];
    case 'relativeYearly':
      return ['FREQ=YEARLY', month, days, `BYSETPOS=${POSITIONS[pattern.index]}`];
  }
}

/** Day 31 of a short month is its last day in Exchange, where RFC 5545 would skip the month. */
function dayOfMonth(day: number): string[] {
  if (day <= SAFE_DAY) return [`BYMONTHDAY=${day}`];
  const candidates = Array.from({ length: day - SAFE_DAY + 1 }, (_none, index) => SAFE_DAY + index);
  return [`BYMONTHDAY=${candidates.join(',')}`, 'BYSETPOS=-1'];
}

const NEEDS: Record<RecurrencePattern['type'], readonly ('daysOfWeek' | 'dayOfMonth' | 'month')[]> = {
  daily: [],
  weekly: ['daysOfWeek'],
  absoluteMonthly: ['dayOfMonth'],
  relativeMonthly: ['daysOfWeek'],
  absoluteYearly: ['dayOfMonth', 'month'],
  relativeYearly: ['daysOfWeek', 'month'],
};

/**
 * Refuses what Exchange refuses. `startDate` is the civil date the series starts on, which its range must name too.
 * @throws GraphError 400
 */
export function checkRecurrence({ pattern, range }: Recurrence, startDate: string): void {
  if (!within(pattern.interval, MOST)) throw refusals.validation('The recurrence pattern has an invalid interval.');
  const limits = {
    daysOfWeek: [pattern.daysOfWeek.length, 7],
    dayOfMonth: [pattern.dayOfMonth, 31],
    month: [pattern.month, 12],
  };
  for (const name of NEEDS[pattern.type]) {
    const [value = 0, most = 0] = limits[name];
    if (!within(value, most)) throw refusals.validation(`The recurrence pattern needs a valid ${name}.`);
  }
  checkRange(range, startDate);
}

function checkRange(range: RecurrenceRange, startDate: string): void {
  if (range.startDate !== startDate) {
    throw refusals.validation('The start date of the recurrence range must be the same as the start of the event.');
  }
  if (range.type === 'numbered' && !within(range.numberOfOccurrences, MOST)) {
    throw refusals.validation('The recurrence range has an invalid number of occurrences.');
  }
  if (range.type === 'endDate' && (!isCivilDate(range.endDate) || range.endDate < range.startDate)) {
    throw refusals.validation('The recurrence range ends before it starts.');
  }
}

const within = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;

/** A pattern as served: members a type does not use have their defaults. */
export function wholePattern(given: Partial<RecurrencePattern> & Pick<RecurrencePattern, 'type'>): RecurrencePattern {
  const used = NEEDS[given.type];
  return {
    type: given.type,
    interval: given.interval ?? 1,
    month: used.includes('month') ? (given.month ?? 0) : 0,
    dayOfMonth: used.includes('dayOfMonth') ? (given.dayOfMonth ?? 0) : 0,
    daysOfWeek: used.includes('daysOfWeek') ? (given.daysOfWeek ?? []) : [],
    firstDayOfWeek: given.firstDayOfWeek ?? 'sunday',
    index: given.index ?? 'first',
  };
}

/** `0001-01-01`: Exchange's way to say that there is no date. */
export const NO_DATE = '0001-01-01';

export function wholeRange(
  given: Partial<RecurrenceRange> & Pick<RecurrenceRange, 'type'>,
  start: { date: string; timeZone: string },
): RecurrenceRange {
  return {
    type: given.type,
    startDate: given.startDate ?? start.date,
    endDate: given.type === 'endDate' ? (given.endDate ?? NO_DATE) : NO_DATE,
    recurrenceTimeZone: given.recurrenceTimeZone ?? start.timeZone,
    numberOfOccurrences: given.type === 'numbered' ? (given.numberOfOccurrences ?? 0) : 0,
  };
}
