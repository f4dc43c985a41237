import { adminPolicyGet, adminPolicySave, openPolicy, type Caller } from '@daybook/contracts';
import { Secret } from '@daybook/platform/crypto';
import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes } from '@daybook/platform/mongo';
import { connectNats, gatherMetrics, RpcClient, subscribePush, type NatsClient } from '@daybook/platform/nats';
import type { INestMicroservice } from '@nestjs/common';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { adminIndexes } from './adapters/mongo/admin-schema';
import { MongoAuditStore } from './adapters/mongo/mongo-audit-store';
import { MongoPolicyStore } from './adapters/mongo/mongo-policy-store';
import { startAdmin } from './start-admin';
import { auditSuite, policySuite } from './testing/admin.suite';
import { CheckAuditTrail } from './use-cases/check-audit-trail';

const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const prefix = `test_admin_${randomUUID().slice(0, 8)}`;

function address(name: 'MONGODB_URI' | 'NATS_URL'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: integration tests need real servers`);
  return value;
}

describe('admin-svc on real servers', () => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await connectMongo({ uri: address('MONGODB_URI'), dbName: `${prefix}_admin`, logger });
    await ensureIndexes(connection, adminIndexes);
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  async function emptied(): Promise<Connection> {
    await Promise.all(Object.keys(adminIndexes).map((name) => connection.collection(name).deleteMany({})));
    return freshModels();
  }

  /** Each store declares its own models, and mongoose lets a connection have each once. */
  function freshModels(): Connection {
    Object.keys(connection.models).forEach((name) => connection.deleteModel(name));
    return connection;
  }

  policySuite(async () => new MongoPolicyStore(await emptied(), () => undefined));
  auditSuite(async () => new MongoAuditStore(await emptied()));

  describe('the service', () => {
    let app: INestMicroservice;
    let client: NatsClient;
    const accountId = `acc_${randomUUID()}`;
    const admin: Caller = { userId: 'usr_1', accountId, role: 'administrator', client: { kind: 'portal' } };

    beforeAll(async () => {
      await emptied();
      const settings = {
        MONGODB_URI: address('MONGODB_URI'),
        MONGODB_DB_PREFIX: prefix,
        NATS_URL: address('NATS_URL'),
        NATS_USER: undefined,
        NATS_PASSWORD: undefined as Secret<string> | undefined,
        NATS_INBOX_PREFIX: undefined,
        LOG_LEVEL: 'error' as const,
      };
      app = await startAdmin(settings, logger);
      client = await connectNats({ url: address('NATS_URL'), name: 'test', logger });
    });
    afterAll(async () => {
      await app.close();
      await client.close();
    });

    it('saves a policy, tells services and screens, and keeps the audit record', async () => {
      const heard: string[] = [];
      const subscriptions = [
        subscribePush(client, `push.account.${accountId}`, (_subject, body) => void heard.push(JSON.stringify(body))),
        subscribePush(client, 'evt.admin.policy.changed.v1', (_subject, body) => {
          const text = JSON.stringify(body);
          if (text.includes(accountId)) heard.push(text);
        }),
      ];
      await client.connection.flush();
      const rpc = new RpcClient({ client, from: 'test' });
      const body = { type: 'json' as const, value: { ...openPolicy(), enabled: false } };
      expect(await rpc.call(adminPolicySave, { caller: admin, body, ifMatch: '"p0"' })).toMatchObject({
        version: 'p1',
      });
      expect(await rpc.call(adminPolicyGet, { accountId })).toMatchObject({ enabled: false });

      const trail = new MongoAuditStore(freshModels());
      for (let tries = 0; tries < 100 && (await trail.head(accountId)).number === 0; tries += 1) await sleep(100);
      const [kept] = await trail.read(accountId, 0, 10);
      expect(kept?.record).toMatchObject({ action: 'policy.changed', actorId: 'usr_1', details: { enabled: false } });
      expect(await new CheckAuditTrail(trail).run(accountId)).toEqual({ intact: true, count: 1 });
      expect(heard).toHaveLength(2);
      expect(heard.join()).toContain('"changed":["enabled"]');
      subscriptions.forEach((subscription) => subscription.stop());
    });

    it('tells what it has measured: requests, messages and its outbox', async () => {
      const text = (await gatherMetrics(client)).get('admin')?.join('\n') ?? '';
      expect(text).toMatch(/^daybook_outbox_pending\{service="admin-svc",process="[^"]+"\} \d/m);
      expect(text).toMatch(/^daybook_rpc_handled_seconds_count\{.*operation="admin.policy.save",outcome="value"\} 1$/m);
      expect(text).toMatch(/^daybook_messages_handled_seconds_count\{.*consumer="admin-svc_audit"/m);
    });
  });
});
