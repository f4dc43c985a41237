import { createJoinDetector } from '@daybook/domain';
import type { RemoteSeries } from '@daybook/provider-port';
import { at, content, series } from '@daybook/testing/fakes';
import { coverageAt } from './coverage';
import { rowsOfSeries } from './derive-occurrences';
import { remoteToMeeting, type CandidateReading } from './remote-to-meeting';

const NOW = Date.UTC(2026, 10, 22, 8);
const HOURS = [...Array(24).keys()].join(',');
const calendar = {
  _id: 'cal_1',
  connectionId: 'con_1',
  accountId: 'acc_1',
  userId: 'usr_1',
  timeZone: 'Europe/Berlin',
};
const detectJoin = createJoinDetector('Zoom');

function read(lines: readonly string[], [start, end] = ['2020-01-01T00:00', '2020-01-01T00:30']): CandidateReading {
  const remote: RemoteSeries = {
    ...series('dense', content('Dense', at(start ?? ''), at(end ?? '')), ...lines),
    version: 'v1',
  };
  return remoteToMeeting(remote, { calendar, detectJoin });
}

describe('a dense series', () => {
  it('of one meeting an hour is there for every hour of the stored stretch, also after years', () => {
    const reading = read([`RRULE:FREQ=DAILY;BYHOUR=${HOURS}`]);
    if (reading.type !== 'meeting') throw new Error(reading.reason);
    const coverage = coverageAt(NOW);
    const rows = rowsOfSeries(reading.meeting, [], { coverage, zone: 'Europe/Berlin' });
    const starts = new Set(rows.map((row) => row.startsAt.getTime()));
    const hour = 3_600_000;
    const missing: string[] = [];
    for (let time = coverage.from.getTime(); time < coverage.to.getTime(); time += hour)
      if (!starts.has(time)) missing.push(new Date(time).toISOString());
    // The hour that a clock change skips or doubles has one meeting, not two.
    expect(missing.length).toBeLessThanOrEqual(2);
    expect(rows.at(-1)?.endsAt.getTime()).toBeGreaterThanOrEqual(coverage.to.getTime() - hour);
  });

  const daily = `RRULE:FREQ=DAILY;BYHOUR=${HOURS}`;
  it.each([
    ['twice an hour', [`${daily};BYMINUTE=0,30`]],
    ['every second', [`${daily};BYMINUTE=0,1,2,3;BYSECOND=0,1`]],
    ['two rules of one an hour', [daily, `${daily};BYMINUTE=30`]],
    ['eight such rules', Array.from({ length: 8 }, (_, n) => `${daily};BYMINUTE=${n}`)],
  ])('of %s is refused by name, with nothing computed', (_, lines) => {
    expect(read(lines)).toEqual({ type: 'unreadable', remoteId: 'dense', reason: 'recurrence_too_dense' });
  });

  it('is also one whose meetings last so long that thousands are under way at any time', () => {
    const reading = read([daily], ['2020-01-01T00:00', '2021-06-01T00:00']);
    expect(reading).toMatchObject({ type: 'unreadable', reason: 'recurrence_too_dense' });
    expect(read(['RRULE:FREQ=YEARLY'], ['2020-01-01T00:00', '2021-06-01T00:00']).type).toBe('meeting');
    expect(read(['RRULE:FREQ=DAILY'], ['1000-01-01T00:00', '9000-06-01T00:00'])).toMatchObject({
      reason: 'recurrence_too_dense',
    });
  });
});
