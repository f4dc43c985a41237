import {
  authApiKeyCreate,
  authConnectionConnect,
  authConnectionDelete,
  authConnectionReconnect,
  authReceiptGet,
  calendarConnectionSync,
  fail,
  receiptSchema,
  type Receipt,
} from '@daybook/contracts';
import { connection } from '../testing/samples';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

const receipt: Receipt = {
  id: 'rcp_one',
  connectionId: 'con_one',
  service: 'google',
  account: 'ada@example.com',
  deletedAt: '2026-11-22T09:00:00.000Z',
  completedAt: null,
  revocation: 'pending',
  secretsDestroyed: true,
  subscriptions: 'pending',
  purged: null,
  notes: [],
};

describe('connections over REST', () => {
  let subject: GatewayUnderTest;
  let headers: Record<string, string>;

  beforeAll(async () => {
    subject = await startGateway();
    headers = await subject.signedIn();
  });
  afterAll(() => subject.stop());

  it('answer a connect with 201 and the page to open', async () => {
    const authorizeUrl = 'http://daybook.test/v1/oauth/google/start?ticket=t';
    subject.services.answer(authConnectionConnect, () => ({ connection, authorizeUrl }));
    const payload = { service: 'google', permissions: { calendar: 'read', contacts: 'none' } };
    const response = await subject.app.inject({ method: 'POST', url: '/v1/connections', headers, payload });
    expect(response.statusCode).toBe(201);
    expect(response.json()).toEqual({ connection, authorizeUrl });
    expect(subject.services.callsOf(authConnectionConnect)[0]?.input).toEqual({
      caller: {
        userId: 'usr_ada',
        accountId: 'acc_one',
        role: 'member',
        sessionId: 'ses_one',
        client: { kind: 'unknown' },
      },
      body: { type: 'json', value: payload },
    });
  });

  it.each([
    ['/v1/connections', authConnectionConnect, 'member'],
    ['/v1/connections/con_one/reconnect', authConnectionReconnect, 'member'],
    ['/v1/admin/api-keys', authApiKeyCreate, 'administrator'],
  ] as const)(
    'hand the Idempotency-Key of POST %s to the service, and its verdict back',
    async (url, operation, role) => {
      subject.services.answer(operation, () => {
        throw fail('idempotency_mismatch');
      });
      const keyed = { ...(await subject.signedIn({ role })), 'idempotency-key': 'my-key-1' };
      const response = await subject.app.inject({ method: 'POST', url, headers: keyed, payload: {} });
      expect(response.json()).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
      expect(subject.services.callsOf(operation).at(-1)?.input).toMatchObject({ idempotencyKey: 'my-key-1' });
    },
  );

  it('answer a wish to sync with 202', async () => {
    subject.services.answer(calendarConnectionSync, () => ({}));
    const response = await subject.app.inject({ method: 'POST', url: '/v1/connections/con_one/sync', headers });
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({});
  });

  it('answer a delete with the receipt, which is found again', async () => {
    subject.services.answer(authConnectionDelete, () => receipt);
    subject.services.answer(authReceiptGet, () => ({ ...receipt, completedAt: '2026-11-22T09:00:05.000Z' }));
    const deleted = await subject.app.inject({ method: 'DELETE', url: '/v1/connections/con_one', headers });
    expect(deleted.statusCode).toBe(200);
    expect(receiptSchema.parse(deleted.json())).toEqual(receipt);
    const found = await subject.app.inject({ method: 'GET', url: '/v1/receipts/rcp_one', headers });
    expect(receiptSchema.parse(found.json()).completedAt).not.toBeNull();
  });

  it.each([
    ['"c7"', 'c7'],
    ['c7', 'c7'],
    ['W/"c7"', 'c7'],
    ['*', '*'],
  ])('compare the version of a delete: If-Match %s is %s', async (header, ifMatch) => {
    subject.services.answer(authConnectionDelete, () => {
      throw fail('version_conflict', undefined, { currentVersion: 'c8' });
    });
    const given = { ...headers, 'if-match': header };
    const response = await subject.app.inject({ method: 'DELETE', url: '/v1/connections/con_one', headers: given });
    expect(response.json()).toMatchObject({ status: 412, code: 'version_conflict', currentVersion: 'c8' });
    expect(subject.services.callsOf(authConnectionDelete).at(-1)?.input).toMatchObject({ id: 'con_one', ifMatch });
  });

  it('tell that one exists already, as the service says it', async () => {
    subject.services.answer(authConnectionConnect, () => {
      throw fail('connection_exists');
    });
    const response = await subject.app.inject({ method: 'POST', url: '/v1/connections', headers, payload: {} });
    expect(response.json()).toMatchObject({ status: 409, code: 'connection_exists' });
  });
});
