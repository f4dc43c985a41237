import type { Caller } from '@daybook/contracts';
import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes } from '@daybook/platform/mongo';
import type { Connection } from 'mongoose';
import { randomBytes, randomUUID } from 'node:crypto';
import { authIndexes } from './adapters/mongo/auth-schema';
import { OutboxAnnouncer } from './adapters/mongo/outbox-announcer';
import { IdempotentWrites } from './api/idempotent-writes';
import { mongoPorts } from './auth-runtime';
import { AuthHarness, json, keyring } from './testing/auth-harness';
import { ADA, everythingTold, formWish, problemOf } from './testing/form-wishes';

describe('a password that somebody types', () => {
  const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
  const [first, second, wrong] = ['first', 'second', 'wrong'].map(
    (name) => `${name}-${randomBytes(12).toString('hex')}`,
  );
  let connection: Connection;
  let subject: AuthHarness;
  let caller: Caller;

  beforeAll(async () => {
    const uri = process.env['MONGODB_URI'];
    if (!uri) throw new Error('MONGODB_URI is not set: integration tests need real servers');
    connection = await connectMongo({ uri, dbName: `test_auth_${randomUUID().slice(0, 8)}`, logger });
    await ensureIndexes(connection, authIndexes);
    const clock = { now: () => new Date() };
    subject = new AuthHarness(mongoPorts(connection, { keyring, clock, wakeRelay: () => undefined }));
    subject.forms.areOffered = true;
    subject.forms.auth.open(ADA, first ?? '');
    caller = await subject.callerOf();
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  /** Every document of every collection, as the server stores it. */
  async function stored(): Promise<Buffer> {
    const rows: Buffer[] = [];
    for (const { name } of await connection.listCollections()) {
      for await (const row of connection.collection(name).find({}, { raw: true })) {
        rows.push(Buffer.isBuffer(row) ? row : Buffer.from(JSON.stringify(row)));
      }
    }
    return Buffer.concat(rows);
  }

  it('lies in no document, no event, no log line and no answer in a way that can be read', async () => {
    // What is announced lies in the outbox of a running service.
    const announcer = new OutboxAnnouncer(connection, subject.ports.clock, () => undefined);
    const use = subject.anotherInstance({ announcer });
    const writes = new IdempotentWrites(use);
    const connect = (password: string | undefined, idempotencyKey: string) =>
      writes.connect({ caller, idempotencyKey, tellAs: 'name', body: formWish({ email: ADA, password }) });
    const problem = await problemOf(connect(wrong, 'k1'));
    const answer = await connect(first, 'k2');
    const { id } = answer.connection;
    subject.forms.auth.open(ADA, second ?? '');
    const grant = await use.getAccess.run({ connectionId: id, part: 'calendar' });
    const token = grant.type === 'access' ? grant.token : '';
    expect(token).toContain(first);
    await use.checkRevoked.run(id, token);
    const again = { caller, id, idempotencyKey: 'k3', body: json({ ews: { password: second } }) };
    const reconnected = await writes.reconnect(again);
    const told = `${everythingTold(subject)}${JSON.stringify([problem, answer, reconnected])}`;

    const bytes = await stored();
    expect(bytes.includes(id)).toBe(true);
    expect(subject.forms.auth.shown.map(({ password }) => password)).toEqual([wrong, first, second]);
    for (const password of [first, second, wrong]) {
      for (const form of readableForms(password ?? '')) {
        expect([form, bytes.includes(form)]).toEqual([form, false]);
        expect([form, told.includes(form)]).toEqual([form, false]);
      }
    }
  });
});

/** As it is, in hex, and in base64 wherever it may begin within three bytes. */
function readableForms(password: string): string[] {
  const bytes = Buffer.from(password);
  const inBase64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [password, bytes.toString('hex'), ...inBase64];
}
