import { draft } from '@daybook/testing/fakes';
import type { DraftField, MeetingDraft } from '@daybook/provider-port';
import { eventPatch, newEvent as subject } from './draft-to-event';

const MARKER = { deployment: 'dep', meetingId: 'mtg_1' };
const nine = { dateTime: '2026-11-25T09:00:00', timeZone: 'Europe/Berlin' };
const ten = { dateTime: '2026-11-25T10:00:00', timeZone: 'Europe/Berlin' };
const TIMED = draft('Planning', nine, ten);
const ALL_DAY = draft('Fair', { date: '2026-12-24' }, { date: '2026-12-27' });
const BEN = { name: 'Ben', email: 'ben@x.org', response: 'needsAction', role: 'required' } as const;

const patchOf = (its: MeetingDraft, fields: readonly DraftField[], mayRepeat = true) =>
  eventPatch(its, { fields, mayRepeat, guestsNow: [] });

describe('a draft as a new Google event', () => {
  it('has its id, its times and its marker, and leaves the rest to the calendar', () => {
    expect(subject('db1', TIMED, MARKER)).toEqual({
      id: 'db1',
      summary: 'Planning',
      start: nine,
      end: ten,
      extendedProperties: { private: { daybookDeployment: 'dep', daybookMeeting: 'mtg_1' } },
    });
  });

  it('has everything a draft can say', () => {
    const lines = ['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;TZID=Europe/Berlin:20261126T090000'];
    const more = { description: 'Notes\nmore', location: 'Room 1', visibility: 'confidential', lines } as const;
    expect(subject('db1', { ...TIMED, ...more, attendees: [BEN] }, MARKER)).toMatchObject({
      description: 'Notes\nmore',
      location: 'Room 1',
      visibility: 'confidential',
      recurrence: lines,
      attendees: [{ email: 'ben@x.org', displayName: 'Ben', responseStatus: 'needsAction' }],
    });
  });

  it('has dates alone when it lasts all day', () => {
    expect(subject('db1', ALL_DAY, MARKER)).toMatchObject({
      start: { date: '2026-12-24' },
      end: { date: '2026-12-27' },
    });
  });

  it.each([
    ['occurs twice', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['is skipped', '2027-03-28T02:30:00', '2027-03-28T01:30:00Z'],
    ['is near a change of clocks', '2026-10-25T09:00:00', '2026-10-25T08:00:00Z'],
  ])('names the instant of a wall time that %s, and the zone with it', (_what, dateTime, instant) => {
    const start = { dateTime, timeZone: 'Europe/Berlin' };
    expect(subject('db1', { ...TIMED, start }, MARKER)).toMatchObject({
      start: { dateTime: instant, timeZone: 'Europe/Berlin' },
    });
  });
});

describe('a draft as a patch of a Google event', () => {
  it.each([
    ['title', { summary: 'Planning' }],
    ['description', { description: '' }],
    ['location', { location: '' }],
    ['visibility', { visibility: 'default' }],
    ['attendees', { attendees: [] }],
  ] as const)('names the %s and nothing else', (field, body) => {
    expect(patchOf(TIMED, [field])).toEqual(body);
  });

  it('names several fields, or none', () => {
    expect(patchOf(TIMED, ['title', 'location'])).toEqual({ summary: 'Planning', location: '' });
    expect(patchOf(TIMED, [])).toEqual({});
  });

  it('clears the date of a time and the time of a date, and the rule of what happens once', () => {
    expect(patchOf(TIMED, ['time'])).toEqual({
      start: { date: null, ...nine },
      end: { date: null, ...ten },
      recurrence: null,
    });
    expect(patchOf(ALL_DAY, ['time'])).toEqual({
      start: { date: '2026-12-24', dateTime: null, timeZone: null },
      end: { date: '2026-12-27', dateTime: null, timeZone: null },
      recurrence: null,
    });
  });

  it('writes the rule with the times, except to an occurrence', () => {
    const weekly = { ...TIMED, lines: ['RRULE:FREQ=WEEKLY'] };
    expect(patchOf(weekly, ['time'])).toMatchObject({ recurrence: ['RRULE:FREQ=WEEKLY'] });
    expect(patchOf(weekly, ['time'], false)).not.toHaveProperty('recurrence');
  });
});
