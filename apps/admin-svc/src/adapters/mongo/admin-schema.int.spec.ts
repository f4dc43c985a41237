import { newId } from '@daybook/platform/crypto';
import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes, runMigrations } from '@daybook/platform/mongo';
import { adminIndexes, adminMigrations } from './admin-schema';

describe('the migrations of admin-svc', () => {
  it('leave what the first release stored as it is, also when they come again after a kill', async () => {
    const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: integration tests need real servers');
    const connection = await connectMongo({ uri, dbName: newId('test').slice(0, 38), logger });
    const collection = (name: string) => connection.collection<{ _id: string; [field: string]: unknown }>(name);
    const policy = { _id: 'acc_1', version: 3, twoWaySync: true, reschedule: 'update' };
    const audited = { _id: 'aud_1', accountId: 'acc_1', number: 1, action: 'policy.changed', hash: 'h' };
    const to = adminMigrations.length;
    try {
      await collection('policies').insertOne(policy);
      await collection('audit_records').insertOne(audited);
      for (const again of [false, true]) {
        if (again) await collection('schema').updateOne({ _id: 'schema' }, { $set: { version: 0 } });
        const run = runMigrations(connection, adminMigrations, { serviceVersion: '0.1.0', logger });
        expect(await run).toEqual({ from: 0, to });
        await ensureIndexes(connection, adminIndexes);
        expect(await collection('policies').find({}).toArray()).toEqual([policy]);
        expect(await collection('audit_records').find({}).toArray()).toEqual([audited]);
      }
    } finally {
      await connection.dropDatabase();
      await connection.close();
    }
  });
});
