/** Expansion against two oracles that share no code with it: a naive walk over all days, and a recurrence library. */
import * as fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { formatInstant, toInstant } from '../time/zoned-time';
import { expand } from './expand';
import { readSeries } from './series';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

interface SimpleRule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  readonly byDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly weekStart: number;
}

const some = (max: number, min = 1): fc.Arbitrary<readonly number[]> =>
  fc.oneof(fc.constant([]), fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }));

const simpleRule: fc.Arbitrary<SimpleRule> = fc.record({
  frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
  interval: fc.integer({ min: 1, max: 4 }),
  count: fc.option(fc.integer({ min: 1, max: 40 })),
  byDay: some(6, 0),
  byMonth: some(12),
  byMonthDay: some(31),
  weekStart: fc.integer({ min: 0, max: 6 }),
});

const startDate = fc.integer({ min: 0, max: 3000 }).map((days) => Temporal.PlainDate.from('2019-01-01').add({ days }));

function text(rule: SimpleRule): string {
  const parts = [`FREQ=${rule.frequency}`, `INTERVAL=${rule.interval}`, `WKST=${WEEKDAYS[rule.weekStart]}`];
  if (rule.count !== null) parts.push(`COUNT=${rule.count}`);
  if (rule.byDay.length > 0) parts.push(`BYDAY=${rule.byDay.map((day) => WEEKDAYS[day]).join(',')}`);
  if (rule.byMonth.length > 0) parts.push(`BYMONTH=${rule.byMonth.join(',')}`);
  if (rule.byMonthDay.length > 0 && rule.frequency !== 'WEEKLY') parts.push(`BYMONTHDAY=${rule.byMonthDay.join(',')}`);
  return `RRULE:${parts.join(';')}`;
}

/** Number of whole periods between the start and a day. */
function periodsBetween(rule: SimpleRule, start: Temporal.PlainDate, day: Temporal.PlainDate): number {
  if (rule.frequency === 'DAILY') return start.until(day).days;
  if (rule.frequency === 'YEARLY') return day.year - start.year;
  if (rule.frequency === 'MONTHLY') return day.year * 12 + day.month - start.year * 12 - start.month;
  const weekOf = (date: Temporal.PlainDate): Temporal.PlainDate =>
    date.subtract({ days: (date.dayOfWeek - 1 - rule.weekStart + 7) % 7 });
  return weekOf(start).until(weekOf(day)).days / 7;
}

function matches(rule: SimpleRule, start: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  if (periodsBetween(rule, start, day) % rule.interval !== 0) return false;
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(day.month)) return false;
  const byMonthDay = rule.frequency === 'WEEKLY' ? [] : rule.byMonthDay;
  if (byMonthDay.length > 0 && !byMonthDay.includes(day.day)) return false;
  if (rule.byDay.length > 0 && !rule.byDay.includes(day.dayOfWeek - 1)) return false;
  if (rule.byDay.length > 0 || byMonthDay.length > 0 || rule.frequency === 'DAILY') return true;
  if (rule.frequency === 'WEEKLY') return day.dayOfWeek === start.dayOfWeek;
  return (
    day.day === start.day && (rule.frequency === 'MONTHLY' || rule.byMonth.length > 0 || day.month === start.month)
  );
}

function naive(rule: SimpleRule, start: Temporal.PlainDate, years: number): string[] {
  const found: string[] = [];
  const end = start.add({ years });
  for (let day = start; Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 1 })) {
    if (found.length === (rule.count ?? Infinity)) break;
    if (day.equals(start) || matches(rule, start, day)) found.push(day.toString());
  }
  return found;
}

describe('an expansion', () => {
  it('gives the days a naive walk gives', () => {
    fc.assert(
      fc.property(simpleRule, startDate, (rule, start) => {
        const date = start.toString();
        const reading = readSeries({ start: { date }, end: { date }, lines: [text(rule)], exceptions: [] });
        if (!reading.ok) {
          expect(reading.refusal.code).toBe('impossible');
          return;
        }
        const to = toInstant(`${start.add({ years: 3 })}T00:00:00`, 'UTC');
        const { occurrences } = expand(reading.series, { from: 0, to }, 10_000);
        expect([text(rule), date, occurrences.map(({ key }) => key)]).toEqual([
          text(rule),
          date,
          naive(rule, start, 3).map((day) => day.replaceAll('-', '')),
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it('gives in any window what it gives over all time, cut to the window', () => {
    const hours = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(simpleRule, startDate, hours, hours, (rule, start, first, length) => {
        const zoned = { dateTime: `${start}T23:15:00`, timeZone: 'America/New_York' };
        const end = { dateTime: `${start.add({ days: 1 })}T02:15:00`, timeZone: 'America/New_York' };
        const reading = readSeries({ start: zoned, end, lines: [text(rule)], exceptions: [] });
        if (!reading.ok) return;
        const from = toInstant(zoned.dateTime, 'UTC') + (first - 500) * 3_600_000;
        const window = { from, to: from + length * 3_600_000 };
        const all = expand(reading.series, { from: 0, to: window.to }, 100_000).occurrences;
        const inside = all.filter(({ startsAt, endsAt }) => startsAt < window.to && endsAt > window.from);
        expect(expand(reading.series, window, 100_000).occurrences).toEqual(inside);
      }),
      { numRuns: 300 },
    );
  });

  const rare = fc.constantFrom(
    'FREQ=MONTHLY;BYDAY=2TU,-1FR',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-2',
    'FREQ=MONTHLY;BYMONTHDAY=-1,15',
    'FREQ=MONTHLY;BYMONTHDAY=-31',
    'FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200,-1',
    'FREQ=YEARLY;BYDAY=20MO,-1SU',
    'FREQ=YEARLY;BYMONTH=3,11;BYDAY=2SU,1SU',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    'FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    'FREQ=YEARLY;BYMONTH=1,2,3;BYDAY=MO,WE;BYSETPOS=2,-1',
    'FREQ=YEARLY;BYMONTHDAY=1,31',
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;BYSETPOS=-1',
    'FREQ=WEEKLY;BYMONTH=1,6;BYDAY=MO,FR',
    'FREQ=DAILY;INTERVAL=10;BYHOUR=8,17',
    'FREQ=DAILY;BYMONTH=1;BYDAY=MO,TU;BYHOUR=9;BYMINUTE=0,20,40',
  );

  it('agrees with a recurrence library on rules beyond the simple ones', () => {
    fc.assert(
      fc.property(rare, startDate, fc.integer({ min: 2, max: 30 }), (rule, start, count) => {
        const zone = 'Europe/Berlin';
        const dateTime = `${start}T10:05:00`;
        // The library does not count a start that the rule does not match; the RFC does. So the start is set apart.
        const oracle = new RRuleTemporal({
          rruleString: `DTSTART;TZID=${zone}:${dateTime.replace(/[-:]/g, '')}\nRRULE:${rule};COUNT=${count}`,
        });
        const first = toInstant(dateTime, zone);
        const later = oracle.all().map(({ epochMilliseconds }) => epochMilliseconds);
        const expected = [first, ...later.filter((instant) => instant > first).slice(0, count - 1)];
        const time = { dateTime, timeZone: zone };
        const lines = [`RRULE:${rule};COUNT=${expected.length}`];
        const reading = readSeries({ start: time, end: time, lines, exceptions: [] });
        if (!reading.ok) throw new Error(reading.refusal.code);
        const to = toInstant(`${start.add({ years: 200 })}T00:00:00`, 'UTC');
        const found = expand(reading.series, { from: 0, to }, 100).occurrences;
        expect([rule, dateTime, found.map(({ startsAt }) => formatInstant(startsAt))]).toEqual([
          rule,
          dateTime,
          expected.map(formatInstant),
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
