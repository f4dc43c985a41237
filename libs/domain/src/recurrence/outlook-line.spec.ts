import type { MeetingTime } from '../meeting/meeting';
import { outlookRuleToLine } from './outlook-line';
import { linesToOutlookRule } from './outlook-rule';

const at = (date: string): MeetingTime => ({ dateTime: `${date}T09:00:00`, timeZone: 'Europe/Berlin' });

/** As a store of Outlook's has it, and back. */
function kept(line: string, start: MeetingTime): string {
  const reading = linesToOutlookRule([`RRULE:${line}`], start);
  if (!reading.ok) throw new Error(reading.part);
  return outlookRuleToLine(reading.rule, start);
}

describe('a rule that a store of Outlook’s keeps', () => {
  it.each([
    ['FREQ=DAILY;INTERVAL=3;COUNT=5', '2026-11-25'],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=WE,SU', '2026-11-25'],
    ['FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29,30;BYSETPOS=-1', '2026-11-30'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-30'],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1', '2028-02-29'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4WE', '2026-11-25'],
    ['FREQ=WEEKLY;UNTIL=20261230T080000Z', '2026-11-25'],
  ])('is the same line again: %s from %s', (line, date) => {
    expect(kept(line, at(date))).toBe(`RRULE:${line}`);
  });

  it.each([
    ['FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=WE', 'FREQ=WEEKLY'],
    ['FREQ=WEEKLY;WKST=SU;BYDAY=SU,WE', 'FREQ=WEEKLY;BYDAY=WE,SU'],
    ['FREQ=MONTHLY;BYMONTHDAY=25', 'FREQ=MONTHLY'],
    ['FREQ=MONTHLY;BYDAY=WE;BYSETPOS=4', 'FREQ=MONTHLY;BYDAY=4WE'],
    ['FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25', 'FREQ=YEARLY'],
  ])('is the shortest line that says the same: %s', (line, shortest) => {
    expect(kept(line, at('2026-11-25'))).toBe(`RRULE:${shortest}`);
  });

  it('ends with its last date, whole, in the zone of the series', () => {
    expect(kept('FREQ=DAILY;UNTIL=20261201T235900Z', at('2026-11-25'))).toBe('RRULE:FREQ=DAILY;UNTIL=20261201T080000Z');
    expect(kept('FREQ=DAILY;UNTIL=20261201', { date: '2026-11-25' })).toBe('RRULE:FREQ=DAILY;UNTIL=20261201');
  });
});
