// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import type { i18n } from 'i18next';
import { createI18n } from '../../i18n/i18n';
import { createFormats } from '../../time/formats';
import { describeRepeat } from '../meetings/repeat-words';
import { readRepeat } from './read-repeat';
import { linesOf, movedTo, noRepeat, placeInMonth, type Repeat } from './repeat';

/** A Tuesday, the fourth and last of its month. */
const start = { date: '2026-11-24', time: '20:00', zone: 'America/New_York', allDay: false };
const built = (change: Partial<Repeat>): Repeat => ({ ...noRepeat(start.date), ends: 'never', ...change });

let words: Record<'en' | 'de', i18n>;
beforeAll(async () => {
  words = { en: await createI18n('en'), de: await createI18n('de') };
});
const say = (lines: string[], language: 'en' | 'de' = 'en') =>
  describeRepeat(lines, words[language].t, createFormats(language, 'Europe/Berlin'), start.zone);

describe('a recurrence', () => {
  it.each<[Partial<Repeat>, string, string, string]>([
    [{ kind: 'daily' }, 'FREQ=DAILY', 'Every day', 'Jeden Tag'],
    [{ kind: 'daily', every: 3 }, 'FREQ=DAILY;INTERVAL=3', 'Every 3 days', 'Alle 3 Tage'],
    [
      { kind: 'weekdays', every: 3 },
      'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      'Every weekday (Monday to Friday)',
      'Jeden Werktag (Montag bis Freitag)',
    ],
    [
      { kind: 'weekly', every: 2, days: ['TH', 'TU'] },
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
      'Every 2 weeks on Tuesday and Thursday',
      'Alle 2 Wochen am Dienstag und Donnerstag',
    ],
    [{ kind: 'monthly' }, 'FREQ=MONTHLY;BYMONTHDAY=24', 'Every month on day 24', 'Jeden Monat am 24.'],
    [
      { kind: 'monthly', monthly: 'nth' },
      'FREQ=MONTHLY;BYDAY=4TU',
      'Every month on the fourth Tuesday',
      'Jeden Monat am vierten Dienstag',
    ],
    [
      { kind: 'monthly', monthly: 'last', ends: 'after', count: 6 },
      'FREQ=MONTHLY;BYDAY=-1TU;COUNT=6',
      'Every month on the last Tuesday, 6 times',
      'Jeden Monat am letzten Dienstag, 6-mal',
    ],
    [{ kind: 'yearly' }, 'FREQ=YEARLY', 'Every year', 'Jedes Jahr'],
  ])('%o is written as %s, says what it means, and is read back', (change, rule, english, german) => {
    const repeat = built(change);
    const lines = linesOf(repeat, start);
    expect(lines).toEqual([`RRULE:${rule}`]);
    expect([say(lines), say(lines, 'de')]).toEqual([english, german]);
    expect(linesOf(readRepeat(lines, start), start)).toEqual(lines);
    expect(readRepeat(lines, start).kind).toBe(repeat.kind);
  });

  it('ends in UTC at the start of its last meeting, and says the day of its own clock', () => {
    const lines = linesOf(built({ kind: 'daily', ends: 'on', until: '2027-01-31' }), start);
    expect(lines).toEqual(['RRULE:FREQ=DAILY;UNTIL=20270201T010000Z']);
    expect(say(lines)).toBe('Every day, until 31 Jan 2027');
    expect(readRepeat(lines, start)).toMatchObject({ ends: 'on', until: '2027-01-31' });
  });

  it('ends on a plain day where meetings have no time', () => {
    const allDay = { ...start, allDay: true };
    expect(linesOf(built({ kind: 'yearly', ends: 'on', until: '2030-11-24' }), allDay)).toEqual([
      'RRULE:FREQ=YEARLY;UNTIL=20301124',
    ]);
  });

  it('has an end unless somebody takes it away', () => {
    expect(linesOf({ ...noRepeat(start.date), kind: 'daily' }, start)).toEqual(['RRULE:FREQ=DAILY;COUNT=10']);
  });

  it('has no lines when it does not repeat', () => {
    expect(linesOf(built({}), start)).toEqual([]);
    expect(readRepeat([], start).kind).toBe('none');
  });
});

describe('reading the lines of a series', () => {
  it.each([
    ['RRULE:FREQ=WEEKLY', 'weekly'],
    ['RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=TH,TU', 'weekly'],
    ['RRULE:BYDAY=TU;FREQ=MONTHLY', 'own'],
    ['RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24', 'yearly'],
    ['RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1', 'own'],
    ['RRULE:FREQ=MONTHLY;BYDAY=2TU', 'own'],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU', 'own'],
    ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'own'],
    ['RRULE:FREQ=HOURLY', 'own'],
    ['RDATE:20261201T090000', 'own'],
  ])('takes %s as %s', (line, kind) => {
    expect(readRepeat([line], start).kind).toBe(kind);
  });

  it('keeps what it has no fields for, word for word', () => {
    const odd = ['RRULE:FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=2', 'EXDATE:20261201T090000'];
    expect(linesOf(readRepeat(odd, start), start)).toEqual(odd);
    const exception = 'EXDATE;TZID=America/New_York:20261126T200000';
    const read = readRepeat(['RRULE:FREQ=WEEKLY;BYDAY=TU,TH', exception], start);
    expect(linesOf({ ...read, every: 2 }, start)).toEqual(['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', exception]);
  });
});

describe('moving the first day', () => {
  it('takes its weekday along', () => {
    expect(movedTo(built({ kind: 'weekly' }), start.date, '2026-11-25').days).toEqual(['WE']);
    expect(movedTo(built({ days: ['TU', 'FR'] }), start.date, '2026-11-25').days).toEqual(['TU', 'WE', 'FR']);
  });

  it('counts a fifth weekday from the end, because most months have none', () => {
    expect(placeInMonth('2026-12-29')).toEqual({ nth: 5, last: true });
    expect(movedTo(built({ monthly: 'nth' }), start.date, '2026-12-29').monthly).toBe('last');
    expect(movedTo(built({ monthly: 'last' }), start.date, '2026-12-01').monthly).toBe('nth');
  });

  it('moves an end that would lie before it', () => {
    expect(movedTo(built({ until: '2026-12-01' }), start.date, '2027-01-05').until > '2027-01-05').toBe(true);
  });
});
