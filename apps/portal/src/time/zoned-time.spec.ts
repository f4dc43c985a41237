import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, daysOf, isZone, startOfDay, toCivil, toInstant } from './zoned-time';

const at = (text: string) => Date.parse(text);

describe('zoned time', () => {
  it.each([
    ['2026-11-22T09:00:00', 'Europe/Berlin', '2026-11-22T08:00:00Z'],
    ['2026-07-01T09:00:00', 'America/New_York', '2026-07-01T13:00:00Z'],
    ['2026-11-22T09:00:00', 'Asia/Kolkata', '2026-11-22T03:30:00Z'],
    ['2026-11-22T00:30:00', 'Pacific/Kiritimati', '2026-11-21T10:30:00Z'],
    ['2026-01-01T00:00:00', 'UTC', '2026-01-01T00:00:00Z'],
  ])('%s in %s is %s', (civil, zone, instant) => {
    expect(new Date(toInstant(civil, zone)).toISOString()).toBe(new Date(instant).toISOString());
    expect(toCivil(at(instant), zone)).toBe(civil);
  });

  it('reads a skipped time with the offset before the change', () => {
    expect(toInstant('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(at('2026-03-29T01:30:00Z'));
  });

  it('takes the first of a time that comes twice', () => {
    expect(toInstant('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(at('2026-10-25T00:30:00Z'));
  });

  it.each([
    ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00'],
    ['2026-10-25T00:59:59Z', '2026-10-25T02:59:59'],
    ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00'],
  ])('shows %s, beside a change of the clock, as %s', (instant, civil) => {
    expect(toCivil(at(instant), 'Europe/Berlin')).toBe(civil);
  });

  it('reads an unknown zone as UTC instead of failing', () => {
    expect(isZone('Atlantis/Capital')).toBe(false);
    expect(toInstant('2026-11-22T09:00:00', 'Atlantis/Capital')).toBe(at('2026-11-22T09:00:00Z'));
  });

  it('knows days of 23 and 25 hours', () => {
    expect(startOfDay('2026-03-30', 'Europe/Berlin') - startOfDay('2026-03-29', 'Europe/Berlin')).toBe(23 * 3_600_000);
    expect(startOfDay('2026-10-26', 'Europe/Berlin') - startOfDay('2026-10-25', 'Europe/Berlin')).toBe(25 * 3_600_000);
  });

  it('counts civil days', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(dayOf(at('2026-11-22T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-23');
  });

  it('gives the days a meeting covers for its viewer', () => {
    const timed = (start: string, end: string) => ({
      start: { dateTime: start, timeZone: 'America/New_York' },
      end: { dateTime: end, timeZone: 'America/New_York' },
    });
    expect(daysOf(timed('2026-11-22T20:00:00', '2026-11-22T21:00:00'), 'Europe/Berlin')).toEqual({
      first: '2026-11-23',
      last: '2026-11-23',
    });
    expect(daysOf(timed('2026-11-22T17:00:00', '2026-11-22T18:00:00'), 'Europe/Berlin')).toEqual({
      first: '2026-11-22',
      last: '2026-11-22',
    });
    expect(daysOf({ start: { date: '2026-11-22' }, end: { date: '2026-11-24' } }, 'UTC')).toEqual({
      first: '2026-11-22',
      last: '2026-11-23',
    });
  });
});
