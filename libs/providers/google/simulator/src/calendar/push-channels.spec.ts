import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { endServer, listen, portOf } from '@daybook/simulator-kit';
import { reasonOf, TestSimulator, timed } from '../testing/start-simulator';

describe('push channels', () => {
  let subject: TestSimulator;
  let receiver: Server;
  let received: IncomingHttpHeaders[];
  let answers: number[];

  beforeEach(async () => {
    subject = await TestSimulator.start();
    received = [];
    answers = [];
    receiver = createServer((request, response) => {
      received.push(request.headers);
      response.writeHead(answers.shift() ?? 204).end();
    });
    await listen(receiver, 0);
  });
  afterEach(async () => {
    await subject.close();
    await endServer(receiver);
  });

  const watch = (extra: Record<string, unknown> = {}) =>
    subject.call('POST', 'calendars/primary/events/watch', {
      body: {
        id: 'channel-1',
        type: 'web_hook',
        address: `http://127.0.0.1:${portOf(receiver)}/hooks/google`,
        token: 'secret',
        ...extra,
      },
    });
  const until = async (count: number): Promise<void> => {
    for (let turn = 0; turn < 200 && received.length < count; turn += 1) await wait(25);
  };
  const states = (): unknown[] =>
    received.map((headers) => [headers['x-goog-resource-state'], headers['x-goog-message-number']]);

  it('says sync first, then that something changed, until it is stopped', async () => {
    const { body } = await watch();
    expect(body).toMatchObject({ kind: 'api#channel', id: 'channel-1', expiration: expect.stringMatching(/^\d+$/) });
    await until(1);
    await subject.insert(timed('One', '2026-12-01'));
    await until(2);
    expect(states()).toEqual([
      ['sync', '1'],
      ['exists', '2'],
    ]);
    expect(received[1]).toMatchObject({ 'x-goog-channel-id': 'channel-1', 'x-goog-channel-token': 'secret' });
    expect(received[1]?.['x-goog-resource-uri']).toContain('/calendar/v3/calendars/ada%40example.com/events');
    const stop = { id: 'channel-1', resourceId: body['resourceId'] };
    expect((await subject.call('POST', 'channels/stop', { body: stop })).status).toBe(204);
    expect((await subject.call('POST', 'channels/stop', { body: stop })).status).toBe(404);
    await subject.insert(timed('Two', '2026-12-01'));
    await wait(100);
    expect(received).toHaveLength(2);
  });

  it('tries again after a server error', async () => {
    answers = [204, 503];
    await watch();
    await until(1);
    await subject.insert(timed('One', '2026-12-01'));
    await until(3);
    expect(states()).toEqual([
      ['sync', '1'],
      ['exists', '2'],
      ['exists', '2'],
    ]);
  });

  it('ends by the clock', async () => {
    await watch({ params: { ttl: '60' } });
    await until(1);
    subject.control.setClock('2026-11-22T08:02:00Z');
    await subject.insert(timed('Late', '2026-12-01'));
    await wait(100);
    expect(received).toHaveLength(1);
  });

  it('takes names under localhost for this machine, and no name that only looks like one', async () => {
    const near = { id: 'near', address: 'http://daybook.localhost:9/hooks/google' };
    expect((await watch(near)).status).toBe(200);
    for (const host of ['localhost.evil.example', 'evillocalhost', 'localhost.']) {
      const answer = await watch({ id: 'far', address: `http://${host}:9/hooks/google` });
      expect([host, ...reasonOf(answer)]).toEqual([host, 400, 'push.webhookUrlNotHttps']);
    }
  });

  it('refuses what Google refuses', async () => {
    await watch();
    expect(reasonOf(await watch())).toEqual([400, 'channelIdNotUnique']);
    expect(reasonOf(await watch({ id: 'c2', address: 'http://example.com/hook' }))).toEqual([
      400,
      'push.webhookUrlNotHttps',
    ]);
    expect((await watch({ id: 'c3', type: 'mail' })).status).toBe(400);
    expect((await watch({ id: 'no spaces' })).status).toBe(400);
  });
});
