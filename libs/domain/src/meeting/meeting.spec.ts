import { formatInstant } from '../time/zoned-time';
import { hostIsMe, isOwnAddress, sameAddress } from './host';
import { instantOf, isAllDayTime } from './meeting';

describe('a meeting time', () => {
  it('is an instant by its zone, a date by the zone it floats in', () => {
    const timed = { dateTime: '2026-11-22T09:00:00', timeZone: 'Europe/Berlin' };
    expect(formatInstant(instantOf(timed))).toBe('2026-11-22T08:00:00Z');
    expect(formatInstant(instantOf({ date: '2026-11-22' }))).toBe('2026-11-22T00:00:00Z');
    expect(formatInstant(instantOf({ date: '2026-11-22' }, 'America/New_York'))).toBe('2026-11-22T05:00:00Z');
    expect([isAllDayTime(timed), isAllDayTime({ date: '2026-11-22' })]).toEqual([false, true]);
  });
});

describe('the host', () => {
  it.each([
    ['ada@example.com', 'ADA@Example.com', true],
    ['mailto:ada@example.com', ' ada@example.com ', true],
    ['ada@example.com', 'ada@example.org', false],
    ['', '', false],
  ])('address %j is %j: %s', (one, other, expected) => {
    expect(sameAddress(one, other)).toBe(expected);
  });

  it('is the viewer when the organiser has one of their addresses', () => {
    const own = ['ada@example.com', 'ada.l@example.org'];
    expect(isOwnAddress('Ada.L@example.org', own)).toBe(true);
    expect(hostIsMe({ name: 'Ada', email: 'ada@example.com' }, own, false)).toBe(true);
    expect(hostIsMe({ name: 'Ben', email: 'ben@example.com' }, own, true)).toBe(false);
  });

  it('is the owner of the calendar when nobody organises', () => {
    expect(hostIsMe(null, [], true)).toBe(true);
    expect(hostIsMe({ name: 'Nobody', email: '' }, [], true)).toBe(true);
    expect(hostIsMe(null, ['ada@example.com'], false)).toBe(false);
  });
});
