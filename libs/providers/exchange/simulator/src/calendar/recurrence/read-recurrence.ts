import { childOf, textOf, type XmlElement } from '../../wire/element';
import { accepted, refused, type CalendarRefusalCode, type Outcome, type Refused } from '../refusal';
import { readDate } from '../zones/date-texts';
import { dayOfText, MONTHS, WEEK, type DayKind, type MonthName, type Weekday } from './civil-days';
import { LAST_DAY, OccurrenceDays } from './occurrence-days';
import { INDEXES, type DayIndex, type RangeEnd, type Recurrence, type RecurrencePattern } from './recurrence';

const PATH = 'calendar:Recurrence';
const MOST_OCCURRENCES = 999;
/** MS-OXWSCDATA 2.2.4.38, 2.2.4.83, 2.2.4.1: days up to 999 apart, weeks and months up to 99. */
const MOST_INTERVAL = { daily: 999, weekly: 99, monthly: 99 };

/**
 * A Recurrence element as a client sent it. Its first occurrence may be later than its start date.
 * Refused with ErrorCalendarInvalidRecurrence, ErrorCalendarOutOfRange, ErrorCalendarInvalidDayForWeeklyRecurrence,
 * ErrorCalendarEndDateIsEarlierThanStartDate, ErrorRecurrenceEndDateTooBig, ErrorRecurrenceHasNoOccurrence.
 */
export function readRecurrence(recurrence: XmlElement): Outcome<Recurrence> {
  const pattern = readPattern(recurrence);
  if (!pattern.ok) return pattern;
  const range = readRange(recurrence);
  if (!range.ok) return range;
  return checkedRecurrence({ pattern: pattern.value, ...range.value });
}

/** Refuses a rule that never hits a day. */
export function checkedRecurrence(recurrence: Recurrence): Outcome<Recurrence> {
  return new OccurrenceDays(recurrence).first === null
    ? no('ErrorRecurrenceHasNoOccurrence', 'The recurrence has no occurrence in its range.')
    : accepted(recurrence);
}

const no = (code: CalendarRefusalCode, text: string): Refused => refused(code, text, PATH);
const malformed = no('ErrorCalendarInvalidRecurrence', 'The recurrence is not valid.');
const outOfRange = (what: string): Refused =>
  no('ErrorCalendarOutOfRange', `${what} of the recurrence is out of range.`);

function readPattern(recurrence: XmlElement): Outcome<RecurrencePattern> {
  for (const child of recurrence.children) {
    const reader = READERS.get(child.name);
    if (reader !== undefined) return reader(child);
  }
  return malformed;
}

type Reader = (pattern: XmlElement) => Outcome<RecurrencePattern>;

const READERS: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    DailyRecurrence: (pattern) => {
      const interval = readInterval(pattern, MOST_INTERVAL.daily);
      return interval === null ? outOfRange('The interval') : accepted({ kind: 'daily', interval });
    },
    WeeklyRecurrence: readWeekly,
    AbsoluteMonthlyRecurrence: (pattern) => {
      const [interval, dayOfMonth] = [readInterval(pattern, MOST_INTERVAL.monthly), readDayOfMonth(pattern)];
      if (interval === null) return outOfRange('The interval');
      if (dayOfMonth === null) return outOfRange('The day of the month');
      return accepted({ kind: 'absoluteMonthly', interval, dayOfMonth });
    },
    RelativeMonthlyRecurrence: (pattern) => {
      const [interval, relative] = [readInterval(pattern, MOST_INTERVAL.monthly), readRelative(pattern)];
      if (interval === null) return outOfRange('The interval');
      return relative === null ? malformed : accepted({ kind: 'relativeMonthly', interval, ...relative });
    },
    AbsoluteYearlyRecurrence: (pattern) => {
      const [month, dayOfMonth] = [readMonth(pattern), readDayOfMonth(pattern)];
      if (month === undefined) return malformed;
      return dayOfMonth === null
        ? outOfRange('The day of the month')
        : accepted({ kind: 'absoluteYearly', month, dayOfMonth });
    },
    RelativeYearlyRecurrence: (pattern) => {
      const [month, relative] = [readMonth(pattern), readRelative(pattern)];
      return month === undefined || relative === null
        ? malformed
        : accepted({ kind: 'relativeYearly', month, ...relative });
    },
  }),
);

function readWeekly(pattern: XmlElement): Outcome<RecurrencePattern> {
  const interval = readInterval(pattern, MOST_INTERVAL.weekly);
  if (interval === null) return outOfRange('The interval');
  const names = (textOf(pattern, 'DaysOfWeek') ?? '').split(/\s/).filter((name) => name !== '');
  const daysOfWeek = WEEK.filter((day) => names.includes(day));
  const isKnown = names.every((name) => WEEK.some((day) => day === name));
  if (!isKnown || names.length === 0 || names.length > 100) {
    return no('ErrorCalendarInvalidDayForWeeklyRecurrence', 'A weekly recurrence needs days of the week.');
  }
  const first = textOf(pattern, 'FirstDayOfWeek');
  const firstDayOfWeek: Weekday | undefined = first === null ? 'Sunday' : WEEK.find((day) => day === first);
  return firstDayOfWeek === undefined
    ? no('ErrorCalendarInvalidDayForWeeklyRecurrence', 'The first day of the week is none.')
    : accepted({ kind: 'weekly', interval, daysOfWeek, firstDayOfWeek });
}

function readInterval(pattern: XmlElement, most: number): number | null {
  return within(textOf(pattern, 'Interval'), most);
}

const readDayOfMonth = (pattern: XmlElement): number | null => within(textOf(pattern, 'DayOfMonth'), 31);

function within(text: string | null, most: number): number | null {
  const value = /^\s*\+?\d{1,10}\s*$/.test(text ?? '') ? Number(text) : 0;
  return value >= 1 && value <= most ? value : null;
}

const readMonth = (pattern: XmlElement): MonthName | undefined =>
  MONTHS.find((name) => name === textOf(pattern, 'Month'));

const KINDS: readonly DayKind[] = [...WEEK, 'Day', 'Weekday', 'WeekendDay'];

function readRelative(pattern: XmlElement): { readonly day: DayKind; readonly index: DayIndex } | null {
  const day = KINDS.find((kind) => kind === textOf(pattern, 'DaysOfWeek')?.trim());
  const index = INDEXES.find((name) => name === textOf(pattern, 'DayOfWeekIndex'));
  return day === undefined || index === undefined ? null : { day, index };
}

function readRange(recurrence: XmlElement): Outcome<{ readonly startDate: string; readonly end: RangeEnd }> {
  const range = ['NoEndRecurrence', 'EndDateRecurrence', 'NumberedRecurrence']
    .map((name) => childOf(recurrence, name))
    .find((each) => each !== null);
  const startDate = readDate(textOf(range ?? null, 'StartDate') ?? '');
  if (range === undefined || range === null || startDate === null) return malformed;
  if ((dayOfText(startDate) ?? 0) > LAST_DAY) return no('ErrorRecurrenceEndDateTooBig', 'The recurrence is too late.');
  if (range.name === 'NoEndRecurrence') return accepted({ startDate, end: { kind: 'noEnd' } });
  if (range.name === 'NumberedRecurrence') {
    const count = within(textOf(range, 'NumberOfOccurrences'), MOST_OCCURRENCES);
    return count === null
      ? outOfRange('The number of occurrences')
      : accepted({ startDate, end: { kind: 'numbered', count } });
  }
  return readEndDate(range, startDate);
}

function readEndDate(range: XmlElement, startDate: string): Outcome<{ startDate: string; end: RangeEnd }> {
  const endDate = readDate(textOf(range, 'EndDate') ?? '');
  if (endDate === null) return malformed;
  if ((dayOfText(endDate) ?? 0) > LAST_DAY) {
    return no('ErrorRecurrenceEndDateTooBig', 'The recurrence ends too late.');
  }
  if (endDate < startDate) {
    return no('ErrorCalendarEndDateIsEarlierThanStartDate', 'The recurrence ends before it starts.');
  }
  return accepted({ startDate, end: { kind: 'endDate', endDate } });
}
