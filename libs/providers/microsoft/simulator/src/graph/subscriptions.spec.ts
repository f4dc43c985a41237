import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ADA, BEN, codeOf, GraphBench, timed } from './testing/graph-bench';

interface Received {
  path: string;
  type: string | undefined;
  body: string;
}

describe('subscriptions', () => {
  let subject: GraphBench;
  let receiver: Server;
  let received: Received[];
  let echo: (token: string) => { status: number; type: string; body: string };
  let statuses: number[];
  let base: string;

  beforeEach(async () => {
    subject = await GraphBench.start();
    received = [];
    statuses = [];
    echo = (token) => ({ status: 200, type: 'text/plain', body: token });
    receiver = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://here');
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const token = url.searchParams.get('validationToken');
        received.push({ path: url.pathname, type: request.headers['content-type'], body: token ?? body });
        if (token === null) response.writeHead(statuses.shift() ?? 202).end();
        else {
          const answer = echo(token);
          response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
        }
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const address: string | AddressInfo | null = receiver.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterEach(async () => {
    await subject.close();
    await new Promise<void>((resolve) => {
      receiver.close(() => resolve());
      receiver.closeAllConnections();
    });
  });

  const subscribe = (extra: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
    subject.call('POST', '/subscriptions', {
      headers,
      body: {
        changeType: 'created,updated,deleted',
        notificationUrl: `${base}/hooks`,
        lifecycleNotificationUrl: `${base}/life`,
        resource: 'me/events',
        expirationDateTime: '2026-11-25T08:00:00Z',
        clientState: 'secret',
        ...extra,
      },
    });
  const until = async (count: number): Promise<void> => {
    for (let turn = 0; turn < 400 && received.length < count; turn += 1) await wait(25);
  };
  const notices = (): Record<string, unknown>[] =>
    received.filter(({ body }) => body.startsWith('{')).flatMap(({ body }) => JSON.parse(body).value);

  it('shake hands with both addresses, then tell that something changed and which', async () => {
    const { status, body } = await subscribe({}, { prefer: 'IdType="ImmutableId"' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      resource: 'me/events',
      clientState: 'secret',
      expirationDateTime: '2026-11-25T08:00:00.000Z',
    });
    expect(received.map(({ path }) => path)).toEqual(['/hooks', '/life']);
    expect(received[0]?.type).toContain('text/plain');
    const { id } = await subject.create(timed('One', '2026-12-01'));
    await until(3);
    const [notice] = notices();
    expect(notice).toMatchObject({
      subscriptionId: body.id,
      clientState: 'secret',
      changeType: 'created',
      subscriptionExpirationDateTime: '2026-11-25T08:00:00.000Z',
      resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: expect.stringMatching(/^AAkALg/) },
    });
    await subject.call('DELETE', `/me/events/${id}`);
    await until(4);
    expect(notices().map((one) => one['changeType'])).toEqual(['created', 'deleted']);
    expect(notices().every((one) => !JSON.stringify(one).includes('One'))).toBe(true);
  });

  it('gather what comes together in one request, of several subscriptions too', async () => {
    await subscribe({ lifecycleNotificationUrl: null });
    await subscribe({ lifecycleNotificationUrl: null, changeType: 'created' });
    await Promise.all(['2026-12-01', '2026-12-02'].map((day) => subject.create(timed(day, day))));
    await until(3);
    expect(received).toHaveLength(3);
    expect(notices()).toHaveLength(4);
  });

  it('tell of one calendar only, when it is named', async () => {
    const side = subject.desk.createCalendar(ADA, 'Side');
    await subscribe({ resource: `/me/calendars/${side}/events`, lifecycleNotificationUrl: null });
    await subject.create(timed('Main', '2026-12-01'));
    await subject.call('POST', `/me/calendars/${side}/events`, { body: timed('Side', '2026-12-01') });
    await until(2);
    expect(notices()).toHaveLength(1);
  });

  it('try again after a server error', async () => {
    await subscribe({ lifecycleNotificationUrl: null });
    statuses = [503];
    await subject.create(timed('One', '2026-12-01'));
    await until(3);
    expect(notices()).toHaveLength(2);
    expect(notices()[1]).toEqual(notices()[0]);
  });

  it.each([
    ['another status', (token: string) => ({ status: 202, type: 'text/plain', body: token })],
    ['another text', () => ({ status: 200, type: 'text/plain', body: 'yes' })],
    ['another type', (token: string) => ({ status: 200, type: 'text/html', body: token })],
  ])('are refused when the handshake has %s', async (_name, answer) => {
    await subject.close();
    subject = await GraphBench.start({ recorded: false });
    echo = answer;
    expect(codeOf(await subscribe())).toEqual([400, 'ValidationError']);
  });

  it('are refused when nobody answers, or where it is not safe', async () => {
    expect(codeOf(await subscribe({ notificationUrl: 'http://127.0.0.1:9/hooks' }))).toEqual([400, 'ValidationError']);
    expect(codeOf(await subscribe({ notificationUrl: 'http://example.com/hooks' }))).toEqual([400, 'ValidationError']);
  });

  it.each([
    ['a second one for the same', {}, 409, 'Conflict'],
    ['a life of more than seven days', { expirationDateTime: '2026-12-25T08:00:00Z' }, 400, 'ExtensionError'],
    ['an end that has passed', { expirationDateTime: '2026-11-01T08:00:00Z' }, 400, 'InvalidRequest'],
    ['resource data', { includeResourceData: true }, 400, 'ExtensionError'],
    ['an unknown resource', { resource: 'me/messages' }, 400, 'InvalidRequest'],
    ['an unknown change type', { changeType: 'moved' }, 400, 'InvalidRequest'],
    ['somebody else’s events', { resource: `users/${BEN}/events` }, 403, 'ErrorAccessDenied'],
    ['a long client state', { clientState: 'x'.repeat(129) }, 400, 'RequestBodyRead'],
  ])('refuse %s', async (_reason, extra, status, code) => {
    expect((await subscribe()).status).toBe(201);
    expect(codeOf(await subscribe(extra))).toEqual([status, code]);
  });

  it('are renewed, re-authorised and ended, by who made them', async () => {
    const { body } = await subscribe({ expirationDateTime: '2026-11-22T08:10:00Z' });
    expect(body['expirationDateTime']).toBe('2026-11-22T08:45:00.000Z');
    const path = `/subscriptions/${body.id}`;
    const renewed = await subject.call('PATCH', path, { body: { expirationDateTime: '2026-11-24T08:00:00Z' } });
    expect(renewed.body['expirationDateTime']).toBe('2026-11-24T08:00:00.000Z');
    const shaken = received.length;
    await subject.call('PATCH', path, { body: { notificationUrl: `${base}/other` } });
    expect(received.slice(shaken).map((one) => one.path)).toEqual(['/other']);
    expect((await subject.call('POST', `${path}/reauthorize`)).status).toBe(204);
    expect((await subject.get('/subscriptions')).body.value).toMatchObject([{ id: body.id }]);
    expect(codeOf(await subject.get(path, { as: BEN }))).toEqual([404, 'ResourceNotFound']);
    expect((await subject.call('DELETE', path)).status).toBe(204);
    expect(codeOf(await subject.call('DELETE', path))).toEqual([404, 'ResourceNotFound']);
  });

  it('end by the clock', async () => {
    const { body } = await subscribe({ lifecycleNotificationUrl: null });
    subject.clock.set(Date.parse('2026-11-25T09:00:00Z'));
    await subject.create(timed('Late', '2026-12-01'));
    await wait(60);
    expect(received).toHaveLength(1);
    expect(codeOf(await subject.get(`/subscriptions/${body.id}`))).toEqual([404, 'ResourceNotFound']);
  });

  it('have a life that is told of on order', async () => {
    const { body } = await subscribe();
    for (const [index, event] of (['reauthorizationRequired', 'missed', 'subscriptionRemoved'] as const).entries()) {
      expect(subject.graph.tellLifecycle(ADA, event)).toBe(1);
      await until(3 + index);
    }
    expect(received.slice(2).map(({ path }) => path)).toEqual(['/life', '/life', '/life']);
    expect(notices().map((one) => [one['lifecycleEvent'], one['subscriptionId'], one['clientState']])).toEqual([
      ['reauthorizationRequired', body.id, 'secret'],
      ['missed', body.id, 'secret'],
      ['subscriptionRemoved', body.id, 'secret'],
    ]);
    expect(codeOf(await subject.get(`/subscriptions/${body.id}`))).toEqual([404, 'ResourceNotFound']);
  });
});
