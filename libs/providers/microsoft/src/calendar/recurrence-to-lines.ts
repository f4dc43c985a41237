/**
 * Graph's recurrence as RFC 5545 lines.
 * Source: learn.microsoft.com/graph/api/resources/recurrencepattern, …/recurrencerange.
 */
import {
  isCivilDate,
  type MeetingTime,
  type NthWeekday,
  type OutlookEnd,
  type OutlookPattern,
  outlookRuleToLine,
} from '@daybook/domain';
import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const SUNDAY = 6;
const INDEXES: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, last: -1 };
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
    return [outlookRuleToLine({ pattern: readPattern(pattern), end: readRange(range) }, start)];
  } catch (error) {
    if (error instanceof Odd) return { odd: error.message };
    throw error;
  }
}

function readPattern(pattern: ForeignRecord): OutlookPattern {
  const interval = wholeNumber(pattern['interval'], MOST, 'recurrence interval');
  const type = asText(pattern['type'], 40);
  switch (type) {
    case 'daily':
      return { kind: type, interval };
    case 'weekly':
      return { kind: type, interval, weekdays: daysOf(pattern), weekStart: weekStartOf(pattern) };
    case 'absoluteMonthly':
      return { kind: type, interval, day: dayOfMonth(pattern) };
    case 'relativeMonthly':
      return { kind: type, interval, on: relativeDay(pattern) };
    case 'absoluteYearly':
      return { kind: type, interval, month: monthOf(pattern), day: dayOfMonth(pattern) };
    case 'relativeYearly':
      return { kind: type, interval, month: monthOf(pattern), on: relativeDay(pattern) };
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

/** Graph begins a week on Sunday where it names no day. */
function weekStartOf(pattern: ForeignRecord): number {
  const first = DAYS.indexOf(asText(pattern['firstDayOfWeek'], 20).toLowerCase());
  return first < 0 ? SUNDAY : first;
}

function relativeDay(pattern: ForeignRecord): NthWeekday {
  const position = INDEXES[asText(pattern['index'], 20).toLowerCase()];
  if (position === undefined) throw new Odd('recurrence index');
  return { weekdays: daysOf(pattern), position };
}

const monthOf = (pattern: ForeignRecord): number => wholeNumber(pattern['month'], 12, 'recurrence month');

const dayOfMonth = (pattern: ForeignRecord): number => wholeNumber(pattern['dayOfMonth'], 31, 'recurrence dayOfMonth');

function readRange(range: ForeignRecord): OutlookEnd {
  switch (range['type']) {
    case 'noEnd':
      return { kind: 'never' };
    case 'numbered': {
      const told = range['numberOfOccurrences'];
      return { kind: 'count', count: wholeNumber(told, 2_147_483_647, 'recurrence numberOfOccurrences') };
    }
    case 'endDate':
      return { kind: 'until', date: civilDate(asText(range['endDate'], 10)) };
    default:
      throw new Odd('recurrence range');
  }
}

function civilDate(text: string): string {
  if (isCivilDate(text)) return text;
  throw new Odd('recurrence endDate');
}

function wholeNumber(value: unknown, most: number, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Odd(what);
}
