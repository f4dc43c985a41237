/**
 * RFC 5545 lines as Exchange's recurrence, the way back of `recurrence-to-lines`. What Exchange has no words for is refused with
 * the part that is to blame.
 * Source: learn.microsoft.com/exchange/client-developer/web-service-reference/recurrence-recurrencetype.
 */
import {
  linesToOutlookRule,
  type MeetingTime,
  type NthWeekday,
  type OutlookPattern,
  type OutlookRule,
} from '@daybook/domain';
import { ProviderError } from '@daybook/provider-port';
import { markup, type Markup } from '../transport/markup';
import { DAY_GROUPS, DAYS, MONTHS } from './schema-words';

const INDEXES: Readonly<Record<number, string>> = { 1: 'First', 2: 'Second', 3: 'Third', 4: 'Fourth', [-1]: 'Last' };
/** Source: learn.microsoft.com/exchange/client-developer/web-service-reference/interval; a year has none. */
const MOST_OF: Readonly<Record<OutlookPattern['kind'], number>> = {
  ...{ daily: 999, weekly: 99 },
  ...{ absoluteMonthly: 99, relativeMonthly: 99, absoluteYearly: 1, relativeYearly: 1 },
};

export interface ReadLines {
  /** `Recurrence` of the schema. */
  readonly recurrence: Markup;
  /** Civil dates of occurrences that the lines take out. */
  readonly excluded: readonly string[];
}

/** @throws ProviderError `Rejected`, naming the part that has no counterpart */
export function linesToRecurrence(lines: readonly string[], start: MeetingTime): ReadLines {
  const reading = linesToOutlookRule(lines, start);
  if (!reading.ok) throw refused(reading.part);
  const { rule } = reading;
  if (rule.pattern.interval > MOST_OF[rule.pattern.kind]) throw refused('INTERVAL');
  return {
    recurrence: markup('t:Recurrence', {}, [patternOf(rule.pattern), rangeOf(rule)]),
    excluded: rule.excluded,
  };
}

const named = (name: string, content: string | number): Markup => markup(`t:${name}`, {}, String(content));

function patternOf(pattern: OutlookPattern): Markup {
  const every = named('Interval', pattern.interval);
  switch (pattern.kind) {
    case 'daily':
      return markup('t:DailyRecurrence', {}, [every]);
    case 'weekly':
      return markup('t:WeeklyRecurrence', {}, [
        every,
        named('DaysOfWeek', pattern.weekdays.map((day) => DAYS[day]).join(' ')),
        named('FirstDayOfWeek', DAYS[pattern.weekStart] ?? 'Monday'),
      ]);
    case 'absoluteMonthly':
      return markup('t:AbsoluteMonthlyRecurrence', {}, [every, named('DayOfMonth', pattern.day)]);
    case 'relativeMonthly':
      return markup('t:RelativeMonthlyRecurrence', {}, [every, ...relativeDay(pattern.on)]);
    case 'absoluteYearly':
      return markup('t:AbsoluteYearlyRecurrence', {}, [named('DayOfMonth', pattern.day), inMonth(pattern.month)]);
    case 'relativeYearly':
      return markup('t:RelativeYearlyRecurrence', {}, [...relativeDay(pattern.on), inMonth(pattern.month)]);
  }
}

const inMonth = (month: number): Markup => named('Month', MONTHS[month - 1] ?? '');

function relativeDay({ weekdays, position }: NthWeekday): readonly Markup[] {
  return [named('DaysOfWeek', wordOf(weekdays)), named('DayOfWeekIndex', INDEXES[position] ?? '')];
}

/** One word of the schema for one day or a group of them. */
function wordOf(weekdays: readonly number[]): string {
  const [first = -1] = weekdays;
  if (weekdays.length === 1) return DAYS[first] ?? '';
  return Object.entries(DAY_GROUPS).find(([, group]) => group.join() === weekdays.join())?.[0] ?? '';
}

function rangeOf({ begin, end }: OutlookRule): Markup {
  const first = named('StartDate', begin);
  switch (end.kind) {
    case 'never':
      return markup('t:NoEndRecurrence', {}, [first]);
    case 'count':
      return markup('t:NumberedRecurrence', {}, [first, named('NumberOfOccurrences', end.count)]);
    case 'until':
      return markup('t:EndDateRecurrence', {}, [first, named('EndDate', end.date)]);
  }
}

function refused(part: string): ProviderError {
  return new ProviderError('Rejected', { detail: `no such recurrence: ${part}` });
}
