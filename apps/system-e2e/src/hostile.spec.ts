import { listOf, policySchema, problemSchema } from '@daybook/contracts';
import {
  eventually,
  httpCall,
  ourSide,
  Person,
  providersSide,
  Stack,
  type HttpAnswer,
  type HttpOrder,
  type Simulator,
} from '@daybook/testing/stack';
import { z } from 'zod';
import { connectMailbox, deleteConnections, newMailbox } from './connected-person';
import { pourInto } from './endless-body';
import { forgedHooks, hooksOnChannel, hostileAddresses, hostileBearers, hostileBodies } from './hostile-requests';
import { ownCalendar } from './own-calendar';
import { StoredMeetings } from './stored-meetings';

const summary = ({ status, json, headers }: HttpAnswer) => ({
  status,
  code: problemSchema.safeParse(json).data?.code,
  media: headers.get('content-type')?.split(';', 1)[0],
});
const aProblem = (status: number, code: string) => ({ status, code, media: 'application/problem+json' });

describe('bad input to the running product', () => {
  let stack: Stack;
  let ben: Person;
  let admin: Person;
  let mailbox: Simulator;
  let connectionId: string;
  let before: unknown;
  let stored: StoredMeetings;

  /** Everything of ben's that a request could have changed. */
  const state = (): Promise<unknown> =>
    Promise.all([
      ben.connection(connectionId).then(({ state: now, permissions, version }) => [now, permissions, version]),
      ben.connections().then(({ length }) => length),
      ben
        .get('/v1/calendars', listOf(z.looseObject({ id: z.string(), version: z.string() })))
        .then(({ items }) => items.map(({ id, version }) => [id, version])),
      ourSide(ben),
      ben.call('/v1/me').then(({ json }) => json),
      admin.get('/v1/admin/policy', policySchema),
      admin.call('/v1/admin/api-keys').then(({ json }) => json),
      stored.requested(connectionId),
    ]);

  beforeAll(async () => {
    stack = await Stack.shared();
    ben = await Person.signIn(stack.addresses.gateway, 'ben@example.com');
    admin = await Person.signIn(stack.addresses.gateway, 'admin@example.com');
    mailbox = await newMailbox(stack, 'hostile');
    await mailbox.importIcs(ownCalendar());
    connectionId = await connectMailbox(ben, mailbox);
    await eventually(async () => expect(await ourSide(ben)).toEqual(await providersSide(mailbox)));
    stored = await StoredMeetings.open(stack);
    await eventually(() => stored.channel(connectionId));
    before = await state();
  });
  afterAll(async () => {
    await stored.close();
    await deleteConnections(ben);
  });
  afterEach(async () => expect(await state()).toEqual(before));

  it.each(hostileBodies)('answers %s with a problem and changes nothing', async (_, path, order, status, code) => {
    expect(summary(await ben.call(path, order))).toEqual(aProblem(status, code));
  });

  it.each(hostileAddresses)('answers %s with a problem', async (_, path, order, status, code) => {
    expect(summary(await ben.call(path, order))).toEqual(aProblem(status, code));
  });

  it.each(hostileBearers)('lets nobody in with %s', async (_, path, order, status, code) => {
    expect(summary(await httpCall(`${stack.addresses.gateway}${path}`, order))).toEqual(aProblem(status, code));
  });

  it('answers each fault of a body by its field, and echoes nothing', async () => {
    const json = { service: 'google', permissions: { calendar: '<script>', contacts: 'none' } };
    const answer = await ben.call('/v1/connections', { method: 'POST', json });
    expect(problemSchema.parse(answer.json)).toMatchObject({
      blame: 'user',
      fields: [{ field: 'permissions.calendar' }],
      correlationId: expect.stringMatching(/./),
    });
    expect(answer.text).not.toContain('<script>');
  });

  it.each([
    ['somebody', '/v1/connections', '413 body_too_large'],
    ['a stranger', '/v1/connections', '401 unauthenticated'],
    ['a provider', '/hooks/google', '413 body_too_large'],
  ])('lets %s pour no endless body into %s', async (who, path, refusal) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ben.accessToken}` };
    const url = `${stack.addresses.gateway}${path}`;
    const { answer, poured } = await pourInto(url, who === 'somebody' ? headers : {});
    expect([refusal, 'cut off']).toContain(answer);
    // What fits into the buffers of the sockets, and not what would have come.
    expect(poured).toBeLessThan(50_000_000);
  });

  /** Nothing learned, and the state after each test says that nothing was asked for. */
  async function isRefused(path: string, order: HttpOrder): Promise<void> {
    const answer = await httpCall(`${stack.addresses.gateway}${path}`, order);
    expect([200, 202, 204, 400, 404, 413]).toContain(answer.status);
    expect(answer.text).not.toContain(connectionId);
  }

  it.each(forgedHooks)(
    'gives a forged hook call with %s nothing to learn and starts no run',
    async (_, path, order) => {
      await isRefused(path, order);
    },
  );

  it('believes no hook call that knows the channel but not its secret', async () => {
    for (const [, path, order] of hooksOnChannel(await stored.channel(connectionId))) await isRefused(path, order);
  });

  it('hides what belongs to somebody else as if it were not there', async () => {
    const cleo = await Person.signIn(stack.addresses.gateway, 'cleo@example.com');
    const [meeting] = await ben.meetings();
    const [calendar] = (await ben.get('/v1/calendars', listOf(z.looseObject({ id: z.string() })))).items;
    const paths: readonly [string, string, unknown?][] = [
      ['GET', `/v1/connections/${connectionId}`],
      ['DELETE', `/v1/connections/${connectionId}`],
      ['POST', `/v1/connections/${connectionId}/sync`],
      ['POST', `/v1/connections/${connectionId}/reconnect`],
      ['PATCH', `/v1/connections/${connectionId}`, { permissions: { calendar: 'none', contacts: 'none' } }],
      ['PATCH', `/v1/calendars/${calendar?.id}`, { selected: false }],
      ['GET', `/v1/meetings/${meeting?.id}`],
    ];
    for (const [method, path, json] of paths) {
      const answer = await cleo.call(path, { method, ...(json === undefined ? {} : { json }) });
      expect({ method, path, ...summary(answer) }).toEqual({ method, path, ...aProblem(404, 'not_found') });
    }
  });

  it('opens its doors in the order of the contract', async () => {
    const broken = {
      method: 'PUT',
      body: '{',
      headers: { 'content-type': 'application/json', 'x-client': 'desktop/1.0' },
    };
    const nobody = await httpCall(`${stack.addresses.gateway}/v1/admin/policy`, broken);
    const steps = [
      nobody,
      await ben.call('/v1/admin/policy', broken),
      await ben.call('/v1/admin/policy', { ...broken, headers: { 'content-type': 'application/json' } }),
      await ben.call('/v1/calendars/cal_none', { method: 'PATCH', json: 7 }),
      await admin.call('/v1/admin/policy', { method: 'PUT', json: {}, headers: { 'if-match': 'stale' } }),
      await admin.call('/v1/admin/policy', {
        method: 'PUT',
        json: await admin.get('/v1/admin/policy', policySchema),
        headers: { 'if-match': '"stale"' },
      }),
    ];
    expect(steps.map(summary)).toEqual([
      aProblem(401, 'unauthenticated'),
      aProblem(426, 'client_too_old'),
      aProblem(403, 'forbidden'),
      aProblem(404, 'not_found'),
      aProblem(422, 'invalid_body'),
      aProblem(412, 'version_conflict'),
    ]);
  });
});
