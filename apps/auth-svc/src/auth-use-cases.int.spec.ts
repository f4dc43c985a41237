import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes } from '@daybook/platform/mongo';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { authIndexes } from './adapters/mongo/auth-schema';
import { mongoPorts } from './auth-runtime';
import { accessSuite } from './testing/access.suite';
import { approvalSuite } from './testing/approval.suite';
import { AuthHarness, keyring } from './testing/auth-harness';
import { connectionSuite } from './testing/connections.suite';
import { deletionSuite } from './testing/deletion.suite';
import { formAgainSuite } from './testing/form-again.suite';
import { formCertificateSuite } from './testing/form-certificate.suite';
import { formMeanwhileSuite } from './testing/form-meanwhile.suite';
import { formPolicySuite } from './testing/form-policy.suite';
import { formSuite } from './testing/forms.suite';
import { idempotencySuite } from './testing/idempotency.suite';
import { sessionSuite } from './testing/sessions.suite';

describe('the use cases on a real database', () => {
  let connection: Connection;
  const logger = createLogger({ service: 'test', destination: { write: () => undefined } });

  beforeAll(async () => {
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: integration tests need real servers');
    connection = await connectMongo({ uri, dbName: `test_auth_${randomUUID().slice(0, 8)}`, logger });
    await ensureIndexes(connection, authIndexes);
  });

  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  /** Rows of the test before are removed; collections and indexes stay. */
  async function make(): Promise<AuthHarness> {
    await Promise.all(Object.keys(authIndexes).map((name) => connection.collection(name).deleteMany({})));
    Object.keys(connection.models).forEach((name) => connection.deleteModel(name));
    const clock = { now: () => new Date() };
    return new AuthHarness(mongoPorts(connection, { keyring, clock, wakeRelay: () => undefined }));
  }

  sessionSuite(make);
  connectionSuite(make);
  accessSuite(make);
  approvalSuite(make);
  deletionSuite(make);
  formSuite(make);
  formAgainSuite(make);
  formCertificateSuite(make);
  formMeanwhileSuite(make);
  formPolicySuite(make);
  idempotencySuite(make);
});
