import * as fc from 'fast-check';
import { describeRule } from './describe-rule';
import { parseRecurrence } from './parse-recurrence';
import { readSeries } from './series';

const codeOf = (...lines: string[]): string => {
  const reading = parseRecurrence(lines, { allDay: false });
  return reading.ok ? 'ok' : reading.refusal.code;
};

const seriesCode = (line: string): string => {
  const reading = readSeries({
    start: { dateTime: '2026-06-01T09:00:00', timeZone: 'Europe/Berlin' },
    end: { dateTime: '2026-06-01T10:00:00', timeZone: 'Europe/Berlin' },
    lines: [line],
    exceptions: [],
  });
  return reading.ok ? 'ok' : `${reading.refusal.code}: ${reading.refusal.part}`;
};

describe('recurrence lines', () => {
  it('are read into an exact rule', () => {
    expect(
      parseRecurrence(['RRULE:freq=Monthly;INTERVAL=2;BYDAY=2MO,-1FR;WKST=SU;COUNT=5;'], { allDay: false }),
    ).toEqual({
      ok: true,
      recurrence: {
        rules: [
          {
            frequency: 'monthly',
            interval: 2,
            end: { kind: 'count', count: 5 },
            weekStart: 6,
            byMonth: [],
            byWeekNo: [],
            byYearDay: [],
            byMonthDay: [],
            byDay: [
              { weekday: 0, nth: 2 },
              { weekday: 4, nth: -1 },
            ],
            byHour: [],
            byMinute: [],
            bySecond: [],
            bySetPos: [],
          },
        ],
        added: [],
        excluded: [],
      },
    });
  });

  it('may leave out the name, repeat values, quote a zone and be blank', () => {
    expect(codeOf('FREQ=DAILY', '', 'EXDATE;TZID="W. Europe Standard Time":20260601T090000,,20260602T090000')).toBe(
      'ok',
    );
    expect(codeOf('RDATE;VALUE=PERIOD:20260601T090000Z/20260601T100000Z,20260602T090000Z/P1DT2H')).toBe('ok');
  });

  it('drop the time of day in an all-day series', () => {
    const reading = parseRecurrence(['RRULE:FREQ=DAILY;BYHOUR=9,10'], { allDay: true });
    expect(reading.ok && reading.recurrence.rules[0]?.byHour).toEqual([]);
  });

  it.each([
    ['RRULE:FREQ=SECONDLY', 'sub_daily'],
    ['RRULE:FREQ=HOURLY;COUNT=3', 'sub_daily'],
    ['EXRULE:FREQ=DAILY', 'unsupported'],
    ['RRULE:RSCALE=CHINESE;FREQ=YEARLY', 'unsupported'],
    ['RRULE:FREQ=DAILY;BYEASTER=0', 'unsupported'],
    ['DTSTART:20260601T090000Z', 'unsupported'],
    ['RRULE:', 'malformed'],
    ['RRULE:FREQ=SOMETIMES', 'malformed'],
    ['RRULE:INTERVAL=2', 'malformed'],
    ['RRULE:FREQ=DAILY;FREQ=WEEKLY', 'malformed'],
    ['RRULE:FREQ=WEEKLY;BYDAY=XX', 'malformed'],
    ['RRULE:FREQ=DAILY;UNTIL=soon', 'malformed'],
    ['RRULE:FREQ=DAILY;UNTIL=20260231', 'malformed'],
    ['nonsense', 'malformed'],
    ['EXDATE:tomorrow', 'malformed'],
    ['RRULE:FREQ=DAILY;INTERVAL=0', 'out_of_range'],
    ['RRULE:FREQ=DAILY;INTERVAL=-1', 'out_of_range'],
    ['RRULE:FREQ=DAILY;INTERVAL=99999999', 'out_of_range'],
    ['RRULE:FREQ=DAILY;COUNT=0', 'out_of_range'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=0', 'out_of_range'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=32', 'out_of_range'],
    ['RRULE:FREQ=MONTHLY;BYDAY=54MO', 'out_of_range'],
    ['RRULE:FREQ=DAILY;COUNT=3;UNTIL=20260601', 'conflict'],
    ['RRULE:FREQ=WEEKLY;BYMONTHDAY=3', 'conflict'],
    ['RRULE:FREQ=WEEKLY;BYDAY=2MO', 'conflict'],
    ['RRULE:FREQ=MONTHLY;BYWEEKNO=3', 'conflict'],
    [`RRULE:FREQ=DAILY;BYHOUR=${[...Array(24).keys()]};BYMINUTE=${[...Array(60).keys()]}`, 'too_dense'],
    [`RRULE:FREQ=DAILY;BYHOUR=${[...Array(24).keys()]};BYMINUTE=0,30`, 'too_dense'],
    ['EXDATE;TZID=Nowhere/Land:20260601T090000', 'bad_zone'],
    [`RRULE:FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(5000)}1`, 'too_long'],
    [`EXDATE:${'20260601T090000Z,'.repeat(10_001)}`, 'too_long'],
    ['x'.repeat(1_000_000), 'too_long'],
  ])('%.60s is refused as %s', (line, code) => {
    expect(codeOf(line)).toBe(code);
  });

  it('are refused by number too', () => {
    expect(codeOf(...Array.from({ length: 9 }, () => 'RRULE:FREQ=DAILY'))).toBe('too_long');
    expect(codeOf(...Array.from({ length: 2001 }, () => 'EXDATE:20260601'))).toBe('too_long');
  });

  it.each([
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2', 'impossible: FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30'],
    ['RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=4,6', 'impossible: FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31'],
    ['RRULE:FREQ=YEARLY;BYYEARDAY=366;BYMONTH=11', 'impossible: FREQ=YEARLY;BYMONTH=11;BYYEARDAY=366'],
    ['RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6', 'impossible: FREQ=MONTHLY;BYSETPOS=6'],
    ['RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29', 'impossible: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'],
    ['RRULE:FREQ=YEARLY;INTERVAL=6;BYMONTH=2;BYMONTHDAY=29', 'ok'],
    ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO', 'ok'],
    ['RRULE:FREQ=DAILY;INTERVAL=10000', 'ok'],
  ])('a series with %s is %s', (line, expected) => {
    expect(seriesCode(line)).toBe(expected);
  });

  it('never make reading throw, whatever they hold', () => {
    const piece = fc.constantFrom(
      ...'RRULE: EXDATE: FREQ= DAILY WEEKLY ; , = BYDAY=MO COUNT=1 UNTIL= 20260601 T090000 Z BYSETPOS= -1 99 INTERVAL= :'.split(
        ' ',
      ),
    );
    const line = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const reading = parseRecurrence(lines, { allDay: false });
        if (!reading.ok) expect(reading.refusal.part.length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a series', () => {
  const time = (dateTime: string, timeZone = 'UTC') => ({ dateTime, timeZone });
  it.each([
    [time('2026-02-30T09:00:00'), 'bad_start'],
    [time('2026-06-01T09:00:00', 'Nowhere/Land'), 'bad_zone'],
    [{ date: '2026-6-1' }, 'bad_start'],
  ])('that starts at %j is refused as %s', (start, code) => {
    expect(readSeries({ start, end: start, lines: [], exceptions: [] })).toMatchObject({
      ok: false,
      refusal: { code },
    });
  });
});

describe('the description of a rule', () => {
  it('holds the parts of a sentence', () => {
    expect(describeRule(['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261231T225959Z'], false)).toEqual({
      frequency: 'weekly',
      interval: 2,
      byDay: [{ weekday: 0, nth: null }],
      byMonthDay: [],
      byMonth: [],
      bySetPos: [],
      count: null,
      until: '2026-12-31T22:59:59Z',
    });
  });

  it('is absent for what no sentence can hold', () => {
    expect(describeRule(['RDATE:20260601'], false)).toBeNull();
    expect(describeRule(['RRULE:FREQ=YEARLY;BYWEEKNO=3'], false)).toBeNull();
    expect(describeRule(['nonsense'], false)).toBeNull();
  });
});
