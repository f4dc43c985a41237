import { parseInstant } from '../time/zoned-time';
import { expand } from './expand';
import { readSeries } from './series';
import { splitRecurrence } from './split-recurrence';

const zone = 'Europe/Berlin';
const start = { dateTime: '2026-10-19T09:00:00', timeZone: zone };
const end = { dateTime: '2026-10-19T10:00:00', timeZone: zone };
const at = (text: string) => ({ instant: parseInstant(text) ?? 0 });

function starts(lines: readonly string[], from = start): string[] {
  const until = { dateTime: from.dateTime.replace('T09', 'T10'), timeZone: zone };
  const reading = readSeries({ start: from, end: until, lines, exceptions: [], floatingZone: zone });
  if (!reading.ok) throw new Error(reading.refusal.code);
  const window = { from: 0, to: parseInstant('2028-01-01T00:00:00Z') ?? 0 };
  return expand(reading.series, window, 1_000).occurrences.map(({ startsAt }) => new Date(startsAt).toISOString());
}

describe('splitRecurrence', () => {
  it.each([
    ['a number of times', ['RRULE:FREQ=WEEKLY;COUNT=6']],
    ['an end', ['RRULE:FREQ=WEEKLY;UNTIL=20261130T090000Z']],
    ['days taken out', ['RRULE:FREQ=WEEKLY;COUNT=6', 'EXDATE;TZID=Europe/Berlin:20261026T090000']],
  ])('keeps every occurrence of a series with %s, across a change of the clock', (_what, lines) => {
    const split = splitRecurrence({ start, end, lines, floatingZone: zone }, at('2026-11-02T08:00:00Z'));
    const later = { dateTime: '2026-11-02T09:00:00', timeZone: zone };
    expect([...starts(split?.before ?? []), ...starts(split?.after ?? [], later)]).toEqual(starts(lines));
  });

  it('splits days by dates', () => {
    const days = { start: { date: '2026-10-19' }, end: { date: '2026-10-20' }, floatingZone: zone };
    const split = splitRecurrence({ ...days, lines: ['RRULE:FREQ=DAILY;COUNT=4'] }, { date: '2026-10-21' });
    expect(split).toEqual({ before: ['RRULE:FREQ=DAILY;UNTIL=20261020'], after: ['RRULE:FREQ=DAILY;COUNT=2'] });
  });

  it('is nothing for the first occurrence, and for a moment that is none', () => {
    const lines = ['RRULE:FREQ=WEEKLY;COUNT=6'];
    expect(splitRecurrence({ start, end, lines, floatingZone: zone }, at('2026-10-19T07:00:00Z'))).toBeNull();
    expect(splitRecurrence({ start, end, lines, floatingZone: zone }, at('2026-11-03T08:00:00Z'))).toBeNull();
  });
});
