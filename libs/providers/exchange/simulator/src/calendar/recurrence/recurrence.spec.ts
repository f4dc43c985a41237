import * as fc from 'fast-check';
import { element, type XmlElement } from '../../wire/element';
import { zoneOfId } from '../zones/calendar-zone';
import {
  civilDate,
  dayNumber,
  dayOfText,
  isOfKind,
  MONTHS,
  textOfDay,
  WEEK,
  weekdayOf,
  type DayKind,
} from './civil-days';
import { OccurrenceDays } from './occurrence-days';
import { readRecurrence } from './read-recurrence';
import { INDEXES, type RangeEnd, type Recurrence, type RecurrencePattern } from './recurrence';
import { recurrenceElement } from './recurrence-element';

const KINDS: readonly DayKind[] = [...WEEK, 'Day', 'Weekday', 'WeekendDay'];
const START = dayNumber({ year: 2019, month: 1, day: 1 });

const patterns: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ kind: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 400 }) }),
  fc.record({
    kind: fc.constant('weekly' as const),
    interval: fc.integer({ min: 1, max: 5 }),
    daysOfWeek: fc.subarray([...WEEK], { minLength: 1 }),
    firstDayOfWeek: fc.constantFrom(...WEEK),
  }),
  fc.record({
    kind: fc.constant('absoluteMonthly' as const),
    interval: fc.integer({ min: 1, max: 14 }),
    dayOfMonth: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    kind: fc.constant('relativeMonthly' as const),
    interval: fc.integer({ min: 1, max: 14 }),
    day: fc.constantFrom(...KINDS),
    index: fc.constantFrom(...INDEXES),
  }),
  fc.record({
    kind: fc.constant('absoluteYearly' as const),
    month: fc.constantFrom(...MONTHS),
    dayOfMonth: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    kind: fc.constant('relativeYearly' as const),
    month: fc.constantFrom(...MONTHS),
    day: fc.constantFrom(...KINDS),
    index: fc.constantFrom(...INDEXES),
  }),
);

const recurrences: fc.Arbitrary<Recurrence> = fc
  .tuple(
    patterns,
    fc.integer({ min: 0, max: 1500 }),
    fc.oneof(
      fc.constant<RangeEnd>({ kind: 'noEnd' }),
      fc.integer({ min: 1, max: 60 }).map((count): RangeEnd => ({ kind: 'numbered', count })),
      fc
        .integer({ min: 1500, max: 3000 })
        .map((days): RangeEnd => ({ kind: 'endDate', endDate: textOfDay(START + days) })),
    ),
  )
  .map(([pattern, days, end]) => ({ pattern, startDate: textOfDay(START + days), end }));

/** Every day is asked whether it belongs, in the plainest words. */
function byHand({ pattern, startDate, end }: Recurrence, until: number): number[] {
  const start = dayOfText(startDate) ?? 0;
  const found: number[] = [];
  const most = end.kind === 'numbered' ? end.count : Infinity;
  const last = end.kind === 'endDate' ? (dayOfText(end.endDate) ?? 0) : until;
  for (let day = start; day <= Math.min(last, until) && found.length < most; day += 1) {
    if (hits(pattern, start, day)) found.push(day);
  }
  return found;
}

function hits(pattern: RecurrencePattern, start: number, day: number): boolean {
  const [from, at] = [civilDate(start), civilDate(day)];
  const months = (at.year - from.year) * 12 + at.month - from.month;
  switch (pattern.kind) {
    case 'daily':
      return (day - start) % pattern.interval === 0;
    case 'weekly': {
      let weeks = 0;
      for (let each = start + 1; each <= day; each += 1) {
        if (WEEK[weekdayOf(each)] === pattern.firstDayOfWeek) weeks += 1;
      }
      return weeks % pattern.interval === 0 && pattern.daysOfWeek.some((name) => name === WEEK[weekdayOf(day)]);
    }
    case 'absoluteMonthly':
      return months % pattern.interval === 0 && isDayOfMonth(day, pattern.dayOfMonth);
    case 'relativeMonthly':
      return months % pattern.interval === 0 && isRelative(day, pattern);
    case 'absoluteYearly':
      return MONTHS[at.month - 1] === pattern.month && isDayOfMonth(day, pattern.dayOfMonth);
    case 'relativeYearly':
      return MONTHS[at.month - 1] === pattern.month && isRelative(day, pattern);
  }
}

const isDayOfMonth = (day: number, wanted: number): boolean =>
  civilDate(day).day === wanted || (civilDate(day).day < wanted && civilDate(day + 1).day === 1);

function isRelative(day: number, { day: kind, index }: { day: DayKind; index: string }): boolean {
  const { year, month } = civilDate(day);
  const first = dayNumber({ year, month, day: 1 });
  const all = Array.from({ length: 31 }, (_none, offset) => first + offset).filter(
    (each) => civilDate(each).month === month && isOfKind(weekdayOf(each), kind),
  );
  return index === 'Last' ? all.at(-1) === day : all[INDEXES.findIndex((name) => name === index)] === day;
}

const daysOf = (recurrence: Recurrence): OccurrenceDays => new OccurrenceDays(recurrence);

describe('days of a recurrence', () => {
  it('are those that counting day by day finds, at their indexes', () => {
    fc.assert(
      fc.property(recurrences, fc.integer({ min: 0, max: 3000 }), (recurrence, from) => {
        const until = START + 3600;
        const expected = byHand(recurrence, until);
        const days = daysOf(recurrence);
        expect([...days.between(0, until)]).toEqual(expected);
        expect([...days.between(START + from, until)]).toEqual(expected.filter((day) => day >= START + from));
        expect(expected.map((day) => days.indexOf(day))).toEqual(expected.map((_day, index) => index + 1));
        expect(expected.map((_day, index) => days.at(index + 1))).toEqual(expected);
        if (recurrence.end.kind === 'endDate') expect(days.last).toBe(expected.at(-1) ?? null);
      }),
      { numRuns: 150 },
    );
  });

  it('survive being written and read', () => {
    fc.assert(
      fc.property(recurrences, (recurrence) => {
        const berlin = zoneOfId('W. Europe Standard Time') ?? undefined;
        const read = readRecurrence(recurrenceElement(recurrence, berlin));
        expect(read).toEqual(
          daysOf(recurrence).first === null ? expect.objectContaining({ ok: false }) : { ok: true, value: recurrence },
        );
      }),
    );
  });

  it('are found far away without walking there', () => {
    const endless = daysOf({
      pattern: { kind: 'daily', interval: 1 },
      startDate: '1601-01-01',
      end: { kind: 'noEnd' },
    });
    expect(endless.last).toBeNull();
    expect([...endless.between(dayOfText('4500-08-31') ?? 0, dayOfText('9999-01-01') ?? 0)]).toHaveLength(2);
    expect(endless.at(Number.MAX_SAFE_INTEGER)).toBeNull();
  });

  it('take the last day of a short month for day 31 and the 28th for 29 February', () => {
    const monthly = daysOf({
      pattern: { kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
      startDate: '2026-01-31',
      end: { kind: 'numbered', count: 4 },
    });
    expect([1, 2, 3, 4].map((index) => textOfDay(monthly.at(index) ?? 0))).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    const yearly = daysOf({
      pattern: { kind: 'absoluteYearly', month: 'February', dayOfMonth: 29 },
      startDate: '2024-02-29',
      end: { kind: 'noEnd' },
    });
    expect(textOfDay(yearly.at(2) ?? 0)).toBe('2025-02-28');
  });
});

describe('recurrences that Exchange refuses', () => {
  const daily = (interval: string | number): XmlElement => element('DailyRecurrence', [element('Interval', interval)]);
  const endless = element('NoEndRecurrence', [element('StartDate', '2026-11-23')]);
  const until = (endDate: string): XmlElement =>
    element('EndDateRecurrence', [element('StartDate', '2026-11-23'), element('EndDate', endDate)]);
  const weekly = (days: string): XmlElement =>
    element('WeeklyRecurrence', [element('Interval', 1), element('DaysOfWeek', days)]);
  const numbered = (count: number): XmlElement =>
    element('NumberedRecurrence', [element('StartDate', '2026-11-23'), element('NumberOfOccurrences', count)]);

  it.each<[string, XmlElement, XmlElement, string]>([
    ['no pattern', element('Nothing'), endless, 'ErrorCalendarInvalidRecurrence'],
    ['no range', daily(1), element('Nothing'), 'ErrorCalendarInvalidRecurrence'],
    ['interval 0', daily(0), endless, 'ErrorCalendarOutOfRange'],
    ['interval 1000', daily(1000), endless, 'ErrorCalendarOutOfRange'],
    ['1000 occurrences', daily(1), numbered(1000), 'ErrorCalendarOutOfRange'],
    ['a week of weekdays', weekly('Weekday'), endless, 'ErrorCalendarInvalidDayForWeeklyRecurrence'],
    ['a week of no days', weekly(''), endless, 'ErrorCalendarInvalidDayForWeeklyRecurrence'],
    ['an end before the start', daily(1), until('2026-11-22'), 'ErrorCalendarEndDateIsEarlierThanStartDate'],
    ['an end after 4500', daily(1), until('4500-09-02'), 'ErrorRecurrenceEndDateTooBig'],
    ['no Sunday before the end', weekly('Sunday'), until('2026-11-28'), 'ErrorRecurrenceHasNoOccurrence'],
  ])('%s', (_what, pattern, range, code) => {
    expect(readRecurrence(element('Recurrence', [pattern, range]))).toMatchObject({ ok: false, refusal: { code } });
  });
});
