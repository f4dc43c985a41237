/**
 * RFC 5545 lines as Graph's recurrence, the way back of `recurrence-to-lines`. What Graph has no words for is refused with the
 * part that is to blame.
 * Source: learn.microsoft.com/graph/api/resources/recurrencepattern, …/recurrencerange.
 */
import {
  linesToOutlookRule,
  type MeetingTime,
  type NthWeekday,
  type OutlookPattern,
  type OutlookRule,
} from '@daybook/domain';
import { ProviderError } from '@daybook/provider-port';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const INDEXES: Readonly<Record<number, string>> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' };

export interface GraphRecurrence {
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly range: Readonly<Record<string, unknown>>;
}

export interface ReadLines {
  readonly recurrence: GraphRecurrence;
  /** Civil dates of occurrences that the lines take out. */
  readonly excluded: readonly string[];
}

/**
 * @param zone what the zone of `start` is called to Graph, or for all-day meetings that of the calendar
 * @throws ProviderError `Rejected`, naming the part that has no counterpart
 */
export function linesToRecurrence(lines: readonly string[], start: MeetingTime, zone: string): ReadLines {
  const reading = linesToOutlookRule(lines, start);
  if (!reading.ok) throw new ProviderError('Rejected', { detail: `no such recurrence: ${reading.part}` });
  const { rule } = reading;
  const range = { ...rangeOf(rule), startDate: rule.begin, recurrenceTimeZone: zone };
  return { recurrence: { pattern: patternOf(rule.pattern), range }, excluded: rule.excluded };
}

function patternOf(pattern: OutlookPattern): GraphRecurrence['pattern'] {
  const { kind: type, interval } = pattern;
  switch (pattern.kind) {
    case 'daily':
      return { type, interval };
    case 'weekly':
      return { type, interval, daysOfWeek: named(pattern.weekdays), firstDayOfWeek: DAYS[pattern.weekStart] };
    case 'absoluteMonthly':
      return { type, interval, dayOfMonth: pattern.day };
    case 'relativeMonthly':
      return { type, interval, ...relativeDay(pattern.on) };
    case 'absoluteYearly':
      return { type, interval, month: pattern.month, dayOfMonth: pattern.day };
    case 'relativeYearly':
      return { type, interval, month: pattern.month, ...relativeDay(pattern.on) };
  }
}

const named = (weekdays: readonly number[]): (string | undefined)[] => weekdays.map((day) => DAYS[day]);

const relativeDay = ({ weekdays, position }: NthWeekday) => ({
  daysOfWeek: named(weekdays),
  index: INDEXES[position],
});

function rangeOf({ end }: OutlookRule): GraphRecurrence['range'] {
  switch (end.kind) {
    case 'never':
      return { type: 'noEnd' };
    case 'count':
      return { type: 'numbered', numberOfOccurrences: end.count };
    case 'until':
      return { type: 'endDate', endDate: end.date };
  }
}
