import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes, inTransaction, LeaseStore, nativeDb } from '@daybook/platform/mongo';
import {
  connectNats,
  daybookStreams,
  ensureStreams,
  EventConsumer,
  type NatsClient,
  type ReceivedEvent,
} from '@daybook/platform/nats';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { OutboxRelay } from './outbox-relay';
import { outboxCollection, outboxIndexes, type OutboxRow } from './outbox-row';
import { OutboxWriter } from './outbox-writer';

const run = `t${randomUUID().slice(0, 8)}`;
const lines: string[] = [];
const logger = createLogger({ service: 'test', level: 'debug', destination: { write: (line) => lines.push(line) } });

function server(variable: string): string {
  const url = process.env[variable];
  if (!url) {
    throw new Error(`${variable} is not set: integration tests need real servers`);
  }
  return url;
}

async function eventually(probe: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  for (const end = performance.now() + ms; !(await probe());) {
    if (performance.now() > end) {
      throw new Error('it did not happen in time');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the outbox', () => {
  let connection: Connection;
  let client: NatsClient;
  let relays: OutboxRelay[] = [];
  let streamCreated = '';
  const writer = new OutboxWriter({ source: '/daybook/test' });
  const subjectOf = (name: string) => `evt.${run}.${name}.changed.v1`;
  const rows = () => nativeDb(connection).collection<OutboxRow>(outboxCollection);

  const entry = (name: string, item: string, sequence: number) => ({
    subject: subjectOf(name),
    itemKey: item,
    sequence,
    accountId: 'acc_1',
    data: { item, sequence },
  });

  const newRelay = (pollMs = 100) => {
    const relay = new OutboxRelay({
      connection,
      client,
      leases: new LeaseStore(connection),
      owner: randomUUID(),
      logger,
      pollMs,
      leaseTtlMs: 2000,
    });
    relays.push(relay);
    return relay;
  };

  const listen = async (name: string) => {
    const events: ReceivedEvent[] = [];
    const consumption = await new EventConsumer({ client, logger }).consume({
      name: `${run}_${name}`,
      subjects: [subjectOf(name)],
      ordered: false,
      parallelism: 1,
      handle: async (event) => void events.push(event),
    });
    return { events, consumption };
  };

  beforeAll(async () => {
    connection = await connectMongo({ uri: server('MONGODB_URI'), dbName: `test_outbox_${run}`, logger });
    client = await connectNats({ url: server('NATS_URL'), name: 'outbox', logger });
    await ensureIndexes(connection, { ...outboxIndexes, leases: [], outbox_streams: [] });
    streamCreated =
      (await ensureStreams(client)).find(({ name }) => name === daybookStreams.events.name)?.created ?? '';
  });

  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    relays = [];
    await rows().deleteMany({});
  });

  afterAll(async () => {
    const manager = await client.jetstreamManager();
    for await (const consumer of manager.consumers.list(daybookStreams.events.name)) {
      if (consumer.name.startsWith(run)) {
        await manager.consumers.delete(daybookStreams.events.name, consumer.name);
      }
    }
    await manager.streams.purge(daybookStreams.events.name, { filter: `evt.${run}.>` });
    await connection.dropDatabase();
    await connection.close();
    await client.close();
  });

  it('publishes what a transaction committed, at once when woken, and nothing of one that rolled back', async () => {
    const relay = newRelay(60_000);
    relay.start();
    const { events, consumption } = await listen('commit');
    const rolledBack = inTransaction(connection, async (session) => {
      await rows().insertMany(writer.rows([entry('commit', 'x', 1)]), { session });
      throw new Error('roll back');
    });
    await expect(rolledBack).rejects.toThrow('roll back');
    const [row] = writer.rows([entry('commit', 'a', 1)]);
    await inTransaction(connection, (session) => rows().insertMany(row ? [row] : [], { session }));
    relay.wake();
    await eventually(() => events.length === 1);
    expect(events[0]).toMatchObject({ id: row?._id, body: { id: row?._id, data: { item: 'a', sequence: 1 } } });
    await eventually(async () => (await rows().findOne({ _id: row?._id ?? '' }))?.publishedAt instanceof Date);
    expect(await relay.ping()).toEqual({ pending: 0, oldestMs: 0 });
    await consumption.stop();
  });

  it('keeps the order of each item, whatever the order and age of the rows, with two relays', async () => {
    const { events, consumption } = await listen('order');
    const items = Array.from({ length: 20 }, (_, n) => `item_${n}`);
    const all = writer.rows(items.flatMap((item) => [3, 1, 4, 2, 5].map((sequence) => entry('order', item, sequence))));
    await rows().insertMany(all);
    newRelay().start();
    newRelay().start();
    await eventually(() => events.length >= 100);
    const seen = events.map(({ body }) => JSON.parse(JSON.stringify(body)).data);
    for (const item of items) {
      expect(seen.filter((data) => data.item === item).map((data) => data.sequence)).toEqual([1, 2, 3, 4, 5]);
    }
    expect(new Set(events.map(({ id }) => id)).size).toBe(100);
    await consumption.stop();
  });

  it('finds the earlier rows of an item also beyond the edge of a batch', async () => {
    const { events, consumption } = await listen('edge');
    const [late] = writer.rows([entry('edge', 'mixed', 2)]);
    const filler = writer.rows(Array.from({ length: 1100 }, (_, n) => entry('filler', `f${n}`, 1)));
    const [early] = writer.rows([entry('edge', 'mixed', 1)]);
    await rows().insertMany([...(late ? [late] : []), ...filler, ...(early ? [early] : [])]);
    newRelay().start();
    await eventually(() => events.length === 2);
    expect(events.map(({ id }) => id)).toEqual([early?._id, late?._id]);
    await consumption.stop();
  });

  it('goes on where a killed relay left: nothing lost, nothing with a second id', async () => {
    const { events, consumption } = await listen('killed');
    await rows().insertMany(writer.rows(Array.from({ length: 50 }, (_, n) => entry('killed', `k${n}`, 1))));
    newRelay().start();
    await eventually(() => events.length === 50);
    await rows().updateMany({}, { $set: { publishedAt: null } });
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events).toHaveLength(50);
    await consumption.stop();
  });

  it('publishes all kept rows again under their ids when the broker lost its volume', async () => {
    const { events, consumption } = await listen('wiped');
    const written = writer.rows(Array.from({ length: 30 }, (_, n) => entry('wiped', `w${n}`, 1)));
    await rows().insertMany(written);
    const relay = newRelay();
    relay.start();
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
    await eventually(() => events.length === 30);
    await relay.stop();
    const states = nativeDb(connection).collection<{ _id: string; created: string }>('outbox_streams');
    await states.updateMany({ _id: /^DAYBOOK_EVENTS/ }, { $set: { created: 'another time' } });
    const manager = await client.jetstreamManager();
    await manager.streams.purge(daybookStreams.events.name, { filter: subjectOf('wiped') });
    const again = newRelay();
    again.start();
    await eventually(() => lines.some((line) => line.includes('the broker lost a stream')));
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
    const states2 = await states.find({ _id: /^DAYBOOK_EVENTS/ }).toArray();
    expect(new Set(states2.map(({ created }) => created))).toEqual(new Set([streamCreated]));
    await consumption.stop();
  });

  it('publishes the last rows again when the broker was started anew, and the broker drops what it has', async () => {
    const { events, consumption } = await listen('restarted');
    await rows().insertMany(writer.rows(Array.from({ length: 10 }, (_, n) => entry('restarted', `r${n}`, 1))));
    await rows().insertMany(
      writer
        .rows([entry('restarted', 'old', 1)])
        .map((row) => ({ ...row, publishedAt: new Date(Date.now() - 3_600_000) })),
    );
    const relay = newRelay();
    relay.start();
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
    await eventually(() => events.length === 10);
    await relay.stop();
    const states = nativeDb(connection).collection('outbox_streams');
    await states.updateMany({}, { $set: { brokerRun: 'an earlier one' } });
    lines.length = 0;
    newRelay().start();
    await eventually(() => lines.some((line) => line.includes('was started anew')));
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
    const counts = lines.flatMap((line) =>
      /started anew/.test(line) ? [Number(/"count":(\d+)/.exec(line)?.[1])] : [],
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(events).toHaveLength(10);
    await consumption.stop();
  });

  it('hands its partitions over when it stops, and waits for a holder that does not', async () => {
    const first = newRelay();
    first.start();
    await eventually(
      async () =>
        (await nativeDb(connection)
          .collection('leases')
          .countDocuments({ owner: { $ne: null } })) === 8,
    );
    const second = newRelay();
    second.start();
    await rows().insertMany(writer.rows([entry('handover', 'h', 1)]));
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
    await first.stop();
    await rows().insertMany(writer.rows([entry('handover', 'h', 2)]));
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0);
  });

  it('looks for work in an index that holds only unpublished rows', async () => {
    await rows().insertMany(writer.rows([entry('plan', 'p', 1)]));
    const plan = await rows()
      .find({ publishedAt: null, partition: { $in: [0, 1, 2] } })
      .sort({ _id: 1 })
      .limit(1000)
      .explain();
    expect(JSON.stringify(plan)).toContain('"indexName":"unpublished"');
    expect(JSON.stringify(plan.queryPlanner)).not.toContain('COLLSCAN');
  });

  it('carries ten thousand rows without losing pace', async () => {
    await rows().insertMany(writer.rows(Array.from({ length: 10_000 }, (_, n) => entry('speed', `s${n}`, 1))));
    const relay = newRelay();
    const started = performance.now();
    relay.start();
    await eventually(async () => (await rows().countDocuments({ publishedAt: null })) === 0, 60_000);
    const rate = Math.round(10_000 / ((performance.now() - started) / 1000));
    process.stderr.write(`outbox relay: ${rate} rows/s\n`);
    expect(rate).toBeGreaterThan(200);
  }, 90_000);
});
