import { ADA, BEN, CALENDAR_SCOPE, reasonOf, TestSimulator, timed } from '../testing/start-simulator';

const EVENTS = 'calendars/primary/events';

describe('writing events', () => {
  let subject: TestSimulator;
  let ben: string;

  beforeEach(async () => {
    subject = await TestSimulator.start();
    ben = subject.control.issueToken(BEN, CALENDAR_SCOPE).accessToken;
  });
  afterEach(() => subject.close());

  const patch = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    subject.call('PATCH', `${EVENTS}/${id}`, { body, headers });

  it('keeps a deleted id taken', async () => {
    await subject.insert({ id: 'taken1', ...timed('Once', '2026-12-01') });
    expect(reasonOf(await subject.insert({ id: 'taken1', ...timed('Twice', '2026-12-01') }))).toEqual([
      409,
      'duplicate',
    ]);
    await subject.call('DELETE', `${EVENTS}/taken1`);
    expect(reasonOf(await subject.insert({ id: 'taken1', ...timed('Twice', '2026-12-01') }))).toEqual([
      409,
      'duplicate',
    ]);
    const revived = await patch('taken1', { status: 'confirmed' });
    expect(revived.body).toMatchObject({ status: 'confirmed', summary: 'Once' });
  });

  it('holds writers to the etag they name', async () => {
    const { body } = await subject.insert({ id: 'stamped', ...timed('One', '2026-12-01') });
    const changed = await patch('stamped', { summary: 'Two' }, { 'if-match': body.etag ?? '' });
    expect(changed.status).toBe(200);
    expect(changed.body.etag).not.toBe(body.etag);
    expect(reasonOf(await patch('stamped', { summary: 'Three' }, { 'if-match': body.etag ?? '' }))).toEqual([
      412,
      'conditionNotMet',
    ]);
    const removal = await subject.call('DELETE', `${EVENTS}/stamped`, { headers: { 'if-match': body.etag ?? '' } });
    expect(removal.status).toBe(412);
    expect((await patch('stamped', { summary: 'Three' }, { 'if-match': '*' })).status).toBe(200);
  });

  it('merges a patch and replaces by a put', async () => {
    await subject.insert({
      id: 'merge',
      ...timed('One', '2026-12-01'),
      location: 'Here',
      extendedProperties: { private: { a: '1', b: '2' } },
    });
    const patched = await patch('merge', { location: null, extendedProperties: { private: { b: null, c: '3' } } });
    expect(patched.body.location).toBeUndefined();
    expect(patched.body.extendedProperties).toEqual({ private: { a: '1', c: '3' } });
    expect((await patch('merge', { start: { date: '2026-12-01' }, end: { date: '2026-12-03' } })).status).toBe(400);
    const cleared = { dateTime: null, timeZone: null };
    const days = { start: { date: '2026-12-01', ...cleared }, end: { date: '2026-12-03', ...cleared } };
    const whole = await patch('merge', days);
    expect(whole.body.start).toEqual({ date: '2026-12-01' });
    const put = await subject.call('PUT', `${EVENTS}/merge`, { body: timed('Two', '2026-12-02') });
    expect(put.body).toMatchObject({ id: 'merge', summary: 'Two', created: patched.body.created });
    expect(put.body.extendedProperties).toBeUndefined();
  });

  it('tells old local times with an offset of whole minutes, at the same instant', async () => {
    const time = (hour: string) => ({ dateTime: `1960-01-01T${hour}:00:00`, timeZone: 'Africa/Monrovia' });
    const patchZone = { body: { timeZone: 'Africa/Monrovia' } };
    await subject.call('PATCH', 'calendars/primary', patchZone);
    const { body } = await subject.insert({ id: 'once1', start: time('09'), end: time('10') });
    // Liberia was 44 minutes and 30 seconds behind until 1972.
    expect(body.start?.dateTime).toBe('1960-01-01T09:00:30-00:44');
    expect(Date.parse(body.start?.dateTime ?? '')).toBe(Date.parse('1960-01-01T09:44:30Z'));
  });

  it('leaves `updated` alone when only reminders change', async () => {
    const { body } = await subject.insert({ id: 'remind', ...timed('One', '2026-12-01') });
    subject.control.setClock('2026-11-22T08:10:00Z');
    const quiet = await patch('remind', { reminders: { useDefault: false } });
    expect([quiet.body.updated, quiet.body.etag === body.etag]).toEqual([body.updated, false]);
    expect((await patch('remind', { summary: 'Two' })).body.updated).toBe('2026-11-22T08:10:00.000Z');
  });

  it.each([
    ['no end', { start: { date: '2026-12-01' } }],
    ['an end before the start', { start: { date: '2026-12-02' }, end: { date: '2026-12-01' } }],
    ['a date beside a time', { start: { date: '2026-12-02' }, end: { dateTime: '2026-12-02T10:00:00Z' } }],
    [
      'a time without zone or offset',
      { start: { dateTime: '2026-12-02T10:00:00' }, end: { dateTime: '2026-12-02T11:00:00' } },
    ],
    [
      'an unknown zone',
      { start: { dateTime: '2026-12-02T10:00:00', timeZone: 'Mars/Base' }, end: { date: '2026-12-03' } },
    ],
    ['an unknown field', { ...timed('x', '2026-12-01'), colour: 'red' }],
    ['a bad id', { ...timed('x', '2026-12-01'), id: 'WXYZ!' }],
    ['a wrong word', { ...timed('x', '2026-12-01'), visibility: 'secret' }],
    [
      'too many reminders',
      { ...timed('x', '2026-12-01'), reminders: { overrides: Array(6).fill({ method: 'popup', minutes: 1 }) } },
    ],
    ['a long property', { ...timed('x', '2026-12-01'), extendedProperties: { private: { a: 'x'.repeat(1025) } } }],
  ])('refuses %s', async (_what, event) => {
    expect((await subject.insert(event)).status).toBe(400);
    expect(subject.control.events(ADA)).toEqual([]);
  });

  it('puts an invitation into the calendar of a guest and brings the answer back', async () => {
    const guests = { attendees: [{ email: BEN }, { email: 'eve@elsewhere.example' }] };
    await subject.insert({ id: 'invited', ...timed('Together', '2026-12-01'), ...guests }, { sendUpdates: 'all' });
    const copy = await subject.call('GET', `${EVENTS}/invited`, { token: ben });
    expect(copy.body).toMatchObject({ organizer: { email: ADA }, iCalUID: 'invited@google.com' });
    expect(copy.body.organizer?.self).toBeUndefined();
    const renamed = await subject.call('PATCH', `${EVENTS}/invited`, { token: ben, body: { summary: 'Mine' } });
    expect(reasonOf(renamed)).toEqual([403, 'forbiddenForNonOrganizer']);
    await subject.call('PATCH', `${EVENTS}/invited?sendUpdates=all`, {
      token: ben,
      body: { attendees: [{ email: BEN, responseStatus: 'accepted' }] },
    });
    expect(subject.control.event(ADA, 'invited')?.attendees?.[0]?.responseStatus).toBe('accepted');
    await subject.call('DELETE', `${EVENTS}/invited?sendUpdates=externalOnly`);
    expect(subject.control.event(BEN, 'invited')?.status).toBe('cancelled');
    expect(subject.control.ledger(ADA).mails.map(({ to, subject: title }) => [to, title])).toEqual([
      [BEN, 'Invitation: Together'],
      ['eve@elsewhere.example', 'Invitation: Together'],
      ['eve@elsewhere.example', 'Canceled event: Together'],
    ]);
    expect(subject.control.ledger(BEN).mails).toMatchObject([{ to: ADA, subject: 'Accepted: Together' }]);
  });

  it('imports an event of somebody else once', async () => {
    const foreign = {
      ...timed('Theirs', '2026-12-01'),
      iCalUID: 'abc@elsewhere.example',
      organizer: { email: 'eve@elsewhere.example' },
    };
    const first = await subject.call('POST', `${EVENTS}/import`, { body: foreign });
    const second = await subject.call('POST', `${EVENTS}/import`, { body: { ...foreign, summary: 'Theirs, moved' } });
    expect(second.body.id).toBe(first.body.id);
    expect(subject.control.events(ADA)).toMatchObject([
      { summary: 'Theirs, moved', organizer: { email: 'eve@elsewhere.example' } },
    ]);
    expect((await subject.call('POST', `${EVENTS}/import`, { body: timed('x', '2026-12-01') })).status).toBe(400);
  });

  it('moves an event to another calendar and leaves a cancelled ghost', async () => {
    const other = subject.control.createCalendar(ADA, { summary: 'Projects' });
    await subject.insert({ id: 'mover', ...timed('On the move', '2026-12-01') });
    const moved = await subject.call('POST', `${EVENTS}/mover/move?destination=${encodeURIComponent(other)}`);
    expect(moved.body).toMatchObject({ id: 'mover', status: 'confirmed', organizer: { email: other, self: true } });
    expect(subject.control.event(ADA, 'mover')?.status).toBe('cancelled');
    expect((await subject.call('POST', `${EVENTS}/mover/move`)).status).toBe(400);
  });

  it('makes a conference only for those who speak of conferences', async () => {
    const wish = {
      conferenceData: { createRequest: { requestId: 'r1', conferenceSolutionKey: { type: 'hangoutsMeet' } } },
    };
    const without = await subject.insert({ ...timed('No', '2026-12-01'), ...wish });
    expect(without.body.conferenceData).toBeUndefined();
    const made = await subject.insert({ ...timed('Yes', '2026-12-01'), ...wish }, { conferenceDataVersion: '1' });
    expect(made.body.hangoutLink).toMatch(/^https:\/\/meet\.google\.com\//);
  });

  it('tells busy times, joined, without what is transparent', async () => {
    await subject.insert(timed('One', '2026-12-01', '09'));
    await subject.insert({
      ...timed('Two', '2026-12-01', '09'),
      end: { dateTime: '2026-12-01T10:00:00', timeZone: 'Europe/Vienna' },
    });
    await subject.insert({ ...timed('Free', '2026-12-01', '14'), transparency: 'transparent' });
    await subject.insert({ ...timed('Daily', '2026-11-30', '16'), recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] });
    const { body } = await subject.call('POST', 'freeBusy', {
      body: {
        timeMin: '2026-12-01T00:00:00Z',
        timeMax: '2026-12-02T00:00:00Z',
        items: [{ id: ADA }, { id: 'nobody@example.com' }],
      },
    });
    expect(body).toMatchObject({
      kind: 'calendar#freeBusy',
      calendars: {
        [ADA]: {
          busy: [
            { start: '2026-12-01T08:00:00Z', end: '2026-12-01T09:00:00Z' },
            { start: '2026-12-01T15:00:00Z', end: '2026-12-01T15:30:00Z' },
          ],
        },
        'nobody@example.com': { errors: [{ domain: 'global', reason: 'notFound' }] },
      },
    });
  });

  it('checks sign-in, scope, method and calendar in this order', async () => {
    const bare = await fetch(`${subject.running.baseUrl}/calendar/v3/${EVENTS}`);
    expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')]);
    const dead = await subject.call('GET', EVENTS, { token: 'ya29.dead' });
    expect([...reasonOf(dead), dead.headers.get('www-authenticate')]).toEqual([
      401,
      'authError',
      expect.stringContaining('invalid_token'),
    ]);
    const reader = subject.control.issueToken(ADA, `${CALENDAR_SCOPE}.events.readonly`).accessToken;
    expect((await subject.call('GET', EVENTS, { token: reader })).status).toBe(200);
    expect(reasonOf(await subject.call('POST', EVENTS, { token: reader, body: timed('x', '2026-12-01') }))).toEqual([
      403,
      'insufficientPermissions',
    ]);
    expect((await subject.call('GET', 'users/me/calendarList', { token: reader })).status).toBe(403);
    expect(reasonOf(await subject.call('GET', `calendars/${encodeURIComponent(BEN)}/events`))).toEqual([
      404,
      'notFound',
    ]);
    expect((await subject.call('GET', 'nothing/here')).status).toBe(404);
    expect((await subject.call('PUT', EVENTS, { body: {} })).status).toBe(405);
  });

  it('refuses a body over ten megabytes, and is heard', async () => {
    expect(reasonOf(await subject.insert({ summary: 'x'.repeat(20_000_000) }))).toEqual([413, 'uploadTooLarge']);
    expect(subject.control.events(ADA)).toEqual([]);
  });

  it('answers the small methods', async () => {
    for (const path of [
      'users/me/calendarList',
      `users/me/calendarList/${ADA}`,
      'calendars/primary',
      'colors',
      'users/me/settings',
      'users/me/settings/timezone',
    ]) {
      expect([path, (await subject.call('GET', path)).status]).toEqual([path, 200]);
    }
    const made = await subject.call('POST', 'calendars', { body: { summary: 'Club' } });
    expect(made.status).toBe(200);
    const hidden = await subject.call('PATCH', `users/me/calendarList/${encodeURIComponent(made.body.id ?? '')}`, {
      body: { hidden: true },
    });
    expect(hidden.status).toBe(200);
    expect((await subject.call('GET', 'users/me/calendarList')).body.items).toHaveLength(1);
    expect((await subject.call('DELETE', `calendars/${encodeURIComponent(made.body.id ?? '')}`)).status).toBe(204);
  });
});
