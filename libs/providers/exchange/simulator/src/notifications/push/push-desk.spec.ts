import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { endServer, listen, portOf } from '@daybook/simulator-kit';
import { allOf, codesOf } from '../../http/testing/exchange-bench';
import { create, message } from '../../items/testing/item-requests';
import { readXml } from '../../wire/read-xml';
import { givenBy, NotificationBench, push, subscribe, unsubscribe } from '../testing/notification-bench';

const MINUTE = 60_000;
const PORT = 'http://127.0.0.1:1/push';
const result = (status: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><SendNotificationResult xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><SubscriptionStatus>${status}</SubscriptionStatus></SendNotificationResult></s:Body></s:Envelope>`;
const wish = (url = PORT, frequency = 1) => subscribe({ kind: 'Push', types: ['Created'], rest: push(url, frequency) });
const eventsIn = (body: string): string[] =>
  allOf(readXml(body), 'Notification').flatMap(({ children }) =>
    children.map(({ name }) => name).filter((name) => name.endsWith('Event')),
  );
const PAUSE = 40;

/** A client that answers what it is told to, and notes the events of each call. */
async function called(answer: () => string | null, request = wish()) {
  const calls: string[][] = [];
  const bodies: string[] = [];
  const bench = new NotificationBench({
    post: async (_url, body) => {
      bodies.push(body);
      calls.push(eventsIn(body));
      return answer();
    },
  });
  const given = givenBy(await bench.ask(request));
  await wait(PAUSE);
  return { bench, calls, bodies, ...given };
}

describe('a client that is called back', () => {
  it('is told at once that it is heard of, then of events, then at times of nothing', async () => {
    const { bench, calls } = await called(() => result('OK'));
    expect(calls).toEqual([['StatusEvent']]);
    await Promise.all([bench.ask(create(message('One'), 'inbox')), bench.ask(create(message('Two'), 'inbox'))]);
    await wait(PAUSE);
    expect(calls.slice(1)).toEqual([['CreatedEvent', 'CreatedEvent']]);
    bench.now += MINUTE;
    await wait(PAUSE);
    expect(calls.slice(2)).toEqual([['StatusEvent']]);
    bench.notifications.close();
  });

  it('gets the watermark of before and of each event', async () => {
    const { bench, bodies, id, watermark } = await called(() => result('OK'));
    await bench.ask(create(message('One'), 'inbox'));
    await wait(PAUSE);
    const [status, created] = bodies.map((body) => readXml(body));
    if (status === undefined || created === undefined) throw new Error('There were two calls.');
    expect(allOf(created, 'SubscriptionId')[0]?.text).toBe(id);
    expect(allOf(status, 'PreviousWatermark')[0]?.text).toBe(watermark);
    expect(allOf(created, 'PreviousWatermark')[0]?.text).toBe(allOf(status, 'Watermark')[0]?.text);
    expect(allOf(created, 'RequestServerVersion')).toHaveLength(1);
    bench.notifications.close();
  });

  it('is left alone after it says so', async () => {
    const { bench, calls, id } = await called(() => result('Unsubscribe'));
    await bench.ask(create(message('One'), 'inbox'));
    await wait(PAUSE);
    expect(calls).toHaveLength(1);
    expect(codesOf(await bench.ask(unsubscribe(id)))).toEqual(['ErrorSubscriptionNotFound']);
  });

  it('is left alone after its subscription is ended', async () => {
    const { bench, calls, id } = await called(() => result('OK'));
    expect(codesOf(await bench.ask(unsubscribe(id)))).toEqual(['NoError']);
    bench.now += MINUTE;
    await wait(PAUSE);
    expect(calls).toHaveLength(1);
  });

  it.each([[null], ['no XML'], ['<a/>'], [result('Maybe')]])(
    'that answers %p is tried again after pauses that grow, and given up in the end',
    async (answer) => {
      const { bench, calls, id } = await called(() => answer, wish(PORT, 2));
      const triesAfter = async (pause: number): Promise<number> => {
        bench.now += pause;
        await wait(PAUSE);
        return calls.length;
      };
      expect([await triesAfter(29_000), await triesAfter(1000), await triesAfter(59_000)]).toEqual([1, 2, 2]);
      expect([await triesAfter(1000), await triesAfter(120_000), await triesAfter(1e9)]).toEqual([3, 4, 4]);
      expect(codesOf(await bench.ask(unsubscribe(id)))).toEqual(['ErrorSubscriptionNotFound']);
    },
  );

  it('hears after a failure what it did not hear before', async () => {
    const answers = [null, result('OK')];
    const { bench, calls } = await called(() => answers.shift() ?? result('OK'), wish(PORT, 10));
    await bench.ask(create(message('One'), 'inbox'));
    bench.now += 30_000;
    await wait(PAUSE);
    expect(calls).toEqual([['StatusEvent'], ['CreatedEvent']]);
    bench.notifications.close();
  });

  it.each(['https://127.0.0.1/push', 'http://elsewhere.test/push', 'push', 'ftp://localhost/', ''])(
    'must be on this machine: %p',
    async (url) => {
      expect(codesOf(await new NotificationBench().ask(wish(url)))).toEqual(['ErrorInvalidPushSubscriptionUrl']);
    },
  );
});

it('calls a server over http', async () => {
  const requests: { readonly type: string | undefined; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests.push({ type: request.headers['content-type'], body });
      response.end(result('OK'));
    });
  });
  await listen(server, 0);
  const bench = new NotificationBench();
  await bench.ask(wish(`http://127.0.0.1:${portOf(server)}/push`));
  for (let round = 0; round < 50 && requests.length === 0; round += 1) await wait(10);
  expect(requests.map(({ type, body }) => [type, eventsIn(body)])).toEqual([
    ['text/xml; charset=utf-8', ['StatusEvent']],
  ]);
  bench.notifications.close();
  await endServer(server);
});
