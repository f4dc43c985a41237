import {
  authConnectionConnect,
  authConnectionDelete,
  authConnectionGet,
  authConnectionList,
  authConnectionRecord,
  authKeyList,
  authReceiptGet,
  authSessionSignIn,
  connectionEventDataSchema,
  eventSubjects,
  openPolicy,
  pushSubjects,
  type Caller,
  type Policy,
} from '@daybook/contracts';
import { Secret } from '@daybook/platform/crypto';
import { createLogger } from '@daybook/platform/logging';
import {
  connectNats,
  gatherMetrics,
  type NatsClient,
  publishEvent,
  RpcClient,
  subscribePush,
} from '@daybook/platform/nats';
import { headers as newHeaders } from 'nats';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { z } from 'zod';
import type { AuthSettings } from './config';
import { startAuth, type StartedAuth } from './start-auth';
import { GoogleDouble } from './testing/google-double';

const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const eventSchema = z.object({ data: connectionEventDataSchema });

function address(name: 'MONGODB_URI' | 'NATS_URL'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: integration tests need real servers`);
  return value;
}

function settings(google: GoogleDouble): AuthSettings {
  return {
    MONGODB_URI: address('MONGODB_URI'),
    MONGODB_DB_PREFIX: `test_${randomUUID().slice(0, 8)}`,
    NATS_URL: address('NATS_URL'),
    NATS_USER: undefined,
    NATS_PASSWORD: undefined,
    NATS_INBOX_PREFIX: undefined,
    AUTH_HTTP_PORT: 0,
    AUTH_HTTP_HOST: '127.0.0.1',
    PUBLIC_URL: 'http://daybook.test:8080',
    MASTER_KEY: Secret.of('ab'.repeat(32)),
    MASTER_KEY_PREVIOUS: undefined,
    MEETING_BRAND: 'Zoom',
    DEFAULT_TIME_ZONE: undefined,
    DAYBOOK_DEMO: true,
    GOOGLE_CLIENT_ID: 'client',
    GOOGLE_CLIENT_SECRET: Secret.of('client-secret'),
    GOOGLE_BASE_URL: google.baseUrl,
    HTTP_ALLOWED_HOSTS: undefined,
    LOG_LEVEL: 'error',
  };
}

describe('auth-svc on real servers', () => {
  const google = new GoogleDouble();
  let subject: StartedAuth;
  let client: NatsClient;
  let rpc: RpcClient;
  let caller: Caller;
  let policy: Policy = { ...openPolicy(), version: 'p0' };
  const states: string[] = [];
  const browser = { kind: 'portal' } as const;
  const body = (value: unknown) => ({ type: 'json' as const, value });

  beforeAll(async () => {
    await google.start();
    client = await connectNats({ url: address('NATS_URL'), name: 'test', logger });
    rpc = new RpcClient({ client, from: 'test', defaultDeadlineMs: 8000 });
    answerAsNeighbours(client, () => policy);
    subject = await startAuth(settings(google), logger, () => undefined);
    subscribePush(client, eventSubjects.connectionChanged, (_subject, event) => {
      const { data } = eventSchema.parse(event);
      if (data.userId === caller.userId) states.push(data.state);
    });
    const signIn = {
      body: body({ email: 'ada@example.com', password: 'daybook' }),
      client: browser,
      remoteAddress: '',
    };
    const { user } = await rpc.call(authSessionSignIn, signIn);
    const person = await subject.runtime.ports.people.find(user.id);
    caller = { userId: user.id, accountId: person?.accountId ?? '', role: 'member', client: browser };
  });

  afterAll(async () => {
    await subject?.runtime.connection.dropDatabase();
    await subject?.app.close();
    await client?.close();
    await google.stop();
  });

  it('tells what it has measured: requests, its outbox and the process', async () => {
    const text = (await gatherMetrics(client)).get('auth')?.join('\n') ?? '';
    expect(text).toMatch(/^daybook_outbox_pending\{service="auth-svc",process="[^"]+"\} \d/m);
    expect(text).toMatch(
      /^daybook_rpc_handled_seconds_count\{.*operation="auth.session.sign-in",outcome="value"\} \d/m,
    );
    expect(text).toContain('process_resident_memory_bytes{service="auth-svc"');
  });

  const oauth = () => request(`http://127.0.0.1:${subject.port}`);
  const pathOf = (url: string) => url.replace(/^http:\/\/[^/]+/, '');

  async function connect() {
    const wish = { service: 'google', permissions: { calendar: 'read', contacts: 'none' } };
    const { connection, authorizeUrl = '' } = await rpc.call(authConnectionConnect, { caller, body: body(wish) });
    expect(authorizeUrl).toMatch(/^http:\/\/daybook\.test:8080\/v1\/oauth\/google\/start\?ticket=/);
    const started = await oauth().get(pathOf(authorizeUrl)).expect(302);
    const [cookie = ''] = [started.headers['set-cookie'] ?? ''].flat();
    const location = started.headers['location'] ?? '';
    return { id: connection.id, cookie, location };
  }

  async function eventually<T>(look: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const value = await look();
      if (fits(value) || tries > 100) return value;
      await sleep(50);
    }
  }

  it('publishes the key its tokens are signed with', async () => {
    const { keys } = await rpc.call(authKeyList, {});
    expect(keys).toEqual([expect.objectContaining({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' })]);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('leads a browser to the provider and back, suspends, resumes, and deletes with a receipt', async () => {
    const { id, cookie, location } = await connect();
    expect(cookie).toMatch(/^daybook_leg_8080_\w+=[\w-]{43}; .*Path=\/v1\/oauth; .*HttpOnly; SameSite=Lax/);
    const asked = new URL(location).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: 'client',
      redirect_uri: 'http://daybook.test:8080/v1/oauth/google/callback',
      code_challenge_method: 'S256',
      access_type: 'offline',
    });
    const back = pathOf(google.consent(location));
    const foreign = await oauth().get(back).set('Cookie', 'daybook_leg_8080_0=x').expect(302);
    expect(foreign.headers['location']).toBe(
      'http://daybook.test:8080/profile/integration?result=failed&code=state_invalid',
    );
    const own = await oauth()
      .get(back)
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(302);
    expect(own.headers['location']).toBe(
      `http://daybook.test:8080/profile/integration?result=connected&connection=${id}`,
    );
    const replayed = await oauth()
      .get(back)
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(302);
    expect(replayed.headers['location']).toContain('code=state_invalid');
    expect(google.exchanged).toHaveLength(1);
    expect(google.exchanged[0]?.get('code_verifier')).toMatch(/^[\w-]{43}$/);

    const raw = JSON.stringify(await subject.runtime.connection.collection('credentials').find({}).toArray());
    expect(raw).not.toMatch(/access-\d|refresh-\d/);

    await changePolicy({ enabled: false });
    const off = await eventually(
      async () => states.at(-1),
      (state) => state === 'disabled_by_policy',
    );
    expect(off).toBe('disabled_by_policy');
    expect(await rpc.call(authConnectionGet, { caller, id })).toMatchObject({ state: 'disabled_by_policy' });
    expect(await rpc.call(authConnectionRecord, { connectionId: id })).toMatchObject({ status: 'stopped' });
    await changePolicy({ enabled: true });
    expect(
      await eventually(
        async () => states.at(-1),
        (state) => state === 'syncing',
      ),
    ).toBe('syncing');

    const { id: receiptId } = await rpc.call(authConnectionDelete, { caller, id });
    const receipt = await eventually(
      () => rpc.call(authReceiptGet, { caller, id: receiptId }),
      ({ secretsDestroyed }) => secretsDestroyed,
    );
    expect(receipt).toMatchObject({ revocation: 'revoked', subscriptions: 'stopped', secretsDestroyed: true });
    expect(google.revoked).toEqual([expect.stringMatching(/^refresh-/)]);
    expect(
      await eventually(
        async () => states.at(-1),
        (state) => state === 'deleted',
      ),
    ).toBe('deleted');
  });

  it('lands on the portal with a word for it, whatever is wrong with the address', async () => {
    for (const path of [
      '/v1/oauth/google/start?ticket=made-up',
      '/v1/oauth/google/start',
      '/v1/oauth/nobody/start?ticket=x',
      '/v1/oauth/google/callback',
      '/v1/oauth/google/callback?state[]=a&state[]=b&code=x',
      '/v1/oauth/nobody/callback?state=x&error=access_denied',
    ]) {
      const { headers } = await oauth().get(path).expect(302);
      expect(headers['location']).toMatch(/^http:\/\/daybook\.test:8080\/profile\/integration\?result=failed&code=/);
    }
  });

  it('takes a code once: one that was used elsewhere ends in a failure with nothing left', async () => {
    const { id, cookie, location } = await connect();
    const back = new URL(google.consent(location));
    back.searchParams.set('code', 'used-before');
    const { headers } = await oauth()
      .get(pathOf(back.toString()))
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(302);
    expect(headers['location']).toContain('result=failed&code=code_invalid');
    await expect(rpc.call(authConnectionGet, { caller, id })).rejects.toThrow('not_found');
  });

  it('signs in with a form, tells each step to whoever asked, and calls no address that is not allowed', async () => {
    const told: unknown[] = [];
    const name = randomUUID();
    subscribePush(client, pushSubjects.signIn(name), (_subject, item) => told.push(item));
    const ews = {
      email: 'ada@corp.example',
      password: 'canary-password',
      url: 'https://127.0.0.1:1/EWS/Exchange.asmx',
    };
    const wish = { service: 'exchange', method: 'ews', permissions: { calendar: 'read', contacts: 'none' }, ews };
    const call = rpc.call(authConnectionConnect, { caller, body: body(wish), tellAs: name });
    const outcome: unknown = await call.catch((error: unknown) => error);
    const last = { step: 'address', outcome: 'failed', code: 'address_blocked', fix: expect.any(String) };
    expect(outcome).toMatchObject({ problem: { status: 422, code: 'sign_in_failed' } });
    const steps: unknown = Reflect.get(Object(Reflect.get(Object(outcome), 'problem')), 'steps');
    expect([steps].flat().at(-1)).toMatchObject(last);
    expect(
      await eventually(
        async () => told,
        (items) => items.length === [steps].flat().length,
      ),
    ).toEqual(steps);
    expect(JSON.stringify([outcome, told])).not.toContain('canary-password');
    expect((await rpc.call(authConnectionList, { caller })).items).toEqual([]);
  });

  async function changePolicy(change: Partial<Policy>): Promise<void> {
    const version = `p${randomUUID()}`;
    policy = { ...policy, ...change, version };
    const { accountId } = caller;
    const event = {
      specversion: '1.0',
      id: `evt_${randomUUID()}`,
      source: '/daybook/admin-svc',
      type: eventSubjects.policyChanged,
      time: new Date().toISOString(),
      subject: accountId,
      datacontenttype: 'application/json',
      accountid: accountId,
      sequence: 1,
      data: { accountId, version, changed: Object.keys(change) },
    };
    await publishEvent(client, { subject: eventSubjects.policyChanged, id: event.id, body: JSON.stringify(event) });
  }
});

/** The two neighbours this service asks, as far as it asks them. */
function answerAsNeighbours(client: NatsClient, policy: () => Policy): void {
  const answer = (subject: string, reply: () => unknown) => {
    client.connection.subscribe(subject, {
      callback: (_error, message) => {
        const headers = statusOk();
        message.respond(JSON.stringify(reply()), { headers });
      },
    });
  };
  answer('admin.policy.get', policy);
  answer('calendar.connection.retire', () => ({ subscriptions: 'stopped' }));
}

function statusOk() {
  const made = newHeaders();
  made.set('daybook-status', 'ok');
  return made;
}
