import { createdApiKeySchema, listOf, policySchema, problemSchema } from '@daybook/contracts';
import { eventually, httpCall, Person, Stack, type HttpAnswer, type HttpOrder } from '@daybook/testing/stack';
import { z } from 'zod';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { guardedRoutes, nobodysIds, openRoutes, type Door, type GuardedRoute } from './every-route';
import { ownCalendar } from './own-calendar';

const withId = z.looseObject({ id: z.string() });
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

const OLD_CLIENT = { 'x-client': 'desktop/1.0 (linux)' };
const JSON_BODY = { 'content-type': 'application/json' };
/** Everything that stands behind ownership is wrong with it. */
const HOPELESS: HttpOrder = {
  body: '{"half',
  headers: { ...JSON_BODY, 'if-match': '"stale"', 'idempotency-key': 'with a space' },
};

/** Each request is wrong at one door and at every door behind it: the first one has to answer. */
describe('the doors of every route', () => {
  let stack: Stack;
  let ben: Person;
  let cleo: Person;
  let admin: Person;
  let serviceKey: z.infer<typeof createdApiKeySchema>;
  /** What is ben's own, by the start of the path it is asked under. */
  const own = new Map<string, string>();

  const having = (door: Door) => guardedRoutes.filter(({ doors }) => doors.includes(door));
  const rightPerson = ({ doors }: GuardedRoute) => (doors.includes('administrator') ? admin : ben);
  const ownId = ({ route }: GuardedRoute) => own.get(route.split('/')[2] ?? '') ?? '';
  /** One that may be changed as well: of meetings one that was scheduled here. */
  const changeableId = (route: GuardedRoute) =>
    route.route.includes(' /v1/meetings/') ? (own.get('scheduled') ?? '') : ownId(route);

  /** Asks a route, with an id where it takes one, and a body where its method may have one. */
  function ask(
    { route }: GuardedRoute,
    bearer: string,
    order: HttpOrder,
    id = nobodysIds[0] ?? '',
  ): Promise<HttpAnswer> {
    const [method = '', path = ''] = route.split(' ');
    const { body: _body, ...bare } = order;
    return httpCall(`${stack.addresses.gateway}${path.replace('{id}', encodeURIComponent(id))}`, {
      ...(method === 'GET' ? bare : order),
      method,
      headers: { ...order.headers, ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }) },
    });
  }

  async function codesOf(
    routes: readonly GuardedRoute[],
    one: (route: GuardedRoute) => Promise<HttpAnswer>,
  ): Promise<string[]> {
    const codes: string[] = [];
    for (const route of routes) {
      const { status, json } = await one(route);
      codes.push(`${route.route}: ${status} ${problemSchema.safeParse(json).data?.code ?? 'ok'}`);
    }
    return codes;
  }
  const all = (routes: readonly GuardedRoute[], answer: string) => routes.map(({ route }) => `${route}: ${answer}`);

  async function switchTo(enabled: boolean): Promise<void> {
    const policy = await admin.get('/v1/admin/policy', policySchema);
    await admin.expecting(200, policySchema, '/v1/admin/policy', { method: 'PUT', json: { ...policy, enabled } });
    await eventually(async () => expect((await ben.call('/v1/calendars')).status).toBe(enabled ? 200 : 403));
  }

  beforeAll(async () => {
    stack = await Stack.shared();
    const [gateway] = [stack.addresses.gateway];
    ben = await Person.signIn(gateway, 'ben@example.com');
    cleo = await Person.signIn(gateway, 'cleo@example.com');
    admin = await Person.signIn(gateway, 'admin@example.com');
    const json = { name: 'The phone system', scopes: ['phone:write'] };
    serviceKey = await admin.expecting(201, createdApiKeySchema, '/v1/admin/api-keys', { method: 'POST', json });
    const mailbox = await newMailbox(stack, 'doors');
    await mailbox.importIcs(ownCalendar());
    own.set('connections', await connectMailbox(ben, mailbox));
    const [calendar] = (await ben.get('/v1/calendars', listOf(withId))).items;
    const [meeting] = await ben.meetings();
    own.set('calendars', calendar?.id ?? '');
    own.set('meetings', meeting?.id ?? '');
    const time = (hour: number) => ({ dateTime: `2031-05-05T0${hour}:00:00`, timeZone: 'Europe/Berlin' });
    const wish = { topic: 'At the doors', start: time(8), end: time(9) };
    const scheduled = await ben.expecting(201, withId, '/v1/meetings', { method: 'POST', json: wish });
    own.set('scheduled', scheduled.id);
    await switchTo(false);
  });
  afterAll(async () => {
    await switchTo(true);
    await admin.call(`/v1/admin/api-keys/${serviceKey.id}`, { method: 'DELETE' });
    await ben.call(`/v1/meetings/${own.get('scheduled')}`, { method: 'DELETE' });
    await deleteConnections(ben);
  });

  it('are told of here for each route that is described, and no other', async () => {
    const { paths } = documentSchema.parse((await httpCall(`${stack.addresses.gateway}/openapi.json`)).json);
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...guardedRoutes.map(({ route }) => route), ...openRoutes].sort()).toEqual(described.sort());
  });

  describe('with the integration switched off', () => {
    it('ask first who one is', async () => {
      const order = { ...HOPELESS, headers: { ...HOPELESS.headers, ...OLD_CLIENT } };
      const codes = await codesOf(guardedRoutes, (route) => ask(route, '', order));
      expect(codes).toEqual(all(guardedRoutes, '401 unauthenticated'));
    });

    it('then how old the client is, whoever it is for', async () => {
      const order = { ...HOPELESS, headers: { ...HOPELESS.headers, ...OLD_CLIENT } };
      for (const bearer of [serviceKey.key, cleo.accessToken]) {
        const codes = await codesOf(guardedRoutes, (route) => ask(route, bearer, order));
        expect(codes).toEqual(all(guardedRoutes, '426 client_too_old'));
      }
    });

    it('then whether it is for them', async () => {
      const strange = await codesOf(guardedRoutes, (route) => ask(route, serviceKey.key, HOPELESS));
      expect(strange).toEqual(all(guardedRoutes, '403 forbidden'));
      const forAdministrators = having('administrator');
      const members = await codesOf(forAdministrators, (route) => ask(route, cleo.accessToken, HOPELESS));
      expect(members).toEqual(all(forAdministrators, '403 forbidden'));
    });

    it('says that the integration is off before it says whether anything is there', async () => {
      const closed = having('integration');
      for (const id of nobodysIds) {
        const codes = await codesOf(closed, (route) => ask(route, ben.accessToken, HOPELESS, id));
        expect(codes).toEqual(all(closed, '403 integration_disabled'));
      }
      for (const person of [ben, cleo]) {
        const codes = await codesOf(closed, (route) => ask(route, person.accessToken, HOPELESS, ownId(route)));
        expect(codes).toEqual(all(closed, '403 integration_disabled'));
      }
    });

    it('stay open where nothing of a provider is read', async () => {
      const lists = guardedRoutes.filter(
        ({ route, doors }) =>
          route.startsWith('GET') && !route.endsWith('/stream') && !/integration|ownership/.test(doors.join()),
      );
      const codes = await codesOf(lists, (route) => ask(route, rightPerson(route).accessToken, HOPELESS));
      expect(codes).toEqual(all(lists, '200 ok'));
      const { freshness } = await ben.get('/v1/meetings', listOf(withId));
      expect(freshness?.sources).toMatchObject([{ problem: { code: 'integration_disabled' } }]);
      expect((await ben.call(`/v1/connections/${own.get('connections')}`)).status).toBe(200);
    });
  });

  describe('with the integration switched on', () => {
    beforeAll(() => switchTo(true));

    it('ask whose it is before they look at what was sent', async () => {
      const owned = having('ownership');
      for (const id of nobodysIds) {
        const codes = await codesOf(owned, (route) => ask(route, rightPerson(route).accessToken, HOPELESS, id));
        expect(codes).toEqual(all(owned, '404 not_found'));
      }
      const bens = owned.filter((route) => ownId(route) !== '');
      const codes = await codesOf(bens, (route) => ask(route, cleo.accessToken, HOPELESS, ownId(route)));
      expect(codes).toEqual(all(bens, '404 not_found'));
    });

    it('look at the body before the version', async () => {
      const writes = having('body');
      const stale = { ...JSON_BODY, 'if-match': '"stale"' };
      const sends = (headers: Record<string, string>, body: string) =>
        codesOf(writes, (route) => ask(route, rightPerson(route).accessToken, { headers, body }, changeableId(route)));
      expect(await sends(stale, '{"half')).toEqual(all(writes, '400 malformed_json'));
      expect(await sends({ ...stale, 'idempotency-key': 'with a space' }, '{}')).toEqual(
        all(writes, '400 bad_request'),
      );
      expect(await sends({ 'content-type': 'text/plain', 'if-match': 'x' }, '{}')).toEqual(
        all(writes, '415 unsupported_media_type'),
      );
      expect(await sends(stale, '{"nobody":"knows this"}')).toEqual(all(writes, '422 invalid_body'));
    });

    it('compare the version last, also with what is none', async () => {
      const versioned = having('version');
      const { version: _version, ...policy } = await admin.get('/v1/admin/policy', policySchema);
      const bodies = new Map<string, unknown>([
        ['connections', { permissions: { calendar: 'read', contacts: 'none' } }],
        ['calendars', { selected: true }],
        ['POST /v1/calendars/{id}/review', { action: 'apply' }],
        ['meetings', { topic: 'Not any more' }],
        ['admin', policy],
      ]);
      for (const version of ['"stale"', '""', 'two words']) {
        const codes = await codesOf(versioned, (route) => {
          const body = JSON.stringify(bodies.get(route.route) ?? bodies.get(route.route.split('/')[2] ?? ''));
          const headers = { ...JSON_BODY, 'if-match': version };
          return ask(route, rightPerson(route).accessToken, { headers, body }, changeableId(route));
        });
        expect(codes).toEqual(all(versioned, '412 version_conflict'));
      }
    });
  });
});
