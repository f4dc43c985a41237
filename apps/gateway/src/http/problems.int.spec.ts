import {
  authConnectionConnect,
  authConnectionGet,
  authConnectionList,
  calendarCalendarChange,
  calendarMeetingList,
  connectBodySchema,
  connectedSchema,
  fail,
  parseBody,
  problemCatalog,
  problemSchema,
} from '@daybook/contracts';
import { connection } from '../testing/samples';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

describe('what the gateway answers when something is wrong', () => {
  let subject: GatewayUnderTest;
  let headers: Record<string, string>;

  beforeAll(async () => {
    subject = await startGateway();
    headers = { ...(await subject.signedIn()), 'content-type': 'application/json' };
  });
  afterAll(() => subject.stop());

  async function problemOf(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS',
    url: string,
    more = {},
    payload?: string | Buffer,
  ) {
    const response = await subject.app.inject({
      method,
      url,
      headers: { ...headers, ...more },
      ...(payload === undefined ? {} : { payload }),
    });
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = problemSchema.parse(response.json());
    expect(problem.status).toBe(response.statusCode);
    expect(problem.correlationId).toBe(response.headers['x-correlation-id']);
    expect(Object.keys(problemCatalog)).toContain(problem.code);
    expect(response.body).not.toMatch(/node_modules|at .*\.ts|FST_|Nest|fastify/);
    return { ...problem, headers: response.headers };
  }

  it('is a problem for addresses that do not exist, whatever they look like', async () => {
    const urls = [
      '/v1/nope',
      '/v1',
      '/v1/meetings/',
      '/nope',
      '/v1/connections/%00',
      '/v1/connections/..%2f..%2fetc',
      '/v1/contacts',
    ];
    for (const url of urls) {
      expect(await problemOf('GET', url)).toMatchObject({ code: 'not_found' });
    }
    expect(await problemOf('GET', '/v1/%zz')).toMatchObject({ code: 'bad_request' });
    expect(await problemOf('GET', `/v1/connections/${'a'.repeat(500)}`)).toMatchObject({ status: expect.any(Number) });
  });

  it('names the methods an address does take', async () => {
    const refused = await problemOf('DELETE', '/v1/connections');
    expect(refused).toMatchObject({ code: 'method_not_allowed', headers: { allow: 'GET, POST' } });
    expect(await problemOf('OPTIONS', '/v1/meetings/mtg_1')).toMatchObject({ code: 'method_not_allowed' });
  });

  it('keeps a sane correlation id on its way through, and replaces any other', async () => {
    subject.services.answer(authConnectionGet, () => {
      throw fail('not_found');
    });
    const kept = await problemOf('GET', '/v1/connections/con_1', { 'x-correlation-id': 'abc-123.def' });
    expect(kept.correlationId).toBe('abc-123.def');
    expect(subject.services.callsOf(authConnectionGet).at(-1)?.correlationId).toBe('abc-123.def');
    for (const insane of ['x', 'a b c d e f g h', '<script>alert(1)</script>', 'a'.repeat(500)]) {
      const replaced = await problemOf('GET', '/v1/connections/con_1', { 'x-correlation-id': insane });
      expect(replaced.correlationId).toMatch(/^[\w-]{36}$/);
    }
  });

  it('is 503 at once when a service is away, and says when to come back', async () => {
    const away = await problemOf('GET', '/v1/services');
    expect(away).toMatchObject({ code: 'service_unavailable', blame: 'us', headers: { 'retry-after': '5' } });
  });

  it('says nothing about a fault of ours, but logs it under the same id', async () => {
    subject.services.answer(authConnectionList, () => ({ items: 'not what the contract says' }));
    const fault = await problemOf('GET', '/v1/connections');
    expect(fault).toMatchObject({ code: 'internal_error', detail: problemCatalog.internal_error.detail });
    expect(subject.logged.some((line) => line.includes(fault.correlationId) && line.includes('"error"'))).toBe(true);
  });

  it('hands on what a service says, with its fields and pauses', async () => {
    subject.services.answer(calendarMeetingList, () => {
      throw fail('invalid_query', undefined, {
        fields: [{ field: 'limit', code: 'invalid', detail: 'Too big' }],
        retryAfter: 7,
      });
    });
    const refused = await problemOf('GET', '/v1/meetings?limit=9999&limit=2');
    expect(refused).toMatchObject({
      code: 'invalid_query',
      fields: [{ field: 'limit', code: 'invalid', detail: 'Too big' }],
      headers: { 'retry-after': '7' },
    });
    expect(subject.services.callsOf(calendarMeetingList).at(-1)?.input).toMatchObject({
      query: { limit: ['9999', '2'] },
    });
  });

  it.each([
    ['nothing', ''],
    ['broken JSON', '{"service":'],
    ['wrong UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['nesting without end', '['.repeat(100_000)],
    ['a key into the prototype', '{"__proto__": {"role": "administrator"}}'],
  ])('carries %s to the service, which judges bodies after ownership', async (_what, payload) => {
    subject.services.answer(authConnectionConnect, (input) => {
      const type: unknown = Reflect.get(Object(Reflect.get(Object(input), 'body')), 'type');
      throw fail(type === 'malformed' || type === 'none' ? 'malformed_json' : 'internal_error');
    });
    expect(await problemOf('POST', '/v1/connections', {}, payload)).toMatchObject({ code: 'malformed_json' });
  });

  it.each([
    [{ 'content-type': 'text/plain' }, 'unsupported_media_type'],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 'unsupported_media_type'],
    [{ 'content-type': 'application/jsonp' }, 'unsupported_media_type'],
    [{ 'idempotency-key': '' }, 'bad_request'],
    [{ 'idempotency-key': 'a b' }, 'bad_request'],
    [{ 'idempotency-key': 'k'.repeat(256) }, 'bad_request'],
  ])('carries headers that do not fit to the service with the body: %j is %s', async (more, code) => {
    subject.services.answer(authConnectionConnect, (input) => {
      parseBody(connectBodySchema, authConnectionConnect.input.parse(input).body);
      throw fail('internal_error');
    });
    expect(await problemOf('POST', '/v1/connections', more, '{}')).toMatchObject({ code });
  });

  it.each([
    ['v7', 'v7'],
    ['"v7"', 'v7'],
    ['W/"v7"', 'v7'],
    ['*', '*'],
  ])('reads If-Match %s as %s', async (given, read) => {
    subject.services.answer(calendarCalendarChange, () => {
      throw fail('version_conflict', undefined, { currentVersion: 'v8' });
    });
    const stale = await problemOf('PATCH', '/v1/calendars/cal_1', { 'if-match': given }, '{"selected":true}');
    expect(stale).toMatchObject({ code: 'version_conflict', currentVersion: 'v8' });
    expect(subject.services.callsOf(calendarCalendarChange).at(-1)?.input).toMatchObject({ ifMatch: read });
  });

  it('leaves an If-Match that is no version to the service, where it matches none', async () => {
    subject.services.answer(calendarCalendarChange, () => {
      throw fail('not_found');
    });
    for (const given of ['""', '"a", "b"', 'x'.repeat(300)]) {
      const stale = await problemOf('PATCH', '/v1/calendars/cal_1', { 'if-match': given }, '{}');
      expect(stale).toMatchObject({ code: 'not_found' });
      expect(subject.services.callsOf(calendarCalendarChange).at(-1)?.input).toMatchObject({ ifMatch: given });
    }
  });

  it('gives single items with their version as ETag', async () => {
    subject.services.answer(authConnectionGet, () => connection);
    const response = await subject.app.inject({ method: 'GET', url: '/v1/connections/con_one', headers });
    expect(response.headers.etag).toBe('"v7"');
    subject.services.answer(authConnectionConnect, () => ({
      connection,
      authorizeUrl: 'http://x/v1/oauth/google/start?ticket=t',
    }));
    const created = await subject.app.inject({ method: 'POST', url: '/v1/connections', headers, payload: '{"a":1}' });
    expect(created.statusCode).toBe(201);
    expect(connectedSchema.parse(created.json()).connection.id).toBe('con_one');
  });

  it('hands lists on byte for byte', async () => {
    const text = '{"items":[ ],"next":null,"extra":"ä"}';
    subject.services.answer(calendarMeetingList, () => JSON.parse(text));
    const response = await subject.app.inject({ method: 'GET', url: '/v1/meetings', headers });
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual(JSON.parse(text));
  });

  it('limits each person by themselves', async () => {
    const own = await startGateway({ env: { RATE_PERSON_PER_MINUTE: '2' }, now: () => new Date(1_800_000_000_000) });
    own.services.answer(authConnectionList, () => ({ items: [], next: null }));
    const ada = await own.signedIn();
    const ben = await own.signedIn({ userId: 'usr_ben' });
    const get = async (as: Record<string, string>) =>
      (await own.app.inject({ method: 'GET', url: '/v1/connections', headers: as })).statusCode;
    expect([await get(ada), await get(ada), await get(ada), await get(ben)]).toEqual([200, 200, 429, 200]);
    await own.stop();
  });
});
