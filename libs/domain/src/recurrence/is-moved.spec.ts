import { parseInstant } from '../time/zoned-time';
import { isMoved } from './is-moved';

const at = (dateTime: string, timeZone = 'Europe/Berlin') => ({ dateTime, timeZone });
const hour = { start: at('2026-10-19T09:00:00'), end: at('2026-10-19T10:00:00') };
/** A week later the clocks have changed: nine o'clock is another distance from UTC. */
const original = { instant: parseInstant('2026-10-26T08:00:00Z') ?? 0 };
const days = { start: { date: '2026-10-19' }, end: { date: '2026-10-21' } };

describe('an occurrence of a series', () => {
  it('is where its series puts it, whatever zone that is told in', () => {
    const there = { start: at('2026-10-26T09:00:00'), end: at('2026-10-26T10:00:00') };
    const elsewhere = { start: at('2026-10-26T08:00:00', 'UTC'), end: at('2026-10-26T09:00:00', 'UTC') };
    expect([there, elsewhere].map((times) => isMoved(times, original, hour))).toEqual([false, false]);
  });

  it.each([
    ['begins at another time', { start: at('2026-10-26T09:30:00'), end: at('2026-10-26T10:30:00') }],
    ['lasts longer', { start: at('2026-10-26T09:00:00'), end: at('2026-10-26T11:00:00') }],
    ['is a day now', { start: { date: '2026-10-26' }, end: { date: '2026-10-27' } }],
  ])('is moved where it %s', (_how, times) => {
    expect(isMoved(times, original, hour)).toBe(true);
  });

  it('of days is compared by its dates', () => {
    const there = { start: { date: '2026-10-26' }, end: { date: '2026-10-28' } };
    const shorter = { start: { date: '2026-10-26' }, end: { date: '2026-10-27' } };
    const later = { start: { date: '2026-10-27' }, end: { date: '2026-10-29' } };
    const moved = [there, shorter, later].map((times) => isMoved(times, { date: '2026-10-26' }, days));
    expect(moved).toEqual([false, true, true]);
  });

  it('of days is moved where it is a time that begins and ends at the same instants', () => {
    const times = { start: at('2026-10-26T00:00:00', 'UTC'), end: at('2026-10-28T00:00:00', 'UTC') };
    expect(isMoved(times, { date: '2026-10-26' }, days)).toBe(true);
  });
});
