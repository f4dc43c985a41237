import { instantOf } from '@daybook/domain';
import { readMeetingTime as subject, zoneOf } from './event-time';

const timed = (dateTime: string, timeZone?: string) => ({ dateTime, ...(timeZone === undefined ? {} : { timeZone }) });

describe('times of Google events', () => {
  it('reads the wall time in the zone of the event, whatever offset the text has', () => {
    expect(subject(timed('2026-07-01T15:00:00Z', 'America/New_York'), 'UTC', true)).toEqual({
      dateTime: '2026-07-01T11:00:00',
      timeZone: 'America/New_York',
    });
    expect(subject(timed('2026-07-01T15:00:00+02:00', 'Europe/Berlin'), 'UTC', true)).toEqual({
      dateTime: '2026-07-01T15:00:00',
      timeZone: 'Europe/Berlin',
    });
  });

  it('reads a time without a zone in the zone of the calendar', () => {
    expect(subject(timed('2026-07-01T15:00:00Z'), 'Asia/Tokyo', false)).toEqual({
      dateTime: '2026-07-02T00:00:00',
      timeZone: 'Asia/Tokyo',
    });
    expect(subject(timed('2026-07-01T15:00:00'), 'Asia/Tokyo', false)).toEqual({
      dateTime: '2026-07-01T15:00:00',
      timeZone: 'Asia/Tokyo',
    });
  });

  it('keeps the instant of both of two equal wall times', () => {
    const first = subject(timed('2026-10-25T02:30:00+02:00', 'Europe/Berlin'), 'UTC', false);
    const second = subject(timed('2026-10-25T02:30:00+01:00', 'Europe/Berlin'), 'UTC', false);
    expect(first).toEqual({ dateTime: '2026-10-25T02:30:00', timeZone: 'Europe/Berlin' });
    expect(second).toEqual({ dateTime: '2026-10-25T01:30:00', timeZone: 'UTC' });
    expect(second && first && instantOf(second) - instantOf(first)).toBe(3_600_000);
  });

  it('knows Windows names and fixed offsets as zones', () => {
    expect(zoneOf('W. Europe Standard Time')).toBe('Europe/Berlin');
    expect(zoneOf('Greenwich Standard Time')).toBe('Atlantic/Reykjavik');
    expect(zoneOf('GMT-03:00')).toBe('Etc/GMT+3');
    expect(zoneOf('GMT+00:00')).toBe('UTC');
    expect(zoneOf('Customized Time Zone')).toBeNull();
    expect(zoneOf(undefined)).toBeNull();
  });

  it('reads the ends of months, fractions and leap seconds as carefully as the rest', () => {
    const read = (text: string) => subject(timed(text, 'UTC'), 'UTC', false);
    expect(read('2028-02-29T23:59:59Z')).toEqual({ dateTime: '2028-02-29T23:59:59', timeZone: 'UTC' });
    expect(read('2026-11-30T09:00:00.123Z')).toEqual({ dateTime: '2026-11-30T09:00:00', timeZone: 'UTC' });
    expect(read('2026-12-31T23:59:60Z')).toEqual({ dateTime: '2026-12-31T23:59:59', timeZone: 'UTC' });
  });

  it.each([
    ['2027-02-29T09:00:00Z'],
    ['2026-13-01T09:00:00Z'],
    ['2026-11-22T25:00:00Z'],
    ['2026-11-22 09:00:00Z'],
    ['2026-11-22T09:00Z'],
    ['2026-11x22T09:00:00Z'],
    ['2026-11-22T09x00:00Z'],
    ['2026-11-22T09:00:00+25:00'],
    ['0000-11-22T09:00:00Z'],
    ['x'.repeat(25)],
    [''],
  ])('refuses %j', (text) => {
    expect(subject(timed(text, 'UTC'), 'UTC', false)).toBeNull();
  });

  it.each([[{ date: '2026-02-30' }], [{}], [null], ['2026-11-22'], [{ date: 20261122 }]])('refuses %j', (value) => {
    expect(subject(value, 'UTC', false)).toBeNull();
  });
});
