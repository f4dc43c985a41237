import type { MeetingTime } from '@daybook/domain';
import { readAnswer } from '../transport/read-answer';
import { record } from '../transport/record-shape';
import { ITEM_RECURRENCE } from './item-fields';
import { linesToRecurrence } from './lines-to-recurrence';
import { recurrenceToLines } from './recurrence-to-lines';

const at = (date: string): MeetingTime => ({ dateTime: `${date}T09:00:00`, timeZone: 'Europe/Berlin' });
const there = (line: string, start: MeetingTime) => linesToRecurrence([`RRULE:${line}`], start).recurrence.markup;
/** As it comes from the wire. */
const back = async (markup: string, start: MeetingTime) => {
  const item = await readAnswer(Buffer.from(`<Item>${markup}</Item>`), 'Item', record({ Recurrence: ITEM_RECURRENCE }));
  return recurrenceToLines(item['Recurrence'], start);
};
const never = (pattern: string, range = '<NoEndRecurrence><StartDate>2026-11-25</StartDate></NoEndRecurrence>') =>
  `<Recurrence>${pattern}${range}</Recurrence>`;

describe('rules there and back', () => {
  it.each([
    ['FREQ=DAILY', '2026-11-25', '<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>'],
    ['FREQ=DAILY;INTERVAL=3;COUNT=5', '2026-11-25', '<t:Interval>3</t:Interval>'],
    ['FREQ=WEEKLY;COUNT=6', '2026-11-25', '<t:DaysOfWeek>Wednesday</t:DaysOfWeek>'],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-25', '<t:DaysOfWeek>Monday Wednesday Friday</t:DaysOfWeek>'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=WE,SU', '2026-11-25', '<t:FirstDayOfWeek>Sunday</t:FirstDayOfWeek>'],
    ['FREQ=MONTHLY', '2026-11-25', '<t:DayOfMonth>25</t:DayOfMonth>'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30', '<t:DayOfMonth>31</t:DayOfMonth>'],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', '2026-11-30', '<t:DayOfMonth>30</t:DayOfMonth>'],
    [
      'FREQ=MONTHLY;BYDAY=4WE',
      '2026-11-25',
      '<t:DaysOfWeek>Wednesday</t:DaysOfWeek><t:DayOfWeekIndex>Fourth</t:DayOfWeekIndex>',
    ],
    ['FREQ=MONTHLY;BYDAY=-1WE', '2026-11-25', '<t:DayOfWeekIndex>Last</t:DayOfWeekIndex>'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '2026-11-30',
      '<t:DaysOfWeek>Weekday</t:DaysOfWeek><t:DayOfWeekIndex>Last</t:DayOfWeekIndex>',
    ],
    ['FREQ=YEARLY;COUNT=3', '2026-12-24', '<t:DayOfMonth>24</t:DayOfMonth><t:Month>December</t:Month>'],
    [
      'FREQ=YEARLY;BYMONTH=11;BYDAY=4WE',
      '2026-11-25',
      '<t:DayOfWeekIndex>Fourth</t:DayOfWeekIndex><t:Month>November</t:Month>',
    ],
    ['FREQ=WEEKLY;UNTIL=20261230T080000Z', '2026-11-25', '<t:EndDate>2026-12-30</t:EndDate>'],
  ])('%s from %s', async (line, date, words) => {
    const recurrence = there(line, at(date));
    expect(recurrence).toContain(words);
    expect(recurrence).toContain(`<t:StartDate>${date}</t:StartDate>`);
    expect(await back(recurrence, at(date))).toEqual([`RRULE:${line}`]);
  });

  it('counts the last date whole, in the zone of the series', async () => {
    const ends = (until: string) => /EndDate>([^<]+)</.exec(there(`FREQ=DAILY;UNTIL=${until}`, at('2026-11-25')))?.[1];
    expect(ends('20261201T080000Z')).toBe('2026-12-01');
    expect(ends('20261201T075959Z')).toBe('2026-11-30');
    expect(ends('20261201T235900Z')).toBe('2026-12-01');
    expect(ends('20261201')).toBe('2026-12-01');
    const days = there('FREQ=DAILY;UNTIL=20261201', { date: '2026-11-25' });
    expect(await back(days, { date: '2026-11-25' })).toEqual(['RRULE:FREQ=DAILY;UNTIL=20261201']);
  });

  it('takes no notice of the offset of a last date', async () => {
    const range =
      '<EndDateRecurrence><StartDate>2026-11-25+01:00</StartDate><EndDate>2026-12-01+01:00</EndDate></EndDateRecurrence>';
    const daily = never('<DailyRecurrence><Interval>1</Interval></DailyRecurrence>', range);
    expect(await back(daily, at('2026-11-25'))).toEqual(['RRULE:FREQ=DAILY;UNTIL=20261201T080000Z']);
  });

  it('reads a leap day as the last one of a shorter February', async () => {
    const leap =
      '<AbsoluteYearlyRecurrence><DayOfMonth>29</DayOfMonth><Month>February</Month></AbsoluteYearlyRecurrence>';
    const lines = await back(never(leap), at('2028-02-29'));
    expect(lines).toEqual(['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1']);
  });

  it('gives the dates that lines take out', () => {
    const lines = ['RRULE:FREQ=DAILY', 'EXDATE;TZID=Europe/Berlin:20261126T090000', 'EXDATE:20261128T080000Z'];
    expect(linesToRecurrence(lines, at('2026-11-25')).excluded).toEqual(['2026-11-26', '2026-11-28']);
  });
});

describe('rules that Exchange has no words for', () => {
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
    ['INTERVAL', ['RRULE:FREQ=YEARLY;INTERVAL=2']],
    ['INTERVAL', ['RRULE:FREQ=WEEKLY;INTERVAL=100']],
    ['COUNT', ['RRULE:FREQ=DAILY;COUNT=1000']],
  ])('are refused by name: %s', (part, lines) => {
    expect(() => linesToRecurrence(lines, at('2026-11-25'))).toThrow(`Rejected: no such recurrence: ${part}`);
  });

  it.each([
    ['Recurrence', ''],
    ['Recurrence', never('<DailyRegeneration><Interval>1</Interval></DailyRegeneration>')],
    ['Interval', never('<DailyRecurrence><Interval>0</Interval></DailyRecurrence>')],
    [
      'DaysOfWeek',
      never('<WeeklyRecurrence><Interval>1</Interval><DaysOfWeek>Moonday</DaysOfWeek></WeeklyRecurrence>'),
    ],
    ['Recurrence', never('<DailyRecurrence><Interval>1</Interval></DailyRecurrence>', '')],
  ])('are odd by name when they come: %s', async (odd, markup) => {
    expect(await back(markup, at('2026-11-25'))).toEqual({ odd });
  });
});
