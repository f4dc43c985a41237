import { describe, expect, it } from 'vitest';
import { changeMeetingBodySchema, scheduleMeetingBodySchema, type Meeting } from '@daybook/contracts';
import { aMeeting } from '../../time/testing';
import { changeBody, scheduleBody } from './bodies';
import { changed, draftOf, newDraft, spanOf, type Draft } from './draft';
import { differences, onTopOf } from './merge';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-24T08:10:00Z');
const fresh = (change: Partial<Draft> = {}): Draft => ({
  ...newDraft({ now, zone, calendarId: 'cal_1', day: null }),
  topic: 'Planning',
  ...change,
});
const ben = { name: 'Ben', email: 'ben@example.com', response: 'accepted', role: 'optional', isMe: false } as const;
const ada = { name: 'Ada', email: 'ada@example.com', response: 'organizer', role: 'organizer', isMe: true } as const;
const meeting = (more: Partial<Meeting> = {}) =>
  aMeeting('Design review', '2026-11-24T09:00:00', { attendees: [ada, ben], description: 'Colours', ...more });

describe('a new meeting', () => {
  it('begins at the next half hour, on the person’s clock', () => {
    expect(fresh()).toMatchObject({ date: '2026-11-24', time: '09:30', minutes: 30, notify: false, allDay: false });
  });

  it('begins at nine on a later day that was looked at, never in the past', () => {
    expect(newDraft({ now, zone, calendarId: null, day: '2026-12-01' })).toMatchObject({
      date: '2026-12-01',
      time: '09:00',
    });
    expect(newDraft({ now, zone, calendarId: null, day: '2026-11-01' }).date).toBe('2026-11-24');
  });

  it('is sent as the contract takes it, with nothing that says nothing', () => {
    const body = scheduleBody(fresh());
    expect(scheduleMeetingBodySchema.parse(body)).toEqual(body);
    expect(body).toEqual({
      kind: 'meeting',
      topic: 'Planning',
      start: { dateTime: '2026-11-24T09:30:00', timeZone: zone },
      end: { dateTime: '2026-11-24T10:00:00', timeZone: zone },
      timeZone: zone,
      calendarId: 'cal_1',
    });
  });

  it('is sent with recurrence, people and whether they get mail', () => {
    const draft = fresh({
      kind: 'webinar',
      attendees: [{ email: 'ben@example.com', name: 'Ben' }],
      visibility: 'private',
    });
    const body = scheduleBody(changed(draft, { repeat: { ...draft.repeat, kind: 'weekly' } }));
    expect(scheduleMeetingBodySchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      kind: 'webinar',
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10'],
      attendees: [{ email: 'ben@example.com', name: 'Ben' }],
      notify: false,
      visibility: 'private',
    });
  });

  it('ends the day after its last whole day', () => {
    expect(scheduleBody(fresh({ allDay: true, days: 2 }))).toMatchObject({
      start: { date: '2026-11-24' },
      end: { date: '2026-11-26' },
    });
  });

  it('is sent at the time the clock has when it skips the one entered, and lasts as long as it should', () => {
    expect(scheduleBody(fresh({ date: '2027-03-28', time: '02:30' }))).toMatchObject({
      start: { dateTime: '2027-03-28T03:30:00' },
      end: { dateTime: '2027-03-28T04:00:00' },
    });
    expect(scheduleBody(fresh({ date: '2027-03-28', time: '01:30', minutes: 60 }))).toMatchObject({
      end: { dateTime: '2027-03-28T03:30:00' },
    });
  });

  it('has no span while a field is empty', () => {
    expect(spanOf(fresh({ date: '' }))).toBeNull();
    expect(spanOf(fresh({ minutes: Number.NaN }))).toBeNull();
  });
});

describe('a meeting that is edited', () => {
  it('stands in the form on its own clock, without its organizer', () => {
    const newYork = 'America/New_York';
    const times = {
      start: { dateTime: '2026-11-24T20:00:00', timeZone: newYork },
      end: { dateTime: '2026-11-24T21:30:00', timeZone: newYork },
    };
    expect(draftOf(meeting(times), zone)).toMatchObject({
      topic: 'Design review',
      date: '2026-11-24',
      time: '20:00',
      minutes: 90,
      zone: newYork,
      attendees: [{ email: 'ben@example.com', name: 'Ben', optional: true }],
      description: 'Colours',
      calendarId: 'cal_1',
    });
  });

  it('shows the person’s own text without the way to join, which is added to each', () => {
    const description = 'Colours\n\n──────────\nJoin Zoom Meeting\nhttps://example.zoom.us/j/1';
    expect(draftOf(meeting({ description, origin: 'client' }), zone).description).toBe('Colours');
    expect(draftOf(meeting({ description, origin: 'provider' }), zone).description).toBe(description);
  });

  it('sends only what is different', () => {
    const before = draftOf(meeting(), zone);
    expect(changeBody(before, before)).toEqual({});
    expect(changeBody(before, { ...before, notify: true })).toEqual({});
    const body = changeBody(before, { ...before, topic: ' Review ', calendarId: null, notify: true });
    expect(changeMeetingBodySchema.parse(body)).toEqual(body);
    expect(body).toEqual({ topic: 'Review', calendarId: null, notify: true });
  });

  it('sends start and end together, and a series’ rule that follows its first day', () => {
    const series = { id: 'ser_1', rule: ['RRULE:FREQ=WEEKLY;BYDAY=TU'] };
    const before = draftOf(meeting({ series }), zone);
    expect(changeBody(before, changed(before, { time: '10:00' }))).toEqual({
      start: { dateTime: '2026-11-24T10:00:00', timeZone: zone },
      end: { dateTime: '2026-11-24T10:30:00', timeZone: zone },
    });
    expect(changeBody(before, changed(before, { date: '2026-11-25' })).recurrence).toEqual([
      'RRULE:FREQ=WEEKLY;BYDAY=WE',
    ]);
    const single = changeBody(before, { ...before, repeat: { ...before.repeat, kind: 'none' } });
    expect(single).toEqual({ recurrence: null });
  });
});

describe('what changed meanwhile', () => {
  const base = draftOf(meeting(), zone);
  const present = draftOf(meeting({ title: 'Review', visibility: 'private' }), zone);

  it('is named by part, also where only the zone or the length is another', () => {
    expect(differences(base, present)).toEqual(['topic', 'visibility']);
    expect(differences(base, { ...base, minutes: 45 })).toEqual(['time']);
    expect(differences(base, { ...base, zone: 'Europe/Paris' })).toEqual(['time']);
    // Of a whole day neither is part.
    const day = { ...base, allDay: true };
    expect(differences(day, { ...day, minutes: 45, zone: 'Europe/Paris' })).toEqual([]);
  });

  it('is taken over where the person left things alone', () => {
    const mine = { ...base, topic: 'Colours', time: '11:00' };
    expect(onTopOf(base, mine, present)).toMatchObject({ topic: 'Colours', time: '11:00', visibility: 'private' });
    expect(onTopOf(base, base, present)).toEqual(present);
  });
});
