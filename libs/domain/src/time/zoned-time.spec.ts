import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, daysBetween, isCivilDate, isCivilDateTime } from './civil';
import { offsetAt } from './zone-offsets';
import { formatInstant, parseInstant, startOfDay, toCivil, toInstant } from './zoned-time';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Europe/Dublin',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'UTC',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(1972, 0, 2), max: Date.UTC(2037, 11, 30) }).map((ms) => ms - (ms % 1000));

describe('civil dates', () => {
  it('accept real dates only', () => {
    expect(['2024-02-29', '0001-01-01', '9999-12-31'].every(isCivilDate)).toBe(true);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '0000-01-01', '2026-11-22Z', ''].some(isCivilDate)).toBe(false);
    expect(isCivilDateTime('2026-11-22T23:59:59')).toBe(true);
    expect(['2026-11-22T24:00:00', '2026-11-22 09:00:00', '2026-11-22T09:00'].some(isCivilDateTime)).toBe(false);
  });

  it('add and count days across months and leap years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (days) => {
        expect(daysBetween('1970-01-01', addDays('1970-01-01', days))).toBe(days);
      }),
    );
  });
});

describe('instants and wall times', () => {
  it('agree with Temporal about offsets in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (at, id) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(id).offsetNanoseconds / 1e6;
        expect(offsetAt(at, id)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('agree with Temporal about the instant of any wall time, gaps and overlaps included', () => {
    fc.assert(
      fc.property(instant, zone, (at, id) => {
        const plain = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime();
        expect(toInstant(plain.toString({ smallestUnit: 'second' }), id)).toBe(
          plain.toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('agree with Temporal around every clock change of many years', () => {
    for (const id of ZONES.filter((name) => name !== 'UTC')) {
      let at = Temporal.ZonedDateTime.from(`1996-01-01T00:00[${id}]`);
      for (let index = 0; index < 30; index += 1) {
        const next = at.getTimeZoneTransition('next');
        if (!next || next.epochMilliseconds > Date.UTC(2036, 0, 1)) break;
        for (const minutes of [-180, -90, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 90, 180]) {
          const probe = next.toInstant().add({ minutes });
          expect([id, offsetAt(probe.epochMilliseconds, id)]).toEqual([
            id,
            probe.toZonedDateTimeISO(id).offsetNanoseconds / 1e6,
          ]);
          const wall = next.toPlainDateTime().add({ minutes });
          expect([id, String(wall), toInstant(wall.toString({ smallestUnit: 'second' }), id)]).toEqual([
            id,
            String(wall),
            wall.toZonedDateTime(id, { disambiguation: 'compatible' }).epochMilliseconds,
          ]);
        }
        at = next;
      }
    }
  });

  it('read a skipped time with the offset before the gap and a doubled one as the first', () => {
    expect(formatInstant(toInstant('2026-03-29T02:30:00', 'Europe/Berlin'))).toBe('2026-03-29T01:30:00Z');
    expect(formatInstant(toInstant('2026-10-25T02:30:00', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00Z');
    expect(toCivil(toInstant('2026-03-29T02:30:00', 'Europe/Berlin'), 'Europe/Berlin')).toBe('2026-03-29T03:30:00');
  });

  it('survive a round trip through any zone unless the clock was turned back', () => {
    fc.assert(
      fc.property(instant, zone, (at, id) => {
        const back = toInstant(toCivil(at, id), id);
        expect(back === at || (back < at && at - back <= 86_400_000)).toBe(true);
      }),
    );
  });

  it('know that a day may begin after midnight', () => {
    expect(toCivil(startOfDay('2018-11-04', 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe('2018-11-04T01:00:00');
  });

  it('keep working at the ends of the calendar', () => {
    expect(toCivil(toInstant('0001-01-02T00:00:00', 'Europe/Berlin'), 'Europe/Berlin')).toBe('0001-01-02T00:00:00');
    expect(toCivil(toInstant('9999-12-30T00:00:00', 'Asia/Tokyo'), 'Asia/Tokyo')).toBe('9999-12-30T00:00:00');
  });

  it('refuse unknown zones and broken times', () => {
    expect(() => toInstant('2026-11-22T09:00:00', 'Nowhere/Land')).toThrow(RangeError);
    expect(() => toInstant('2026-11-31T09:00:00', 'UTC')).toThrow(RangeError);
  });
});

describe('RFC 3339 texts', () => {
  it.each([
    ['2026-11-22T09:00:00+01:00', '2026-11-22T08:00:00Z'],
    ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z'],
    ['2026-11-22T09:00:00.123-05:30', '2026-11-22T14:30:00Z'],
    ['2026-12-31T23:59:60Z', '2026-12-31T23:59:59Z'],
  ])('%s is the instant %s', (text, expected) => {
    const found = parseInstant(text);
    expect(found === null ? null : formatInstant(found)).toBe(expected);
  });

  it.each(['2026-11-22T09:00:00', '2026-11-22', '2026-02-30T09:00:00Z', 'now', '2026-11-22T25:00:00Z'])(
    '%s is none',
    (text) => expect(parseInstant(text)).toBeNull(),
  );
});
