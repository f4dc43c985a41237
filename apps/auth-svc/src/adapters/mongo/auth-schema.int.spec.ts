import { createLogger } from '@daybook/platform/logging';
import { connectMongo, runMigrations } from '@daybook/platform/mongo';
import { randomUUID } from 'node:crypto';
import { authMigrations } from './auth-schema';

describe('the migrations of auth-svc', () => {
  it('destroy the copies of refresh tokens that earlier releases kept sealed', async () => {
    const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: integration tests need real servers');
    const connection = await connectMongo({ uri, dbName: `test_auth_${randomUUID().slice(0, 8)}`, logger });
    const tokens = connection.collection<{ _id: string }>('refresh_tokens');
    const run = (list: typeof authMigrations) => runMigrations(connection, list, { serviceVersion: '0.1.0', logger });
    try {
      await run(authMigrations.slice(0, 1));
      await tokens.createIndex({ successorHash: 1 });
      const row = { sessionId: 'ses_1', usedAt: new Date(0), successorHash: 'h2', successor: { sealed: 'x' } };
      await tokens.insertOne({ _id: 'h1', ...row });
      const schema = connection.collection<{ _id: string }>('schema');
      for (const again of [false, true]) {
        // As after a kill that came before the version was noted.
        if (again) await schema.updateOne({ _id: 'schema' }, { $set: { version: 1 } });
        expect(await run(authMigrations)).toEqual({ from: 1, to: authMigrations.length });
        expect(await tokens.findOne({})).toEqual({ _id: 'h1', sessionId: 'ses_1', usedAt: new Date(0) });
        expect(Object.keys(await tokens.indexInformation())).toEqual(['_id_']);
      }
    } finally {
      await connection.dropDatabase();
      await connection.close();
    }
  });
});
