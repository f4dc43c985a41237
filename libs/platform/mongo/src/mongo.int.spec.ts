import { createLogger } from '@daybook/platform/logging';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { connectMongo, pingMongo } from './connect-mongo';
import { ensureIndexes, IndexConflict } from './ensure-indexes';
import { inTransaction, TransactionFailed } from './in-transaction';
import { LeaseLost, LeaseStore } from './lease-store';
import { MongoModule } from './mongo-module';
import { nativeDb } from './native';
import { DatabaseTooNew, MigrationFailed, runMigrations, type Migration } from './run-migrations';

const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const dbName = `test_platform_${randomUUID().slice(0, 8)}`;

function mongoUri(): string {
  const uri = process.env['MONGODB_URI'];
  if (!uri) {
    throw new Error('MONGODB_URI is not set: integration tests need real servers');
  }
  return uri;
}

describe('the database library', () => {
  let connection: Connection;
  const things = () => nativeDb(connection).collection<{ _id: string; n: number }>('things');

  beforeAll(async () => {
    connection = await connectMongo({ uri: mongoUri(), dbName, logger });
    await ensureIndexes(connection, { things: [{ key: { n: 1 }, name: 'by_n' }], leases: [] });
  });

  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('answers a ping, and says so when it cannot', async () => {
    expect(await pingMongo(connection)).toMatchObject({ ok: true });
    const other = await connectMongo({ uri: mongoUri(), dbName, logger });
    await other.close();
    expect(await pingMongo(other)).toMatchObject({ ok: false });
  });

  it('waits for a database that is not there, until it is told to stop', async () => {
    const stop = new AbortController();
    const waiting = connectMongo({
      uri: 'mongodb://127.0.0.1:1/?directConnection=true',
      dbName,
      logger,
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 100);
    await expect(waiting).rejects.toThrow(/abort/);
  });

  it('gives the connection to a Nest application and closes it with it', async () => {
    @Module({ imports: [MongoModule.forRoot({ uri: mongoUri(), dbName, logger })] })
    class AppModule {}
    const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
    const injected = app.get<Connection>(getConnectionToken());
    expect(await pingMongo(injected)).toMatchObject({ ok: true });
    await app.close();
    expect(await pingMongo(injected)).toMatchObject({ ok: false });
  });

  describe('indexes', () => {
    it('are ensured again and again', async () => {
      await ensureIndexes(connection, { things: [{ key: { n: 1 }, name: 'by_n' }] });
      expect(await things().indexExists('by_n')).toBe(true);
    });

    it('that changed are a matter for a migration', async () => {
      const changed = ensureIndexes(connection, { things: [{ key: { n: 1 }, name: 'by_n', unique: true }] });
      await expect(changed).rejects.toBeInstanceOf(IndexConflict);
    });
  });

  describe('a transaction', () => {
    it('writes all or nothing', async () => {
      const failing = inTransaction(connection, async (session) => {
        await things().insertOne({ _id: 'a', n: 1 }, { session });
        throw new Error('of its own');
      });
      await expect(failing).rejects.toThrow('of its own');
      expect(await things().findOne({ _id: 'a' })).toBeNull();
      const result = await inTransaction(connection, async (session) => {
        await things().insertOne({ _id: 'a', n: 1 }, { session });
        return 'done';
      });
      expect(result).toBe('done');
      expect(await things().findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 1 });
    });

    it('is repeated after a conflict, so that no count is lost', async () => {
      await things().insertOne({ _id: 'counter', n: 0 });
      await Promise.all(
        Array.from({ length: 10 }, () =>
          inTransaction(
            connection,
            async (session) => {
              const row = await things().findOne({ _id: 'counter' }, { session });
              await things().updateOne({ _id: 'counter' }, { $set: { n: (row?.n ?? 0) + 1 } }, { session });
            },
            { maxAttempts: 50 },
          ),
        ),
      );
      expect((await things().findOne({ _id: 'counter' }))?.n).toBe(10);
    });

    it('finds what was found outside of one before, also while others are being committed', async () => {
      let isOver = false;
      const many = () => Array.from({ length: 200 }, () => ({ _id: randomUUID(), n: 0 }));
      const noise = Array.from({ length: 6 }, async () => {
        while (!isOver) await inTransaction(connection, (session) => things().insertMany(many(), { session }));
      });
      let missed = 0;
      try {
        for (let round = 0; round < 100; round += 1) {
          const _id = `seen-${round}`;
          const writing = inTransaction(connection, (session) => things().insertOne({ _id, n: round }, { session }));
          while (!(await things().findOne({ _id })));
          const found = await inTransaction(connection, (session) => things().findOne({ _id }, { session }));
          if (!found) missed += 1;
          await writing;
        }
      } finally {
        isOver = true;
        await Promise.all(noise);
      }
      expect(missed).toBe(0);
    });

    it('gives up after its attempts with a typed error', async () => {
      await things().insertOne({ _id: 'hot', n: 0 });
      let attempts = 0;
      const failing = inTransaction(
        connection,
        async (session) => {
          attempts += 1;
          await things().findOne({ _id: 'hot' }, { session });
          await things().updateOne({ _id: 'hot' }, { $inc: { n: 1 } });
          await things().updateOne({ _id: 'hot' }, { $inc: { n: 1 } }, { session });
        },
        { maxAttempts: 3 },
      );
      await expect(failing).rejects.toBeInstanceOf(TransactionFailed);
      expect(attempts).toBe(3);
    });
  });

  describe('a lease', () => {
    const subject = () => new LeaseStore(connection);
    const expire = (id: string) =>
      nativeDb(connection)
        .collection<{ _id: string }>('leases')
        .updateOne({ _id: id }, { $set: { expiresAt: new Date(0) } });

    it('is held by one, also against the same owner, and its fence grows', async () => {
      const first = await subject().acquire('l1', 'one', 60_000);
      expect(first).toEqual({ id: 'l1', owner: 'one', fence: 1 });
      expect(await subject().acquire('l1', 'two', 60_000)).toBeNull();
      expect(await subject().acquire('l1', 'one', 60_000)).toBeNull();
      if (first) {
        await subject().release(first);
      }
      expect(await subject().acquire('l1', 'two', 60_000)).toEqual({ id: 'l1', owner: 'two', fence: 2 });
    });

    it('goes to exactly one of many who ask at once', async () => {
      const asked = await Promise.all(Array.from({ length: 20 }, (_, n) => subject().acquire('l2', `o${n}`, 60_000)));
      expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
    });

    it('ends what a dead holder left open at the server, so that nobody waits for it', async () => {
      const things = nativeDb(connection).collection<{ _id: string; by: string }>('left_open');
      await things.insertOne({ _id: 'thing', by: 'nobody' });
      const session = await connection.startSession();
      await subject().acquire('l0', 'dead', 60_000, session);
      session.startTransaction();
      await things.updateOne({ _id: 'thing' }, { $set: { by: 'dead' } }, { session });
      await expire('l0');
      const next = await subject().withLease('l0', { owner: 'next', ttlMs: 60_000 }, async () =>
        // Without the takeover this would wait until the server gives the transaction up, a minute later.
        things.updateOne({ _id: 'thing', by: 'nobody' }, { $set: { by: 'next' } }, { maxTimeMS: 10_000 }),
      );
      expect(next).toMatchObject({ modifiedCount: 1 });
      await expect(session.commitTransaction()).rejects.toThrow();
      await session.endSession();
      expect(await things.findOne({ _id: 'thing' })).toEqual({ _id: 'thing', by: 'next' });
    });

    it('can be taken when it has run out, and then no longer renewed by the one before', async () => {
      const first = await subject().acquire('l3', 'one', 60_000);
      await expire('l3');
      expect(first && (await subject().renew(first, 60_000))).toBe(true);
      await expire('l3');
      expect((await subject().acquire('l3', 'two', 60_000))?.fence).toBe(2);
      expect(first && (await subject().renew(first, 60_000))).toBe(false);
    });

    it('refuses the commit of a holder who has lost it', async () => {
      const first = await subject().acquire('l4', 'one', 60_000);
      await expire('l4');
      await subject().acquire('l4', 'two', 60_000);
      const late = inTransaction(connection, async (session) => {
        await subject().assertFence(session, 'l4', first?.fence ?? 0);
        await things().insertOne({ _id: 'late', n: 1 }, { session });
      });
      await expect(late).rejects.toBeInstanceOf(LeaseLost);
      expect(await things().findOne({ _id: 'late' })).toBeNull();
    });

    it('cannot be taken while a commit of its holder is under way', async () => {
      const first = await subject().acquire('l5', 'one', 60_000);
      await expire('l5');
      let taken: Promise<unknown> = Promise.resolve();
      await inTransaction(connection, async (session) => {
        await subject().assertFence(session, 'l5', first?.fence ?? 0);
        taken = subject().acquire('l5', 'two', 60_000);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await things().insertOne({ _id: 'in-time', n: 1 }, { session });
      });
      expect(await taken).toMatchObject({ owner: 'two', fence: 2 });
      expect(await things().findOne({ _id: 'in-time' })).not.toBeNull();
    });

    it('is renewed while the work runs, and given back', async () => {
      const outcome = await subject().withLease('l6', { owner: 'one', ttlMs: 150 }, async (lease, signal) => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(await subject().acquire('l6', 'two', 1000)).toBeNull();
        return { aborted: signal.aborted, fence: lease.fence };
      });
      expect(outcome).toEqual({ aborted: false, fence: 1 });
      expect(await subject().acquire('l6', 'two', 60_000)).not.toBeNull();
      expect(await subject().withLease('l6', { owner: 'three', ttlMs: 150 }, async () => 'ran')).toBe('held');
    });

    it('tells the work when it is lost', async () => {
      const reason = await subject().withLease('l7', { owner: 'one', ttlMs: 90 }, async (_lease, signal) => {
        await nativeDb(connection)
          .collection<{ _id: string }>('leases')
          .updateOne({ _id: 'l7' }, { $inc: { fence: 1 } });
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return signal.reason instanceof LeaseLost;
      });
      expect(reason).toBe(true);
    });
  });

  describe('migrations', () => {
    const fresh = async () =>
      connectMongo({ uri: mongoUri(), dbName: `${dbName}_${randomUUID().slice(0, 6)}`, logger });
    const options = { serviceVersion: '0.1.0', logger };
    const note = (version: number, ran: number[]): Migration => ({
      version,
      name: `step-${version}`,
      up: async () => void ran.push(version),
    });

    it('run once each, in order, also when two processes start together', async () => {
      const db = await fresh();
      const ran: number[] = [];
      const list = [note(1, ran), note(2, ran)];
      await Promise.all([runMigrations(db, list, options), runMigrations(db, list, options)]);
      expect(ran).toEqual([1, 2]);
      expect(await runMigrations(db, [...list, note(3, ran)], options)).toEqual({ from: 2, to: 3 });
      expect(ran).toEqual([1, 2, 3]);
      await db.dropDatabase();
      await db.close();
    });

    it('go on where they were killed', async () => {
      const db = await fresh();
      const steps: unknown[] = [];
      const killedOnce: Migration = {
        version: 1,
        name: 'long-one',
        up: async (_db, progress) => {
          steps.push(await progress.load());
          await progress.save({ done: 500 });
          if (steps.length === 1) {
            throw new Error('killed');
          }
        },
      };
      await expect(runMigrations(db, [killedOnce], options)).rejects.toBeInstanceOf(MigrationFailed);
      expect(await runMigrations(db, [killedOnce], options)).toEqual({ from: 0, to: 1 });
      expect(steps).toEqual([null, { done: 500 }]);
      await db.dropDatabase();
      await db.close();
    });

    it('refuse a database of a newer release, and a list with a gap', async () => {
      const db = await fresh();
      const ran: number[] = [];
      await runMigrations(db, [note(1, ran), note(2, ran)], options);
      await expect(runMigrations(db, [note(1, ran)], options)).rejects.toBeInstanceOf(DatabaseTooNew);
      await expect(runMigrations(db, [note(1, ran), note(3, ran)], options)).rejects.toThrow('expected 2');
      await db.dropDatabase();
      await db.close();
    });
  });
});
