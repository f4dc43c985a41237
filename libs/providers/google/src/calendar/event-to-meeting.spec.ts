import type { RemoteChange, RemoteMeeting } from '@daybook/provider-port';
import { eventToMeeting as subject } from './event-to-meeting';

const BASE = {
  id: 'abc123',
  etag: '"1"',
  status: 'confirmed',
  iCalUID: 'abc123@google.com',
  summary: 'Planning',
  start: { dateTime: '2026-11-22T09:00:00+01:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-11-22T10:00:00+01:00', timeZone: 'Europe/Berlin' },
};
const read = (more: object): RemoteChange<RemoteMeeting> | null => subject({ ...BASE, ...more }, 'Europe/Berlin');

function upserted(more: object): RemoteMeeting {
  const change = read(more);
  if (change?.type !== 'upserted') throw new Error(`not upserted: ${JSON.stringify(change)}`);
  return change.item;
}

function contentOf(more: object) {
  const item = upserted(more);
  if (item.kind === 'cancelled') throw new Error('no content');
  return item.content;
}

function markerOf(more: object) {
  const item = upserted(more);
  if (item.kind === 'cancelled') throw new Error('no marker');
  return item.marker;
}

describe('a Google event as a meeting', () => {
  it('reads a plain event with everything a meeting has', () => {
    expect(read({ location: 'Room 1', description: 'Notes', htmlLink: 'https://calendar.google.com/x' })).toEqual({
      type: 'upserted',
      item: {
        kind: 'single',
        remoteId: 'abc123',
        version: '"1"',
        iCalUid: 'abc123@google.com',
        marker: null,
        content: {
          title: 'Planning',
          description: 'Notes',
          location: 'Room 1',
          start: { dateTime: '2026-11-22T09:00:00', timeZone: 'Europe/Berlin' },
          end: { dateTime: '2026-11-22T10:00:00', timeZone: 'Europe/Berlin' },
          organizer: null,
          attendees: [],
          attendeesComplete: true,
          visibility: 'default',
          busy: true,
          conferenceUris: [],
          conferencePasscodes: [],
          urlFields: [],
          webLink: 'https://calendar.google.com/x',
        },
      },
    });
  });

  it('hands the lines of a series on as they are', () => {
    const lines = ['RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE;TZID=Europe/Berlin:20261129T090000'];
    expect(upserted({ recurrence: lines })).toMatchObject({ kind: 'series', lines });
  });

  it('refuses a series whose zone nobody knows, but keeps the instant of a single event', () => {
    const times = {
      start: { dateTime: '2026-11-22T09:00:00+01:00', timeZone: 'Mars/Olympus' },
      end: { dateTime: '2026-11-22T10:00:00+01:00', timeZone: 'Mars/Olympus' },
    };
    expect(read({ ...times, recurrence: ['RRULE:FREQ=DAILY'] })).toEqual({
      type: 'unreadable',
      remoteId: 'abc123',
      reason: 'start',
    });
    expect(contentOf(times).start).toEqual({ dateTime: '2026-11-22T09:00:00', timeZone: 'Europe/Berlin' });
  });

  it('tells an exception from its series by the original start, also of an unknown series', () => {
    const moved = {
      id: 'master_20261122T080000Z',
      recurringEventId: 'master',
      originalStartTime: { dateTime: '2026-11-22T09:00:00+01:00', timeZone: 'Europe/Berlin' },
    };
    expect(upserted(moved)).toMatchObject({
      kind: 'exception',
      remoteId: 'master_20261122T080000Z',
      seriesRemoteId: 'master',
      originalStart: { instant: Date.UTC(2026, 10, 22, 8) },
    });
  });

  it('keeps the original start of an all-day exception as a date', () => {
    const allDay = {
      recurringEventId: 'master',
      originalStartTime: { date: '2026-11-22' },
      start: { date: '2026-11-23' },
      end: { date: '2026-11-24' },
    };
    expect(upserted(allDay)).toMatchObject({
      originalStart: { date: '2026-11-22' },
      content: { start: { date: '2026-11-23' }, end: { date: '2026-11-24' } },
    });
  });

  it('takes a cancelled event for removed and a cancelled occurrence for an exception', () => {
    expect(subject({ id: 'gone', status: 'cancelled' }, 'UTC')).toEqual({ type: 'removed', remoteId: 'gone' });
    const occurrence = {
      id: 'm_20261122T080000Z',
      status: 'cancelled',
      recurringEventId: 'm',
      originalStartTime: { dateTime: '2026-11-22T08:00:00Z' },
    };
    expect(subject(occurrence, 'UTC')).toMatchObject({
      item: { kind: 'cancelled', seriesRemoteId: 'm', originalStart: { instant: Date.UTC(2026, 10, 22, 8) } },
    });
  });

  it('reads the original start out of the id where the field is missing', () => {
    const bare = { status: 'cancelled', recurringEventId: 'm' };
    expect(subject({ ...bare, id: 'm_20261122' }, 'UTC')).toMatchObject({
      item: { originalStart: { date: '2026-11-22' } },
    });
    expect(subject({ ...bare, id: 'other' }, 'UTC')).toMatchObject({ type: 'unreadable', reason: 'originalStartTime' });
  });

  it.each([
    ['without times', { start: undefined, end: undefined }, 'start'],
    ['with an end of another kind', { end: { date: '2026-11-22' } }, 'end'],
    ['without an etag', { etag: undefined }, 'etag'],
    ['with half a rule', { recurrence: ['RRULE:FREQ=DAILY', 7] }, 'recurrence'],
    ['with a date that does not exist', { start: { dateTime: '2026-02-30T09:00:00Z' } }, 'start'],
  ])('puts an event %s aside with its reason', (_name, more, reason) => {
    expect(read(more)).toEqual({ type: 'unreadable', remoteId: 'abc123', reason });
  });

  it.each([[null], [7], [[]], [{ id: 5 }], [{}]])('survives %j in place of an event', (event) => {
    expect(subject(event, 'UTC')).toMatchObject({ type: 'unreadable', remoteId: '' });
  });

  it('leaves working locations out and keeps every other type', () => {
    expect(read({ eventType: 'workingLocation' })).toBeNull();
    for (const eventType of ['default', 'birthday', 'focusTime', 'outOfOffice', 'fromGmail', 'somethingNew']) {
      expect(upserted({ eventType }).kind).toBe('single');
    }
  });

  it('knows guests, their answers and roles', () => {
    const attendees = [
      { email: 'a@x.org', displayName: 'A', organizer: true, responseStatus: 'accepted', self: true },
      { email: 'b@x.org', responseStatus: 'declined', optional: true },
      { email: 'room@x.org', responseStatus: 'accepted', resource: true },
      'nonsense',
    ];
    expect(contentOf({ attendees }).attendees).toEqual([
      { name: 'A', email: 'a@x.org', response: 'organizer', role: 'required', self: true },
      { name: '', email: 'b@x.org', response: 'declined', role: 'optional' },
      { name: '', email: 'room@x.org', response: 'accepted', role: 'resource' },
    ]);
    expect(contentOf({ attendees, attendeesOmitted: true }).attendeesComplete).toBe(false);
  });

  it('takes a calendar that organizes for itself for no person', () => {
    const group = { email: 'c_1@group.calendar.google.com', displayName: 'Team' };
    expect(contentOf({ organizer: { ...group, self: true } }).organizer).toBeNull();
    expect(contentOf({ organizer: group }).organizer).toEqual({ name: 'Team', email: group.email });
    expect(contentOf({ organizer: { email: 'a@x.org', self: true } }).organizer).toEqual({
      name: '',
      email: 'a@x.org',
    });
  });

  it('collects the ways to join by web, the video one first, and its passcodes only', () => {
    const conferenceData = {
      entryPoints: [
        { entryPointType: 'phone', uri: 'tel:+49', pin: '99' },
        { entryPointType: 'more', uri: 'https://x.org/more' },
        { entryPointType: 'video', uri: 'https://zoom.us/j/1', passcode: 'abc', password: 'abc' },
      ],
    };
    expect(contentOf({ conferenceData, hangoutLink: 'https://meet.google.com/a' })).toMatchObject({
      conferenceUris: ['https://zoom.us/j/1', 'https://x.org/more', 'https://meet.google.com/a'],
      conferencePasscodes: ['abc'],
    });
  });

  it('takes addresses only from http and https fields, never from attachments', () => {
    const content = contentOf({
      source: { url: 'javascript:alert(1)' },
      htmlLink: 'javascript:alert(1)',
      attachments: [{ fileUrl: 'https://drive.google.com/x' }],
    });
    expect(content).toMatchObject({ urlFields: [], webLink: null });
    expect(contentOf({ source: { url: 'https://x.org' } }).urlFields).toEqual(['https://x.org']);
  });

  it('reads our marker only when it is whole', () => {
    const own = { daybookDeployment: 'dep', daybookMeeting: 'mtg_1' };
    expect(markerOf({ extendedProperties: { private: own } })).toEqual({
      deployment: 'dep',
      meetingId: 'mtg_1',
    });
    expect(markerOf({ extendedProperties: { private: { daybookMeeting: 'x' } } })).toBeNull();
    expect(markerOf({ extendedProperties: { shared: own } })).toBeNull();
  });

  it('cuts long texts without leaving half a character', () => {
    expect(contentOf({ summary: `${'a'.repeat(2047)}😀` }).title).toBe('a'.repeat(2047));
    expect(contentOf({ description: 'x'.repeat(100_000) }).description).toHaveLength(32_768);
  });
});
