import type { MeetingTime } from '@daybook/domain';
import { linesToRecurrence } from './lines-to-recurrence';
import { recurrenceToLines } from './recurrence-to-lines';

const at = (date: string): MeetingTime => ({ dateTime: `${date}T09:00:00`, timeZone: 'Europe/Berlin' });
const ZONE = 'W. Europe Standard Time';
const there = (line: string, start: MeetingTime) => linesToRecurrence([`RRULE:${line}`], start, ZONE).recurrence;
const back = (recurrence: unknown, start: MeetingTime) => recurrenceToLines(recurrence, start);

describe('rules there and back', () => {
  it.each([
    ['FREQ=DAILY', '2026-11-25', { type: 'daily', interval: 1 }],
    ['FREQ=DAILY;INTERVAL=3;COUNT=5', '2026-11-25', { type: 'daily', interval: 3 }],
    ['FREQ=WEEKLY;COUNT=6', '2026-11-25', { type: 'weekly', daysOfWeek: ['wednesday'] }],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-25', { type: 'weekly', daysOfWeek: ['monday', 'wednesday', 'friday'] }],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=WE,SU', '2026-11-25', { firstDayOfWeek: 'sunday', interval: 2 }],
    ['FREQ=MONTHLY', '2026-11-25', { type: 'absoluteMonthly', dayOfMonth: 25 }],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30', { type: 'absoluteMonthly', dayOfMonth: 31 }],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', '2026-11-30', { type: 'absoluteMonthly', dayOfMonth: 30 }],
    ['FREQ=MONTHLY;BYDAY=4WE', '2026-11-25', { type: 'relativeMonthly', index: 'fourth', daysOfWeek: ['wednesday'] }],
    ['FREQ=MONTHLY;BYDAY=-1WE', '2026-11-25', { type: 'relativeMonthly', index: 'last' }],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-30', { index: 'last' }],
    ['FREQ=YEARLY;COUNT=3', '2026-12-24', { type: 'absoluteYearly', month: 12, dayOfMonth: 24 }],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4WE', '2026-11-25', { type: 'relativeYearly', month: 11, index: 'fourth' }],
    ['FREQ=WEEKLY;UNTIL=20261230T080000Z', '2026-11-25', { type: 'weekly' }],
  ])('%s from %s', (line, date, pattern) => {
    const recurrence = there(line, at(date));
    expect(recurrence.pattern).toMatchObject(pattern);
    expect(recurrence.range).toMatchObject({ startDate: date, recurrenceTimeZone: ZONE });
    expect(back(recurrence, at(date))).toEqual([`RRULE:${line}`]);
  });

  it('counts the last date whole, in the zone of the series', () => {
    const ends = (until: string) => there(`FREQ=DAILY;UNTIL=${until}`, at('2026-11-25')).range['endDate'];
    expect(ends('20261201T080000Z')).toBe('2026-12-01');
    expect(ends('20261201T075959Z')).toBe('2026-11-30');
    expect(ends('20261201T235900Z')).toBe('2026-12-01');
    expect(ends('20261201')).toBe('2026-12-01');
    const days = linesToRecurrence(['RRULE:FREQ=DAILY;UNTIL=20261201'], { date: '2026-11-25' }, ZONE).recurrence;
    expect(back(days, { date: '2026-11-25' })).toEqual(['RRULE:FREQ=DAILY;UNTIL=20261201']);
  });

  it('reads a leap day as the last one of a shorter February', () => {
    const pattern = { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 };
    const range = { type: 'noEnd', startDate: '2028-02-29' };
    const lines = back({ pattern, range }, at('2028-02-29'));
    expect(lines).toEqual(['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1']);
  });

  it('gives the dates that lines take out', () => {
    const lines = ['RRULE:FREQ=DAILY', 'EXDATE;TZID=Europe/Berlin:20261126T090000', 'EXDATE:20261128T080000Z'];
    expect(linesToRecurrence(lines, at('2026-11-25'), ZONE).excluded).toEqual(['2026-11-26', '2026-11-28']);
  });
});

describe('what lines take out', () => {
  const excluded = (line: string, start: MeetingTime = at('2026-11-25')) =>
    linesToRecurrence(['RRULE:FREQ=DAILY;COUNT=6', line], start, ZONE).excluded;

  it.each([
    ['the very start', 'EXDATE:20261128T080000Z', ['2026-11-28']],
    ['the start on the clock of another zone', 'EXDATE;TZID=America/New_York:20261128T030000', ['2026-11-28']],
    ['a day as a whole', 'EXDATE;VALUE=DATE:20261128', ['2026-11-28']],
    ['the same twice', 'EXDATE:20261128T080000Z,20261128T080000Z', ['2026-11-28']],
    ['another time of that day', 'EXDATE:20261128T100000Z', []],
    ['a day without an occurrence', 'EXDATE:20261201T080000Z,20261124T080000Z', []],
  ])('is the occurrence that begins then: %s', (_what, line, dates) => {
    expect(excluded(line)).toEqual(dates);
  });

  it('is a day of an all-day series', () => {
    expect(excluded('EXDATE;VALUE=DATE:20261128,20261224', { date: '2026-11-25' })).toEqual(['2026-11-28']);
  });
});

describe('rules that Graph has no words for', () => {
  it.each([
    ['several rules', ['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY']],
    ['RDATE', ['RRULE:FREQ=DAILY', 'RDATE:20261201T080000Z']],
    ['BYWEEKNO', ['RRULE:FREQ=YEARLY;BYWEEKNO=48']],
    ['BYYEARDAY', ['RRULE:FREQ=YEARLY;BYYEARDAY=100']],
    ['BYHOUR', ['RRULE:FREQ=DAILY;BYHOUR=9,17']],
    ['sub_daily', ['RRULE:FREQ=HOURLY']],
    ['BYMONTHDAY', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15']],
    ['BYMONTHDAY', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=31']],
    ['BYMONTHDAY', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=-2']],
    ['BYMONTH', ['RRULE:FREQ=YEARLY;BYMONTH=1,7']],
    ['BYMONTH with FREQ=MONTHLY', ['RRULE:FREQ=MONTHLY;BYMONTH=11']],
    ['BYDAY', ['RRULE:FREQ=MONTHLY;BYDAY=5WE']],
    ['BYDAY', ['RRULE:FREQ=MONTHLY;BYDAY=1MO,3WE']],
    ['BYDAY with BYSETPOS', ['RRULE:FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=-1']],
    ['BYDAY with FREQ=YEARLY', ['RRULE:FREQ=YEARLY;BYDAY=48WE']],
    ['DTSTART', ['RRULE:FREQ=WEEKLY;BYDAY=MO']],
    ['DTSTART', ['RRULE:FREQ=MONTHLY;BYDAY=1WE']],
    ['COUNT', ['RRULE:FREQ=DAILY;COUNT=1000']],
  ])('are refused by name: %s', (part, lines) => {
    expect(() => linesToRecurrence(lines, at('2026-11-25'), ZONE)).toThrow(`Rejected: no such recurrence: ${part}`);
  });

  it.each([
    ['recurrence', null],
    ['recurrence type moonly', { pattern: { type: 'moonly', interval: 1 }, range: { type: 'noEnd' } }],
    ['recurrence interval', { pattern: { type: 'daily', interval: 0 }, range: { type: 'noEnd' } }],
    ['recurrence daysOfWeek', { pattern: { type: 'weekly', interval: 1, daysOfWeek: [] }, range: { type: 'noEnd' } }],
    ['recurrence range', { pattern: { type: 'daily', interval: 1 }, range: { type: 'sometimes' } }],
    ['recurrence endDate', { pattern: { type: 'daily', interval: 1 }, range: { type: 'endDate', endDate: 'never' } }],
  ])('are odd by name when they come: %s', (odd, recurrence) => {
    expect(back(recurrence, at('2026-11-25'))).toEqual({ odd });
  });
});
