import { ADA, BEN, codeOf, GraphBench, timed } from './testing/graph-bench';

describe('access', () => {
  let subject: GraphBench;

  beforeEach(async () => {
    subject = await GraphBench.start();
  });
  afterEach(() => subject.close());

  it('needs a token that can be read', async () => {
    const none = await fetch(`${subject.baseUrl}/v1.0/me`);
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toContain('Bearer');
    const odd = await subject.get('/me', { headers: { authorization: 'Bearer abc' } });
    expect(codeOf(odd)).toEqual([401, 'InvalidAuthenticationToken']);
    expect(odd.body.error?.['innerError']).toMatchObject({
      date: '2026-11-22T08:00:00',
      'request-id': odd.headers.get('request-id'),
    });
  });

  it('echoes the id a client gives its request', async () => {
    const { headers } = await subject.get('/me', { headers: { 'client-request-id': 'mine' } });
    expect(headers.get('client-request-id')).toBe('mine');
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['GET', '/me', ['Calendars.Read']],
    ['GET', '/me/events', ['User.Read']],
    ['POST', '/me/events', ['Calendars.Read']],
    ['GET', '/me/mailboxSettings', ['Calendars.ReadWrite']],
    ['GET', `/users/${BEN}/events`, ['Calendars.ReadWrite']],
    ['GET', '/me/calendar/calendarPermissions', ['Calendars.ReadBasic']],
  ])('refuses %s %s with %p only', async (verb, path, scopes) => {
    const answer = await subject.call(verb, path, {
      scopes,
      ...(verb === 'POST' ? { body: timed('x', '2026-12-01') } : {}),
    });
    expect(codeOf(answer)).toEqual([403, 'ErrorAccessDenied']);
  });

  it('knows permissions by their short and their long name', async () => {
    const scopes = ['https://graph.microsoft.com/Calendars.Read'];
    expect((await subject.get('/me/events', { scopes })).status).toBe(200);
  });

  it('keeps bodies from who may only read the basics', async () => {
    await subject.create({ ...timed('Basic', '2026-12-01'), body: { contentType: 'text', content: 'secret' } });
    const { body } = await subject.get('/me/events', { scopes: ['Calendars.ReadBasic'] });
    expect(body.value?.[0]).toMatchObject({ subject: 'Basic' });
    expect(body.value?.[0]).not.toHaveProperty('body');
    expect(body.value?.[0]).not.toHaveProperty('bodyPreview');
  });

  it('lets an application into every mailbox of its tenant, and into none without a name', async () => {
    const app = { scopes: ['Calendars.ReadWrite'], appOnly: true };
    expect(codeOf(await subject.get('/me/events', app))).toEqual([400, 'BadRequest']);
    const made = await subject.call('POST', `/users/${BEN}/events`, { body: timed('By an app', '2026-12-01'), ...app });
    expect(made.body).toMatchObject({ organizer: { emailAddress: { address: BEN } } });
    expect((await subject.get(`/users/${BEN}/events`, app)).body.value).toHaveLength(1);
    expect((await subject.get(`/users/${ADA}/events`, app)).body.value).toHaveLength(0);
    subject.addMailbox('zoe@elsewhere.example', 9, '9188040d-6c67-4c5b-b112-36a304b66dad');
    const far = await subject.get('/users/zoe@elsewhere.example/events', app);
    expect(codeOf(far)).toEqual([404, 'Request_ResourceNotFound']);
  });

  it('takes JSON and nothing else for a body', async () => {
    const headers = { 'content-type': 'text/plain' };
    const plain = await subject.call('POST', '/me/events', { body: timed('x', '2026-12-01'), headers });
    expect(codeOf(plain)).toEqual([415, 'UnsupportedMediaType']);
    const broken = await fetch(`${subject.baseUrl}/v1.0/me/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${subject.token()}`, 'content-type': 'application/json' },
      body: '{"subject":',
    });
    expect(broken.status).toBe(400);
  });
});
