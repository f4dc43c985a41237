import type { CalendarWrites } from '@daybook/provider-port';
import { draft, FakeClock, FakeHttp } from '@daybook/testing/fakes';
import { createGoogleClient } from '../transport/google-client';
import { createGoogleWrites } from './google-writes';

const BASE = 'https://www.googleapis.com/calendar/v3';
const KEY = '0123456789abcdefghij';
const ID = `db${KEY}`;
const MARKER = { deployment: 'dep', meetingId: 'mtg_1' };
const OURS = { private: { daybookDeployment: 'dep', daybookMeeting: 'mtg_1' } };
const TIMED = draft(
  'Planning',
  { dateTime: '2026-11-25T09:00:00', timeZone: 'Europe/Berlin' },
  { dateTime: '2026-11-25T10:00:00', timeZone: 'Europe/Berlin' },
);
const EVENT = {
  id: ID,
  etag: '"7"',
  summary: 'Planning',
  start: { dateTime: '2026-11-25T09:00:00+01:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-11-25T10:00:00+01:00', timeZone: 'Europe/Berlin' },
  extendedProperties: OURS,
};

const where = { calendarRemoteId: 'ada@x.org', timeZone: 'Europe/Berlin' };
const creation = { ...where, key: KEY, draft: TIMED, marker: MARKER, notify: false };
const target = { type: 'item', remoteId: 'e1' } as const;
const update = { ...where, target, ifVersion: '"6"', draft: TIMED, fields: ['title'], notify: true } as const;
const occurrence = {
  type: 'occurrence',
  seriesRemoteId: 's1',
  originalStart: { instant: Date.UTC(2026, 10, 25, 8) },
} as const;

function setUp(): { http: FakeHttp; subject: CalendarWrites } {
  const http = new FakeHttp();
  const client = createGoogleClient(http, new FakeClock(), BASE);
  return { http, subject: createGoogleWrites(client, { token: 'at' }) };
}

const refusal = (status: number, reason: string) => ({
  status,
  body: { error: { code: status, errors: [{ reason }] } },
});

/** Method, path and what matters of the query. */
function shown(http: FakeHttp): unknown[] {
  return http.requests.map(({ method, url }) => {
    const { pathname, searchParams } = new URL(url);
    return [method, pathname.slice('/calendar/v3'.length), searchParams.get('sendUpdates')];
  });
}

function bodyOf({ body }: { readonly body?: string | Buffer }): unknown {
  return JSON.parse(String(body));
}

describe('creating a Google event', () => {
  it('posts it under an id of ours and reads the answer like a listing', async () => {
    const { http, subject } = setUp();
    http.answer({ body: EVENT });
    const made = await subject.create(creation);
    expect(made).toMatchObject({ kind: 'single', remoteId: ID, version: '"7"', marker: MARKER });
    expect(subject.remoteIdOf?.(KEY)).toBe(ID);
    expect(shown(http)).toEqual([['POST', '/calendars/ada%40x.org/events', 'none']]);
    expect(bodyOf(http.lastRequest)).toMatchObject({ id: ID, summary: 'Planning', extendedProperties: OURS });
    expect(http.lastRequest.headers).not.toHaveProperty('if-match');
  });

  it('mails guests when asked', async () => {
    const { http, subject } = setUp();
    http.answer({ body: EVENT });
    await subject.create({ ...creation, notify: true });
    expect(shown(http)).toEqual([['POST', '/calendars/ada%40x.org/events', 'all']]);
  });

  it('adopts what an earlier attempt has made', async () => {
    const { http, subject } = setUp();
    http.answer(refusal(409, 'duplicate')).answer({ body: EVENT });
    expect(await subject.create(creation)).toMatchObject({ remoteId: ID, version: '"7"' });
    expect(shown(http)).toEqual([
      ['POST', '/calendars/ada%40x.org/events', 'none'],
      ['GET', `/calendars/ada%40x.org/events/${ID}`, null],
    ]);
  });

  it.each([
    ['was deleted', { body: { id: ID, status: 'cancelled' } }],
    ['is found no more', refusal(404, 'notFound')],
    ['is without a marker', { body: { ...EVENT, extendedProperties: undefined } }],
    [
      "is another meeting's",
      { body: { ...EVENT, extendedProperties: { private: { ...OURS.private, daybookMeeting: 'mtg_2' } } } },
    ],
  ])('is refused where what has the id %s', async (_what, answer) => {
    const { http, subject } = setUp();
    http.answer(refusal(409, 'duplicate')).answer(answer);
    await expect(subject.create(creation)).rejects.toMatchObject({ name: 'ProviderError', kind: 'Rejected' });
  });

  it('does not know whether it was made when no answer came, nor when the look at it fails', async () => {
    const { http, subject } = setUp();
    http.fail('timeout');
    await expect(subject.create(creation)).rejects.toMatchObject({ kind: 'Unavailable' });
    http.answer(refusal(409, 'duplicate')).fail('network');
    await expect(subject.create(creation)).rejects.toMatchObject({ kind: 'Unavailable' });
  });
});

describe('changing a Google event', () => {
  it('patches what is named, in the version it was made for', async () => {
    const { http, subject } = setUp();
    http.answer({ body: { ...EVENT, id: 'e1' } });
    expect(await subject.update(update)).toMatchObject({ remoteId: 'e1', version: '"7"' });
    expect(shown(http)).toEqual([['PATCH', '/calendars/ada%40x.org/events/e1', 'all']]);
    expect(bodyOf(http.lastRequest)).toEqual({ summary: 'Planning' });
    expect(http.lastRequest.headers).toMatchObject({ 'if-match': '"6"', 'content-type': 'application/json' });
  });

  it('names an occurrence by its series and its original start, and gives it no rule', async () => {
    const { http, subject } = setUp();
    const instance = { ...EVENT, id: 's1_20261125T080000Z', recurringEventId: 's1' };
    http.answer({ body: instance });
    const changed = await subject.update({ ...update, target: occurrence, fields: ['time'] });
    expect(changed).toMatchObject({ kind: 'exception', originalStart: occurrence.originalStart });
    expect(shown(http)).toEqual([['PATCH', '/calendars/ada%40x.org/events/s1_20261125T080000Z', 'all']]);
    expect(bodyOf(http.lastRequest)).not.toHaveProperty('recurrence');
  });

  it('looks at the guests before it replaces them', async () => {
    const { http, subject } = setUp();
    const attendees = [{ name: '', email: 'ben@x.org', response: 'accepted', role: 'required' }] as const;
    http.answer({ body: { attendees: [{ email: 'ben@x.org', comment: 'Late' }] } }).answer({ body: EVENT });
    await subject.update({ ...update, draft: { ...TIMED, attendees }, fields: ['attendees'] });
    expect(shown(http).map((request) => [request].flat()[0])).toEqual(['GET', 'PATCH']);
    expect(bodyOf(http.lastRequest)).toEqual({
      attendees: [{ email: 'ben@x.org', comment: 'Late', responseStatus: 'accepted' }],
    });
  });

  it('never writes a guest list it has not seen whole', async () => {
    const { http, subject } = setUp();
    http.answer({ body: { attendeesOmitted: true, attendees: [{ email: 'ada@x.org', self: true }] } });
    await expect(subject.update({ ...update, fields: ['attendees'] })).rejects.toMatchObject({ kind: 'Rejected' });
    expect(http.requests).toHaveLength(1);
  });

  it.each([
    [412, 'conditionNotMet', 'VersionConflict'],
    [404, 'notFound', 'Gone'],
    [410, 'deleted', 'Gone'],
    [410, 'fullSyncRequired', 'Gone'],
    [403, 'forbiddenForNonOrganizer', 'Rejected'],
    [403, 'requiredAccessLevel', 'Rejected'],
    [403, 'insufficientPermissions', 'PermissionMissing'],
    [403, 'rateLimitExceeded', 'Throttled'],
    [403, 'accessNotConfigured', 'Unknown'],
    [400, 'invalid', 'Rejected'],
    [400, 'timeRangeEmpty', 'Rejected'],
    [401, 'authError', 'AccessExpired'],
    [503, 'backendError', 'Unavailable'],
  ])('says of %i %s that it is %s', async (status, reason, kind) => {
    const { http, subject } = setUp();
    http.answer(refusal(status, reason)).answer(refusal(status, reason));
    await expect(subject.update(update)).rejects.toMatchObject({ kind });
    await expect(subject.remove({ ...where, target, ifVersion: null, notify: false })).rejects.toMatchObject({ kind });
  });

  it.each([
    ['cannot be read', { ...EVENT, start: { dateTime: 'soon' } }, 'Unreadable'],
    ['is no event', [1], 'Unreadable'],
    ['is removed meanwhile', { id: 'e1', status: 'cancelled' }, 'Gone'],
    ['is not JSON', '<html>', 'Unavailable'],
  ])('says so when the answer %s', async (_what, body, kind) => {
    const { http, subject } = setUp();
    http.answer({ body });
    await expect(subject.update(update)).rejects.toMatchObject({ name: 'ProviderError', kind });
  });
});

describe('removing and reading a Google event', () => {
  it('deletes an item in a version, or an occurrence whatever it is', async () => {
    const { http, subject } = setUp();
    http.answer({ status: 204 }).answer({ status: 204 });
    await subject.remove({ ...where, target, ifVersion: '"6"', notify: true });
    expect(http.lastRequest.headers).toMatchObject({ 'if-match': '"6"' });
    await subject.remove({ ...where, target: occurrence, ifVersion: null, notify: false });
    expect(http.lastRequest.headers).not.toHaveProperty('if-match');
    expect(http.lastRequest.body).toBeUndefined();
    expect(shown(http)).toEqual([
      ['DELETE', '/calendars/ada%40x.org/events/e1', 'all'],
      ['DELETE', '/calendars/ada%40x.org/events/s1_20261125T080000Z', 'none'],
    ]);
  });

  it('reads by name, by place in a series, by date and by key', async () => {
    const { http, subject } = setUp();
    const allDay = { ...occurrence, originalStart: { date: '2026-11-25' } } as const;
    for (let times = 0; times < 4; times += 1) http.answer({ body: EVENT });
    await subject.read({ ...where, target });
    await subject.read({ ...where, target: occurrence });
    await subject.read({ ...where, target: allDay });
    expect(await subject.made({ ...where, key: KEY })).toMatchObject({ remoteId: ID });
    expect(http.requests.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual([
      'e1',
      's1_20261125T080000Z',
      's1_20261125',
      ID,
    ]);
  });

  it.each([
    ['nothing', refusal(404, 'notFound')],
    ['a deleted event', { body: { id: 'e1', status: 'cancelled' } }],
    ['a cancelled occurrence', { body: { id: 's1_20261125', status: 'cancelled', recurringEventId: 's1' } }],
    ['what is no meeting', { body: { ...EVENT, eventType: 'workingLocation' } }],
  ])('finds nothing in %s', async (_what, answer) => {
    const { http, subject } = setUp();
    http.answer(answer).answer(answer);
    expect(await subject.read({ ...where, target })).toBeNull();
    expect(await subject.made({ ...where, key: KEY })).toBeNull();
  });

  it('does not take an outage for nothing', async () => {
    const { http, subject } = setUp();
    http.answer(refusal(503, 'backendError')).answer({ body: { ...EVENT, etag: undefined } });
    await expect(subject.read({ ...where, target })).rejects.toMatchObject({ kind: 'Unavailable' });
    await expect(subject.read({ ...where, target })).rejects.toMatchObject({ kind: 'Unreadable' });
  });

  it('sends the token to its own address only, whatever an item is called', async () => {
    const { http, subject } = setUp();
    http.answer({ status: 204 });
    const evil = { type: 'item', remoteId: '../../evil?x=@host/#' } as const;
    await subject.remove({ ...where, target: evil, ifVersion: null, notify: false });
    expect(http.lastRequest.url.startsWith(`${BASE}/calendars/ada%40x.org/events/`)).toBe(true);
    expect(new URL(http.lastRequest.url).searchParams.has('x')).toBe(false);
  });
});
