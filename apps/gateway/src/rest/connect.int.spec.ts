import {
  authConnectionConnect,
  authConnectionReconnect,
  fail,
  pushSubjects,
  type Operation,
  type SignInItem,
} from '@daybook/contracts';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { StepStreams } from '../push/step-streams';
import { connection } from '../testing/samples';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

const asked = z.object({ tellAs: z.string().optional() });
const address: SignInItem = { step: 'address', outcome: 'passed', host: 'mail.example.com', detail: 'Found.' };
const refused: SignInItem = {
  step: 'sign_in',
  outcome: 'failed',
  code: 'password_refused',
  detail: 'No.',
  fix: 'Check it.',
};
const events = 'text/event-stream';
const password = `canary-${randomBytes(9).toString('hex')}`;
const body = {
  service: 'exchange',
  method: 'ews',
  permissions: { calendar: 'read', contacts: 'none' },
  ews: { email: 'ada@corp.example', password },
};

describe('a sign-in with a form at the gateway', () => {
  let subject: GatewayUnderTest;
  let url: string;

  beforeEach(async () => {
    subject = await startGateway();
    url = `${await subject.listen()}/v1/connections`;
  });
  afterEach(() => subject.stop());

  const post = async (path: string, accept: string, more: { body?: unknown; headers?: object } = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...(await subject.signedIn()), accept, 'content-type': 'application/json', ...more.headers },
      body: JSON.stringify(more.body ?? body),
    });
  const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  /** Answers as the service does: steps as they come, then its last word. */
  const answerWith = (operation: Operation, items: readonly unknown[], last: () => unknown) =>
    subject.services.answer(operation, async (input) => {
      const { tellAs } = asked.parse(input);
      if (tellAs !== undefined) {
        for (const item of items) await subject.push(pushSubjects.signIn(tellAs), item);
      }
      return last();
    });

  it.each([
    ['', authConnectionConnect],
    ['/con_one/reconnect', authConnectionReconnect],
  ] as const)(
    'POST /connections%s is an event a step as it comes, and the answer at the end',
    async (path, operation) => {
      answerWith(operation, [address, { step: 'no such step' }], () => ({ connection }));
      const response = await post(path, events);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(await response.text()).toBe(event('step', address) + event('done', { connection }));
      expect(subject.app.get(StepStreams).size).toBe(0);
    },
  );

  it('ends with the problem, and with each step once, also where a push got lost', async () => {
    answerWith(authConnectionConnect, [address], () => {
      throw fail('sign_in_failed', 'No.', { steps: [address, refused] });
    });
    const text = await (await post('', events)).text();
    expect(text.startsWith(event('step', address) + event('step', refused))).toBe(true);
    expect(text).toMatch(/event: problem\ndata: \{.*"code":"sign_in_failed".*"correlationId":"[^"]+"/);
    expect(text.match(/event: /g)).toHaveLength(3);
  });

  it('is answered as ever to whoever wants JSON, and then nothing is pushed', async () => {
    answerWith(authConnectionConnect, [address], () => ({ connection }));
    const response = await post('', 'application/json');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ connection });
    expect(subject.services.callsOf(authConnectionConnect)[0]?.input).not.toHaveProperty('tellAs');
    subject.services.answer(authConnectionConnect, () => {
      throw fail('sign_in_failed', 'No.', { steps: [refused] });
    });
    const failed = await post('', 'application/json');
    expect([failed.status, await failed.json()]).toMatchObject([422, { code: 'sign_in_failed', steps: [refused] }]);
  });

  it.each([events, 'application/json'])('is refused as ever before the first step, for %s', async (accept) => {
    subject.services.answer(authConnectionConnect, () => {
      throw fail('connection_exists');
    });
    const response = await post('', accept);
    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('may be asked for again with no body, with the version and the key', async () => {
    answerWith(authConnectionReconnect, [], () => ({ connection }));
    const headers = { ...(await subject.signedIn()), 'if-match': '"c3"', 'idempotency-key': 'k1' };
    const response = await subject.app.inject({ method: 'POST', url: '/v1/connections/con_one/reconnect', headers });
    expect([response.statusCode, response.headers['etag']]).toEqual([200, '"v7"']);
    expect(subject.services.callsOf(authConnectionReconnect)[0]?.input).toMatchObject({
      id: 'con_one',
      body: { type: 'none' },
      ifMatch: 'c3',
      idempotencyKey: 'k1',
    });
  });

  it('leaves no password in a log, whatever becomes of it', async () => {
    for (const accept of [events, 'application/json']) {
      answerWith(authConnectionConnect, [address], () => ({ connection: 'not what the contract says' }));
      expect(await (await post('', accept)).text()).not.toContain(password);
      answerWith(authConnectionConnect, [address], () => {
        throw fail('sign_in_failed', 'No.', { steps: [refused] });
      });
      expect(await (await post('', accept)).text()).not.toContain(password);
      await subject.services.leave(authConnectionReconnect);
      expect(await (await post('/con_one/reconnect', accept)).text()).not.toContain(password);
    }
    const sent = JSON.stringify(subject.services.callsOf(authConnectionConnect).map(({ input }) => input));
    expect(sent).toContain(password);
    expect(subject.logged.length).toBeGreaterThan(0);
    expect(subject.logged.join()).not.toContain(password);
  });
});
