import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EventConsumer, type ReceivedEvent } from './event-consumer';
import { JobQueue } from './job-queue';
import { connectNats, type NatsClient } from './nats-client';
import { publishEvent } from './publish-event';
import { PushPublisher, subscribePush } from './push';
import type { Consumption } from './pull-loop';
import { daybookStreams, ensureStreams } from './streams';
import { CutProxy } from './testing/cut-proxy';
import { eventually, loggerWithLines, serverUrl } from './testing/silent-logger';

const run = `t${randomUUID().slice(0, 8)}`;
const body = z.object({ n: z.number() });

describe('streams, jobs, events and pushes', () => {
  const { logger, lines } = loggerWithLines();
  let proxy: CutProxy;
  let client: NatsClient;
  const consumptions: Consumption[] = [];

  beforeAll(async () => {
    proxy = await CutProxy.before(serverUrl('NATS_URL'));
    client = await connectNats({ url: proxy.url, name: 'streams', logger });
  });

  afterEach(async () => {
    await Promise.all(consumptions.splice(0).map((consumption) => consumption.stop()));
  });

  afterAll(async () => {
    const manager = await client.jetstreamManager();
    for (const stream of [daybookStreams.jobs.name, daybookStreams.events.name]) {
      for await (const consumer of manager.consumers.list(stream)) {
        if (consumer.name.startsWith(run)) {
          await manager.consumers.delete(stream, consumer.name);
        }
      }
    }
    await client.close();
    await proxy.close();
  });

  const jobs = () => new JobQueue({ client, logger });

  it('makes the streams once, however often it is asked', async () => {
    const [first, second] = [await ensureStreams(client), await ensureStreams(client)];
    expect(first).toEqual(second);
    expect(first.map(({ name }) => name).sort()).toEqual(['DAYBOOK_AUDIT', 'DAYBOOK_EVENTS', 'DAYBOOK_JOBS']);
  });

  it('hands each job to one of the consumers, never more at once than allowed', async () => {
    const subject = `job.${run}.spread`;
    const done: number[] = [];
    let [running, most] = [0, 0];
    const handle = async ({ body: { n } }: { body: { n: number } }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      done.push(n);
    };
    const consumer = { name: `${run}_spread`, subject, schema: body, parallelism: 2, handle };
    consumptions.push(await jobs().consume(consumer), await jobs().consume(consumer));
    await Promise.all(Array.from({ length: 20 }, (_, n) => jobs().publish(subject, { n })));
    await eventually(() => done.length >= 20);
    expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(most).toBeLessThanOrEqual(4);
  });

  it('tries a failed job again, and drops what does not fit, saying so', async () => {
    const subject = `job.${run}.again`;
    const attempts: string[] = [];
    consumptions.push(
      await jobs().consume({
        name: `${run}_again`,
        subject,
        schema: body,
        handle: async ({ body: { n }, attempt }) => {
          attempts.push(`${n}:${attempt}`);
          if (n === 1 && attempt === 1) {
            throw new Error('not yet');
          }
          return n === 2 && attempt === 1 ? { type: 'again', inMs: 50 } : { type: 'done' };
        },
      }),
    );
    await jobs().publish(subject, { wrong: true });
    await jobs().publish(subject, { n: 1 });
    await jobs().publish(subject, { n: 2 });
    await eventually(() => attempts.length >= 4);
    expect([...attempts].sort()).toEqual(['1:1', '1:2', '2:1', '2:2']);
    expect(lines.some((line) => line.includes('a message was dropped'))).toBe(true);
  });

  it('keeps a long job from going to somebody else', async () => {
    const subject = `job.${run}.long`;
    const attempts: number[] = [];
    const handle = async ({ attempt }: { attempt: number }) => {
      attempts.push(attempt);
      await new Promise((resolve) => setTimeout(resolve, 2500));
    };
    const consumer = { name: `${run}_long`, subject, schema: body, ackWaitMs: 1000, handle };
    consumptions.push(await jobs().consume(consumer), await jobs().consume(consumer));
    await jobs().publish(subject, { n: 1 });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(attempts).toEqual([1]);
  });

  it('goes on after the broker was away', async () => {
    const subject = `job.${run}.away`;
    const done: number[] = [];
    const handle = async (job: { body: { n: number } }) => void done.push(job.body.n);
    consumptions.push(await jobs().consume({ name: `${run}_away`, subject, schema: body, handle }));
    await jobs().publish(subject, { n: 1 });
    await eventually(() => done.includes(1));
    proxy.cut();
    await eventually(() => !client.isConnected());
    proxy.mend();
    await client.whenConnected(10_000);
    await jobs().publish(subject, { n: 2 });
    await eventually(() => done.includes(2));
  });

  it('goes on after consumer and stream have vanished', async () => {
    const subject = `job.${run}.wiped`;
    const done: number[] = [];
    const handle = async (job: { body: { n: number } }) => void done.push(job.body.n);
    consumptions.push(await jobs().consume({ name: `${run}_wiped`, subject, schema: body, handle }));
    await jobs().publish(subject, { n: 1 });
    await eventually(() => done.includes(1));
    const manager = await client.jetstreamManager();
    await manager.consumers.delete(daybookStreams.jobs.name, `${run}_wiped`);
    await jobs().publish(subject, { n: 2 });
    await eventually(() => done.includes(2), 25_000);
  });

  it('delivers events in order, once, from the beginning, and the failed one again before the next', async () => {
    const subject = `evt.${run}.item.changed.v1`;
    await ensureStreams(client);
    const ack = await publishEvent(client, { subject, id: `${run}-1`, body: '{"n":1}', correlationId: 'corr-9' });
    expect(ack.duplicate).toBe(false);
    expect(await publishEvent(client, { subject, id: `${run}-1`, body: '{"n":1}' })).toMatchObject({ duplicate: true });
    const received: ReceivedEvent[] = [];
    let failed = false;
    consumptions.push(
      await new EventConsumer({ client, logger }).consume({
        name: `${run}_events`,
        subjects: [subject],
        handle: async (event) => {
          if (event.id === `${run}-2` && !failed) {
            failed = true;
            throw new Error('once');
          }
          received.push(event);
        },
      }),
    );
    for (const n of [2, 3, 4]) {
      await publishEvent(client, { subject, id: `${run}-${n}`, body: JSON.stringify({ n }) });
    }
    await eventually(() => received.length >= 4);
    expect(received.map(({ body: content }) => content)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
    expect(received[0]).toMatchObject({ id: `${run}-1`, subject, redelivered: false, correlationId: 'corr-9' });
    expect(failed).toBe(true);
  });

  it('pushes to whoever listens, also after a reconnection', async () => {
    const heard: string[] = [];
    const subscription = subscribePush(client, `push.${run}.*`, (subject, content) => {
      heard.push(`${subject.split('.').at(-1)}:${JSON.stringify(content)}`);
    });
    const pushes = new PushPublisher(client);
    await client.ping();
    pushes.publish(`push.${run}.ada`, { cursor: 'a' });
    await eventually(() => heard.length === 1);
    proxy.cut();
    await eventually(() => !client.isConnected());
    pushes.publish(`push.${run}.ada`, { cursor: 'lost' });
    proxy.mend();
    await client.whenConnected(10_000);
    await client.ping();
    pushes.publish(`push.${run}.bob`, { cursor: 'b' });
    await eventually(() => heard.length === 2);
    expect(heard).toEqual(['ada:{"cursor":"a"}', 'bob:{"cursor":"b"}']);
    subscription.stop();
  });
});
