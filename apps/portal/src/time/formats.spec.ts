import { describe, expect, it } from 'vitest';
import { createFormats, describeSpan, nearDay, otherZoneSpan } from './formats';
import { aMeeting } from './testing';
import { toInstant } from './zoned-time';

const zone = 'Europe/Berlin';
const english = createFormats('en', zone);
const german = createFormats('de', zone);
const meeting = aMeeting('m', '2026-11-22T09:00:00');

describe('formats', () => {
  it('writes a span in the language of the person', () => {
    expect(describeSpan(meeting, english)).toMatch(/^Sunday,? 22 November, 09:00–09:30$/);
    expect(describeSpan(meeting, german)).toBe('Sonntag, 22. November, 09:00–09:30');
  });

  it('writes an all-day span without clock and without its exclusive end', () => {
    const subject = { allDay: true, start: { date: '2026-11-22' }, end: { date: '2026-11-23' } };
    expect(describeSpan(subject, german)).toBe('Sonntag, 22. November');
  });

  it('adds the year to a day of another one than the present', () => {
    expect(english.day('2027-01-04', '2026-11-22')).toMatch(/^Monday,? 4 January 2027$/);
    expect(german.day('2027-01-04', '2026-11-22')).toBe('Montag, 4. Januar 2027');
    expect(german.day('2026-12-04', '2026-11-22')).toBe('Freitag, 4. Dezember');
  });

  it('shows the other clock only where it differs', () => {
    expect(otherZoneSpan(meeting, english)).toBeNull();
    expect(
      otherZoneSpan(
        aMeeting('m', '2026-11-22T09:00:00', { start: { dateTime: '2026-11-22T09:00:00', timeZone: 'Europe/Paris' } }),
        english,
      ),
    ).toBeNull();
    const start = { dateTime: '2026-11-22T09:00:00', timeZone: 'America/New_York' };
    const end = { dateTime: '2026-11-22T09:30:00', timeZone: 'America/New_York' };
    expect(otherZoneSpan({ start, end }, english)).toEqual({ zone: 'America/New_York', text: '09:00–09:30' });
  });

  it('names the day of the other clock when it is another day', () => {
    const start = { dateTime: '2026-11-22T20:00:00', timeZone: 'America/New_York' };
    const end = { dateTime: '2026-11-22T21:00:00', timeZone: 'America/New_York' };
    expect(otherZoneSpan({ start, end }, german)?.text).toBe('So., 22. Nov., 20:00–21:00');
  });

  it('counts the minutes until, never to nought', () => {
    const now = toInstant('2026-11-22T08:55:00', zone);
    expect(english.until(toInstant('2026-11-22T09:00:00', zone), now)).toBe('in 5 min');
    expect(english.until(now + 1_000, now)).toBe('in 1 min');
  });

  it('leaves the date away for today', () => {
    const now = toInstant('2026-11-22T14:10:00', zone);
    expect(english.near(toInstant('2026-11-22T14:02:00', zone), now)).toBe('14:02');
    expect(german.near(toInstant('2026-11-20T14:02:00', zone), now)).toBe('20.11.2026, 14:02');
  });

  it('knows today and tomorrow', () => {
    expect([
      nearDay('2026-11-22', '2026-11-22'),
      nearDay('2026-12-01', '2026-11-30'),
      nearDay('2026-12-02', '2026-11-30'),
    ]).toEqual(['today', 'tomorrow', null]);
  });
});
