import { createLogger } from '@daybook/platform/logging';
import { connectMongo, runMigrations } from '@daybook/platform/mongo';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { authMigrations } from './auth-schema';

describe('the migrations of auth-svc', () => {
  const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
  let connection: Connection;
  beforeEach(async () => {
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: integration tests need real servers');
    connection = await connectMongo({ uri, dbName: `test_auth_${randomUUID().slice(0, 8)}`, logger });
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  const run = (list: typeof authMigrations) => runMigrations(connection, list, { serviceVersion: '0.1.0', logger });
  /** Brings a database of that version up to date, and again as after a kill that came before it was noted. */
  const comesFrom = async (version: number, check: () => Promise<void>): Promise<void> => {
    const schema = connection.collection<{ _id: string }>('schema');
    for (const again of [false, true]) {
      if (again) await schema.updateOne({ _id: 'schema' }, { $set: { version } });
      expect(await run(authMigrations)).toEqual({ from: version, to: authMigrations.length });
      await check();
    }
  };

  it('destroy the copies of refresh tokens that earlier releases kept sealed', async () => {
    const tokens = connection.collection<{ _id: string }>('refresh_tokens');
    await run(authMigrations.slice(0, 1));
    await tokens.createIndex({ successorHash: 1 });
    const row = { sessionId: 'ses_1', usedAt: new Date(0), successorHash: 'h2', successor: { sealed: 'x' } };
    await tokens.insertOne({ _id: 'h1', ...row });
    await comesFrom(1, async () => {
      expect(await tokens.findOne({})).toEqual({ _id: 'h1', sessionId: 'ses_1', usedAt: new Date(0) });
      expect(Object.keys(await tokens.indexInformation())).toEqual(['_id_']);
    });
  });

  it('know of no connection of earlier releases that its provider wants to be shown anything', async () => {
    const connections = connection.collection<{ _id: string; claims?: string }>('connections');
    await run(authMigrations.slice(0, 2));
    await connections.insertMany([{ _id: 'old' }, { _id: 'new', claims: '{"id_token":{}}' }]);
    await comesFrom(2, async () => {
      expect(await connections.find().sort({ _id: -1 }).toArray()).toMatchObject([
        { _id: 'old', claims: null },
        { _id: 'new', claims: '{"id_token":{}}' },
      ]);
    });
  });

  it('know of no connection of earlier releases that its new consent has to be approved', async () => {
    const connections = connection.collection<{ _id: string; approvalFor?: object }>('connections');
    const approvalFor = { calendar: 'readWrite', contacts: 'none' };
    await run(authMigrations.slice(0, 3));
    await connections.insertMany([{ _id: 'old' }, { _id: 'new', approvalFor }]);
    await comesFrom(3, async () => {
      expect(await connections.find().sort({ _id: -1 }).toArray()).toMatchObject([
        { _id: 'old', approvalFor: null },
        { _id: 'new', approvalFor },
      ]);
    });
  });

  it('know of no connection of earlier releases that it leads to a server of its own, or waits for another way', async () => {
    const connections = connection.collection<{ _id: string; server?: object }>('connections');
    const server = { url: 'https://mail.example.com/EWS/Exchange.asmx', username: 'ada' };
    await run(authMigrations.slice(0, 4));
    await connections.insertMany([{ _id: 'old' }, { _id: 'new', server }]);
    await comesFrom(4, async () => {
      expect(await connections.find().sort({ _id: -1 }).toArray()).toEqual([
        { _id: 'old', server: null, approvalAt: null },
        { _id: 'new', server, approvalAt: null },
      ]);
    });
  });
});
