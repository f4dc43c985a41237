import type { MeetingTime } from '../meeting/meeting';
import type { ZoneId } from '../time/zone-offsets';
import { formatInstant, parseInstant, toInstant } from '../time/zoned-time';
import { expand, firstOccurrence, lastEnd } from './expand';
import { readSeries, type Series } from './series';
import type { Expansion, SeriesDefinition, SeriesException } from './series-definition';

const at = (text: string): number => parseInstant(text) ?? NaN;
const year2026 = { from: at('2026-01-01T00:00:00Z'), to: at('2027-01-01T00:00:00Z') };

function seriesOf(definition: SeriesDefinition): Series {
  const reading = readSeries(definition);
  if (!reading.ok) throw new Error(`${reading.refusal.code}: ${reading.refusal.part}`);
  return reading.series;
}

function timed(
  start: string,
  lines: readonly string[],
  { zone = 'Europe/Berlin', minutes = 60, exceptions = [] as readonly SeriesException[] } = {},
): Series {
  const end = formatInstant(toInstant(start, 'UTC') + minutes * 60_000).slice(0, 19);
  const time = (dateTime: string): MeetingTime => ({ dateTime, timeZone: zone });
  return seriesOf({ start: time(start), end: time(end), lines, exceptions });
}

function allDay(
  date: string,
  lines: readonly string[],
  exceptions: readonly SeriesException[] = [],
  floatingZone: ZoneId = 'UTC',
): Series {
  return seriesOf({ start: { date }, end: { date }, lines, exceptions, floatingZone });
}

const starts = ({ occurrences }: Expansion): string[] =>
  occurrences.map(({ start }) => ('date' in start ? start.date : start.dateTime));
const keys = ({ occurrences }: Expansion): string[] => occurrences.map(({ key }) => key);
const days = (expansion: Expansion): string[] => starts(expansion).map((text) => text.slice(0, 10));

describe('an expansion', () => {
  it('keeps the wall time over clock changes and names occurrences by their instant', () => {
    const subject = timed('2026-03-27T09:00:00', ['RRULE:FREQ=DAILY;COUNT=4']);
    const expansion = expand(subject, year2026, 100);
    expect(starts(expansion)).toEqual([27, 28, 29, 30].map((day) => `2026-03-${day}T09:00:00`));
    expect(keys(expansion)).toEqual(['20260327T080000Z', '20260328T080000Z', '20260329T070000Z', '20260330T070000Z']);
  });

  it('gives a single occurrence to an event without rules', () => {
    expect(starts(expand(timed('2026-05-05T10:00:00', []), year2026, 10))).toEqual(['2026-05-05T10:00:00']);
  });

  it('includes what overlaps the window and excludes what touches it', () => {
    const subject = timed('2026-05-01T22:00:00', ['RRULE:FREQ=DAILY'], { zone: 'UTC', minutes: 240 });
    const window = { from: at('2026-05-10T02:00:00Z'), to: at('2026-05-11T22:00:00Z') };
    expect(days(expand(subject, window, 10))).toEqual(['2026-05-10']);
    expect(days(expand(subject, { ...window, from: window.from - 1 }, 10))).toEqual(['2026-05-09', '2026-05-10']);
    expect(days(expand(subject, { ...window, to: window.to + 1 }, 10))).toEqual(['2026-05-10', '2026-05-11']);
  });

  it('says when the limit cut it', () => {
    const subject = timed('2026-05-01T09:00:00', ['RRULE:FREQ=DAILY;COUNT=10']);
    expect(expand(subject, year2026, 10)).toMatchObject({ complete: true });
    expect(expand(subject, year2026, 9)).toMatchObject({ complete: false });
    expect(days(expand(subject, year2026, 2))).toEqual(['2026-05-01', '2026-05-02']);
  });

  it('unites several rules and added dates without doubles', () => {
    const subject = timed('2026-06-01T09:00:00', [
      'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2',
      'RRULE:FREQ=DAILY;INTERVAL=7;COUNT=3',
      'RDATE;TZID=Europe/Berlin:20260604T090000,20260608T090000',
      'RDATE;VALUE=PERIOD:20260620T070000Z/PT3H',
    ]);
    const { occurrences } = expand(subject, year2026, 10);
    expect(occurrences.map(({ start }) => ('dateTime' in start ? start.dateTime.slice(5, 10) : ''))).toEqual([
      '06-01',
      '06-04',
      '06-08',
      '06-15',
      '06-20',
    ]);
    expect(occurrences.map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000)).toEqual([1, 1, 1, 1, 3]);
  });

  it('adds a bare date at the usual time', () => {
    const subject = timed('2026-06-01T09:00:00', ['RDATE;VALUE=DATE:20260603']);
    expect(starts(expand(subject, year2026, 5))).toEqual(['2026-06-01T09:00:00', '2026-06-03T09:00:00']);
  });

  it('strikes several times a day where BYHOUR says so', () => {
    const subject = timed('2026-06-01T09:00:00', ['RRULE:FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0,30;COUNT=5']);
    expect(starts(expand(subject, year2026, 10)).map((text) => text.slice(8, 16))).toEqual([
      '01T09:00',
      '01T09:30',
      '01T14:00',
      '01T14:30',
      '02T09:00',
    ]);
  });

  it.each([
    [
      'last weekday of the month',
      '2026-01-30',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3',
      '01-30 02-27 03-31',
    ],
    ['second Tuesday', '2026-01-13', 'FREQ=MONTHLY;BYDAY=2TU;COUNT=3', '01-13 02-10 03-10'],
    ['last Friday', '2026-01-30', 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', '01-30 02-27 03-27'],
    ['last day', '2026-01-31', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4', '01-31 02-28 03-31 04-30'],
    ['Friday the 13th', '2026-02-13', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', '02-13 03-13 11-13'],
    ['Thanksgiving', '2026-11-26', 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=1', '11-26'],
    ['day 100', '2026-04-10', 'FREQ=YEARLY;BYYEARDAY=100;COUNT=1', '04-10'],
    ['Monday of week 20', '2026-05-11', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=1', '05-11'],
    ['20th Monday of the year', '2026-05-18', 'FREQ=YEARLY;BYDAY=20MO;COUNT=1', '05-18'],
    ['weekends in May', '2026-05-02', 'FREQ=DAILY;BYMONTH=5;BYDAY=SA,SU;COUNT=4', '05-02 05-03 05-09 05-10'],
  ])('knows the %s', (_, start, rule, expected) => {
    const found = days(expand(timed(`${start}T09:00:00`, [`RRULE:${rule}`]), year2026, 20));
    expect(found.map((day) => day.slice(5)).join(' ')).toBe(expected);
  });
});

describe('the traps of recurrence', () => {
  it('1: COUNT includes cancelled occurrences', () => {
    const exceptions: SeriesException[] = [
      { originalStart: { instant: at('2026-06-02T07:00:00Z') }, change: { type: 'cancelled' } },
    ];
    const subject = timed('2026-06-01T09:00:00', ['RRULE:FREQ=DAILY;COUNT=3'], { exceptions });
    expect(days(expand(subject, year2026, 10))).toEqual(['2026-06-01', '2026-06-03']);
  });

  it.each([
    ['UNTIL=20260603T070000Z', 3],
    ['UNTIL=20260603T065959Z', 2],
    ['UNTIL=20260603T235959Z', 3],
    ['UNTIL=20260602T225959Z', 2],
    ['UNTIL=20260603T090000', 3],
    ['UNTIL=20260603', 3],
  ])('1: %s ends a series of 09:00 in Berlin after %i', (until, count) => {
    expect(days(expand(timed('2026-06-01T09:00:00', [`RRULE:FREQ=DAILY;${until}`]), year2026, 10))).toHaveLength(count);
  });

  it('1: UNTIL near midnight is read in the zone of the series', () => {
    const late = timed('2026-06-01T23:30:00', ['RRULE:FREQ=DAILY;UNTIL=20260604T033000Z'], {
      zone: 'America/New_York',
    });
    expect(days(expand(late, year2026, 10))).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    const dates = allDay('2026-06-01', ['RRULE:FREQ=DAILY;UNTIL=20260602T230000Z'], [], 'Europe/Berlin');
    expect(days(expand(dates, year2026, 10))).toEqual(['2026-06-01', '2026-06-02', '2026-06-03']);
    expect(days(expand(allDay('2026-06-01', ['RRULE:FREQ=DAILY;UNTIL=20260603']), year2026, 10))).toHaveLength(3);
  });

  it('2: day 31 skips short months, 29 February skips common years', () => {
    const monthly = timed('2026-01-31T09:00:00', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=31']);
    expect(days(expand(monthly, year2026, 20)).map((day) => day.slice(5, 7))).toEqual(
      '01 03 05 07 08 10 12'.split(' '),
    );
    const leap = timed('2024-02-29T09:00:00', ['RRULE:FREQ=YEARLY;COUNT=2']);
    expect(expand(leap, year2026, 20).occurrences).toHaveLength(0);
    expect(formatInstant(lastEnd(leap) ?? 0)).toBe('2028-02-29T09:00:00Z');
  });

  it('5: the start counts although the rule does not match it', () => {
    const subject = timed('2026-06-02T09:00:00', ['RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3']);
    expect(days(expand(subject, year2026, 10))).toEqual(['2026-06-02', '2026-06-08', '2026-06-15']);
  });

  it('6: the first day of the week shifts every second week', () => {
    const found = (weekStart: string): string[] =>
      days(
        expand(
          timed('1997-08-05T09:00:00', [`RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=${weekStart}`]),
          { from: at('1997-01-01T00:00:00Z'), to: at('1998-01-01T00:00:00Z') },
          10,
        ),
      );
    expect(found('MO')).toEqual(['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']);
    expect(found('SU')).toEqual(['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']);
  });

  it('7: an occurrence moved before the first or past UNTIL stays, by its original start', () => {
    const moved = (original: string, dateTime: string): SeriesException => ({
      originalStart: { instant: at(original) },
      change: {
        type: 'moved',
        start: { dateTime, timeZone: 'Europe/Berlin' },
        end: { dateTime: dateTime.replace('T11', 'T12'), timeZone: 'Europe/Berlin' },
        ref: 'override',
      },
    });
    const exceptions = [
      moved('2026-06-02T07:00:00Z', '2026-05-20T11:00:00'),
      moved('2026-06-03T07:00:00Z', '2026-07-20T11:00:00'),
    ];
    const subject = timed('2026-06-01T09:00:00', ['RRULE:FREQ=DAILY;UNTIL=20260604T070000Z'], { exceptions });
    expect(keys(expand(subject, year2026, 10))).toEqual([
      '20260602T070000Z',
      '20260601T070000Z',
      '20260604T070000Z',
      '20260603T070000Z',
    ]);
    expect(firstOccurrence(subject)).toMatchObject({
      key: '20260602T070000Z',
      exception: { change: { ref: 'override' } },
    });
    expect(formatInstant(lastEnd(subject) ?? 0)).toBe('2026-07-20T10:00:00Z');
    const june = { from: at('2026-06-01T00:00:00Z'), to: at('2026-07-01T00:00:00Z') };
    expect(keys(expand(subject, june, 10))).toEqual(['20260601T070000Z', '20260604T070000Z']);
  });

  it('8: an exception of an all-day series is named by a date, of a timed one by the instant at that date', () => {
    const dates = allDay(
      '2026-06-01',
      ['RRULE:FREQ=DAILY;COUNT=3'],
      [{ originalStart: { date: '2026-06-02' }, change: { type: 'cancelled' } }],
    );
    expect(keys(expand(dates, year2026, 10))).toEqual(['20260601', '20260603']);
    const winter = timed('2026-07-01T09:00:00', ['RRULE:FREQ=MONTHLY;COUNT=6'], {
      exceptions: [{ originalStart: { instant: at('2026-12-01T08:00:00Z') }, change: { type: 'cancelled' } }],
    });
    expect(days(expand(winter, year2026, 10)).at(-1)).toBe('2026-11-01');
  });

  it('9: an exception with its wall time is found again after the zone has changed', () => {
    const exceptions: SeriesException[] = [
      {
        originalStart: { instant: at('2026-06-02T07:00:00Z'), civil: '2026-06-02T09:00:00' },
        change: { type: 'cancelled' },
      },
    ];
    const subject = timed('2026-06-01T09:00:00', ['RRULE:FREQ=DAILY;COUNT=3'], {
      zone: 'America/New_York',
      exceptions,
    });
    expect(days(expand(subject, year2026, 10))).toEqual(['2026-06-01', '2026-06-03']);
  });

  it('10: a skipped time moves by the gap, a doubled one is the first, the days around keep their time', () => {
    const spring = timed('2026-03-28T02:30:00', ['RRULE:FREQ=DAILY;COUNT=3']);
    expect(starts(expand(spring, year2026, 5))).toEqual([
      '2026-03-28T02:30:00',
      '2026-03-29T03:30:00',
      '2026-03-30T02:30:00',
    ]);
    const autumn = timed('2026-10-24T02:30:00', ['RRULE:FREQ=DAILY;COUNT=3']);
    expect(keys(expand(autumn, year2026, 5))).toEqual(['20261024T003000Z', '20261025T003000Z', '20261026T013000Z']);
  });

  it('10: a skipped time that moves onto another occurrence is one with it', () => {
    const subject = timed('2026-03-28T02:00:00', ['RRULE:FREQ=DAILY;BYHOUR=2,3;COUNT=6']);
    expect(keys(expand(subject, year2026, 9))).toEqual([
      '20260328T010000Z',
      '20260328T020000Z',
      '20260329T010000Z',
      '20260330T000000Z',
      '20260330T010000Z',
    ]);
  });

  it('10: an exception of a skipped time is matched by its instant', () => {
    const exceptions: SeriesException[] = [
      { originalStart: { instant: at('2026-03-29T01:30:00Z') }, change: { type: 'cancelled' } },
    ];
    const subject = timed('2026-03-28T02:30:00', ['RRULE:FREQ=DAILY;COUNT=3'], { exceptions });
    expect(days(expand(subject, year2026, 5))).toEqual(['2026-03-28', '2026-03-30']);
  });

  it('11: an override whose original start the rule no longer gives stays', () => {
    const time = (dateTime: string): MeetingTime => ({ dateTime, timeZone: 'Europe/Berlin' });
    const exceptions: SeriesException[] = [
      {
        originalStart: { instant: at('2026-06-10T12:00:00Z') },
        change: { type: 'moved', start: time('2026-06-11T09:00:00'), end: time('2026-06-11T10:00:00') },
      },
    ];
    const subject = timed('2026-06-01T09:00:00', ['RRULE:FREQ=DAILY;COUNT=2'], { exceptions });
    expect(keys(expand(subject, year2026, 5))).toEqual(['20260601T070000Z', '20260602T070000Z', '20260610T120000Z']);
  });

  it('12: a series whose every occurrence is cancelled has no first one', () => {
    const lines = ['RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;TZID=Europe/Berlin:20260601T090000', 'EXDATE:20260602T070000Z'];
    const subject = timed('2026-06-01T09:00:00', lines);
    expect(firstOccurrence(subject)).toBeNull();
    expect(expand(subject, year2026, 5).occurrences).toEqual([]);
    const dates = allDay('2026-06-01', ['RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;VALUE=DATE:20260601,20260602']);
    expect(firstOccurrence(dates)).toBeNull();
  });

  it('14: days, nights, no length and ends before starts', () => {
    const night = timed('2026-06-01T22:00:00', ['RRULE:FREQ=DAILY;COUNT=1'], { minutes: 600 });
    expect(expand(night, year2026, 5).occurrences[0]?.end).toEqual({
      dateTime: '2026-06-02T08:00:00',
      timeZone: 'Europe/Berlin',
    });
    for (const minutes of [0, -90]) {
      const [only] = expand(timed('2026-06-01T09:00:00', [], { minutes }), year2026, 5).occurrences;
      expect(only?.endsAt).toBe(only?.startsAt);
    }
    const trip = seriesOf({ start: { date: '2026-06-01' }, end: { date: '2026-06-04' }, lines: [], exceptions: [] });
    expect(expand(trip, year2026, 5).occurrences[0]).toMatchObject({ end: { date: '2026-06-04' } });
    const reversed = seriesOf({
      start: { date: '2026-06-04' },
      end: { date: '2026-06-01' },
      lines: [],
      exceptions: [],
    });
    expect(expand(reversed, year2026, 5).occurrences[0]).toMatchObject({ end: { date: '2026-06-05' } });
  });

  it('keeps all-day occurrences on their dates whatever the calendar zone', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'America/Sao_Paulo', 'UTC']) {
      const subject = allDay('2018-11-02', ['RRULE:FREQ=DAILY;COUNT=4'], [], zone);
      const { occurrences } = expand(subject, { from: at('2018-01-01T00:00:00Z'), to: at('2019-01-01T00:00:00Z') }, 9);
      expect(occurrences.map(({ start, end }) => [start, end])).toEqual(
        [2, 3, 4, 5].map((day) => [{ date: `2018-11-0${day}` }, { date: `2018-11-0${day + 1}` }]),
      );
    }
  });

  it('keeps the end in its own zone', () => {
    const subject = seriesOf({
      start: { dateTime: '2026-06-01T18:00:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2026-06-01T20:00:00', timeZone: 'America/New_York' },
      lines: ['RRULE:FREQ=WEEKLY;COUNT=2'],
      exceptions: [],
    });
    expect(expand(subject, year2026, 5).occurrences[1]?.end).toEqual({
      dateTime: '2026-06-08T20:00:00',
      timeZone: 'America/New_York',
    });
  });
});

describe('the end of a series', () => {
  it.each([
    ['FREQ=DAILY', null],
    ['FREQ=DAILY;COUNT=100000000', null],
    ['FREQ=DAILY;BYDAY=MO,TU;COUNT=2000000000', null],
    ['FREQ=DAILY;COUNT=3', '2026-06-03T08:00:00Z'],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=5', '2026-06-10T08:00:00Z'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4', '2026-06-17T08:00:00Z'],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', '2026-07-31T08:00:00Z'],
    ['FREQ=DAILY;UNTIL=20260605T120000Z', '2026-06-05T08:00:00Z'],
    ['FREQ=YEARLY;UNTIL=20200101T000000Z', '2026-06-01T08:00:00Z'],
  ])('of %s is %s', (rule, expected) => {
    const end = lastEnd(timed('2026-06-01T09:00:00', [`RRULE:${rule}`]));
    expect(end === null ? null : formatInstant(end)).toBe(expected);
  });

  it('looks past cancelled occurrences', () => {
    const subject = timed('2026-06-01T09:00:00', ['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20260603T070000Z']);
    expect(formatInstant(lastEnd(subject) ?? 0)).toBe('2026-06-02T08:00:00Z');
  });
});
