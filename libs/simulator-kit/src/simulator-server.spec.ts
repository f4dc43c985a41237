import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Incoming } from './exchange';
import type { RecordedExchange } from './recorder';
import { servedOnLoopback } from './served-for-tests';
import type { ServedSimulator } from './simulator-server';

/** A simulator that answers what a spec says, behind a real server. */
async function served(answer: (incoming: Incoming) => Answer, more: Partial<ServedSimulator> = {}) {
  const recorded: RecordedExchange[] = [];
  const simulator = {
    recorder: { record: (exchange: RecordedExchange) => recorded.push(exchange) },
    headers: {},
    varies: 'Accept-Encoding',
    answer,
    tooLarge: (): Answer => ({ status: 413, headers: {}, body: '' }),
    delayOf: () => 0,
    cuts: () => false,
    origin: '',
    close: () => undefined,
    ...more,
  };
  return { ...(await servedOnLoopback(simulator, 0)), recorded };
}

const answered = (chunks: AsyncIterable<string>): Answer => ({ status: 200, headers: {}, body: 'a', chunks });

describe('the server of a simulator', () => {
  it('sends an answer bit by bit and records it as one text when it ends', async () => {
    let go = (): void => undefined;
    const heard = new Promise<void>((resolve) => (go = resolve));
    async function* texts() {
      yield 'b';
      await heard;
      yield 'c';
    }
    const { baseUrl, close, recorded } = await served(() => answered(texts()));
    const response = await fetch(baseUrl);
    const reader = response.body?.getReader();
    const read = async (): Promise<string> => Buffer.from((await reader?.read())?.value ?? []).toString();
    let early = await read();
    while (early.length < 2) early += await read();
    expect([early, recorded.length]).toEqual(['ab', 0]);
    go();
    expect(await read()).toBe('c');
    expect((await reader?.read())?.done).toBe(true);
    await wait(20);
    expect(recorded.map((exchange) => exchange.response.body)).toEqual(['abc']);
    await close();
  });

  it('tells the iterator when the client goes away', async () => {
    const ended = new Promise<string>((resolve) => {
      const endless: AsyncIterable<string> = {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise(() => undefined),
          return: (value: unknown) => {
            resolve('told');
            return Promise.resolve({ done: true, value });
          },
        }),
      };
      void served(() => answered(endless)).then(async ({ baseUrl, close }) => {
        const controller = new AbortController();
        await fetch(baseUrl, { signal: controller.signal });
        controller.abort();
        await ended;
        await close();
      });
    });
    expect(await ended).toBe('told');
  });

  it('drops the connection when an answer breaks off', async () => {
    async function* broken() {
      yield 'b';
      await wait(5);
      throw new Error('cut');
    }
    const { baseUrl, close } = await served(() => answered(broken()));
    await expect(fetch(baseUrl).then((response) => response.text())).rejects.toThrow();
    await close();
  });

  it('knows requests of one connection', async () => {
    const connections: object[] = [];
    const { baseUrl, close } = await served(({ connection }) => {
      connections.push(connection);
      return { status: 200, headers: {}, body: '' };
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (own: Agent): Promise<unknown> =>
      new Promise((resolve, reject) => {
        request(baseUrl, { agent: own }, (response) => response.resume().on('end', resolve))
          .on('error', reject)
          .end();
      });
    await ask(agent);
    await ask(agent);
    await ask(new Agent());
    expect(connections[0]).toBe(connections[1]);
    expect(connections[2]).not.toBe(connections[0]);
    agent.destroy();
    await close();
  });

  it('reads bodies up to the limit of its simulator', async () => {
    const { baseUrl, close } = await served(({ body }) => ({ status: 200, headers: {}, body: String(body.length) }), {
      largestBody: 1000,
    });
    const post = (size: number) => fetch(baseUrl, { method: 'POST', body: 'x'.repeat(size) });
    expect(await (await post(1000)).text()).toBe('1000');
    expect((await post(1001)).status).toBe(413);
    await close();
  });
});
