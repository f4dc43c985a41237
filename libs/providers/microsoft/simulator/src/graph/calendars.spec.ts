import { ADA, BEN, CLEO, codeOf, GraphBench, timed } from './testing/graph-bench';

describe('calendars', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  it('are listed with the default one, made, renamed and removed', async () => {
    const { body } = await subject.get('/me/calendars');
    expect(body.value).toMatchObject([
      {
        name: 'Calendar',
        isDefaultCalendar: true,
        canEdit: true,
        canShare: true,
        isRemovable: false,
        owner: { address: ADA },
      },
    ]);
    const made = await subject.call('POST', '/me/calendars', { body: { name: 'Side' } });
    expect(made).toMatchObject({ status: 201, body: { name: 'Side', isDefaultCalendar: false, isRemovable: true } });
    const path = `/me/calendars/${made.body.id}`;
    const renamed = await subject.call('PATCH', path, { body: { name: 'Aside', color: 'lightRed' } });
    expect(renamed.body).toMatchObject({ id: made.body.id, name: 'Aside', color: 'lightRed' });
    expect((await subject.get("/me/calendars?$filter=name eq 'Aside'&$select=name")).body.value).toEqual([
      { id: made.body.id, name: 'Aside' },
    ]);
    await subject.call('POST', `${path}/events`, { body: timed('Inside', '2026-12-01') });
    expect((await subject.get(`${path}/events`)).body.value).toHaveLength(1);
    expect((await subject.get('/me/events')).body.value).toHaveLength(0);
    expect((await subject.call('DELETE', path)).status).toBe(204);
    expect(codeOf(await subject.get(path))).toEqual([404, 'ErrorItemNotFound']);
  });

  it('have names that differ, and the default one stays', async () => {
    const taken = await subject.call('POST', '/me/calendars', { body: { name: 'Calendar' } });
    expect(codeOf(taken)).toEqual([409, 'ErrorFolderExists']);
    expect(codeOf(await subject.call('DELETE', '/me/calendar'))).toEqual([400, 'ErrorDeleteDistinguishedFolder']);
    expect(codeOf(await subject.get('/me/calendars/xyz'))).toEqual([400, 'ErrorInvalidIdMalformed']);
    expect(codeOf(await subject.get('/me/calendars?$select=title'))).toEqual([400, 'BadRequest']);
  });

  it('lie in groups', async () => {
    const { body } = await subject.get('/me/calendarGroups');
    expect(body.value?.map((one) => one['name'])).toEqual(['My Calendars', 'Other Calendars', "People's Calendars"]);
    const [mine, others] = body.value ?? [];
    const made = await subject.call('POST', `/me/calendarGroups/${others?.['id']}/calendars`, {
      body: { name: 'There' },
    });
    expect(made.status).toBe(201);
    const names = async (group: unknown): Promise<unknown[] | undefined> =>
      (await subject.get(`/me/calendarGroups/${group}/calendars`)).body.value?.map((one) => one['name']);
    expect(await names(mine?.['id'])).toEqual(['Calendar']);
    expect(await names(others?.['id'])).toEqual(['There']);
    expect((await subject.get(`/me/calendarGroups/${mine?.['id']}`)).body['name']).toBe('My Calendars');
  });

  it('are shared: seen in the other’s list and through their owner', async () => {
    const { id } = await subject.create({ ...timed('Open', '2026-12-01'), location: { displayName: 'Room 1' } });
    await subject.create({ ...timed('Between us', '2026-12-02'), sensitivity: 'private' });
    const shared = subject.desk.share(ADA, BEN, 'read');
    const [, entry] = (await subject.get('/me/calendars', { as: BEN })).body.value ?? [];
    expect(entry).toMatchObject({
      id: shared,
      name: 'Ada Example',
      canEdit: false,
      canViewPrivateItems: false,
      owner: { address: ADA },
    });
    const { body } = await subject.get(`/me/calendars/${shared}/events`, { as: BEN });
    expect(body.value).toMatchObject([
      { id, subject: 'Open', location: { displayName: 'Room 1' } },
      { subject: '', sensitivity: 'private', location: { displayName: '' }, body: { content: '' } },
    ]);
    expect((await subject.get(`/users/${ADA}/events`, { as: BEN })).body.value).toEqual(body.value);
    expect((await subject.get(`/me/calendars/${shared}/events/${id}`, { as: BEN })).status).toBe(200);
    expect(codeOf(await subject.get(`/me/events/${id}`, { as: BEN }))).toEqual([404, 'ErrorItemNotFound']);
    const written = await subject.call('POST', `/me/calendars/${shared}/events`, {
      as: BEN,
      body: timed('x', '2026-12-01'),
    });
    expect(codeOf(written)).toEqual([403, 'ErrorAccessDenied']);
    const own = { as: BEN, scopes: ['Calendars.ReadWrite'] };
    expect((await subject.get('/me/calendars', own)).body.value).toHaveLength(2);
    expect(codeOf(await subject.get(`/me/calendars/${shared}/events`, own))).toEqual([403, 'ErrorAccessDenied']);
    expect(codeOf(await subject.get(`/users/${ADA}/events`, { as: CLEO }))).toEqual([403, 'ErrorAccessDenied']);
  });

  it('show of somebody’s busy times no more than that', async () => {
    await subject.create({ ...timed('Open', '2026-12-01'), location: { displayName: 'Room 1' } });
    const busy = subject.desk.share(ADA, BEN, 'freeBusyRead');
    expect((await subject.get(`/me/calendars/${busy}/events`, { as: BEN })).body.value).toMatchObject([
      { subject: 'Busy', showAs: 'busy', location: { displayName: '' } },
    ]);
    subject.desk.share(ADA, BEN, 'limitedRead');
    expect((await subject.get(`/me/calendars/${busy}/events`, { as: BEN })).body.value).toMatchObject([
      { subject: 'Open', location: { displayName: 'Room 1' }, attendees: [] },
    ]);
  });

  it('are written to by who may, on behalf of their owner', async () => {
    const shared = subject.desk.share(ADA, BEN, 'delegateWithPrivateEventAccess');
    const made = await subject.call('POST', `/me/calendars/${shared}/events`, {
      as: BEN,
      body: timed('For Ada', '2026-12-01'),
    });
    expect(made).toMatchObject({ status: 201, body: { organizer: { emailAddress: { address: ADA } } } });
    expect((await subject.get('/me/events')).body.value).toMatchObject([{ subject: 'For Ada' }]);
    expect((await subject.call('DELETE', `/me/calendars/${shared}`, { as: BEN })).status).toBe(204);
    expect((await subject.get('/me/calendars', { as: BEN })).body.value).toHaveLength(1);
    expect((await subject.get('/me/events')).body.value).toHaveLength(1);
  });

  it('tell whom they are shared with', async () => {
    subject.desk.share(ADA, BEN, 'write');
    const { body } = await subject.get('/me/calendar/calendarPermissions');
    expect(body.value).toMatchObject([
      { role: 'freeBusyRead', isRemovable: false, emailAddress: { name: 'My Organization' } },
      { role: 'write', isRemovable: true, emailAddress: { address: BEN } },
    ]);
    const one = await subject.get(`/me/calendar/calendarPermissions/${body.value?.[1]?.['id']}`);
    expect(one.body['role']).toBe('write');
  });
});
