import type { Caller, RawBody } from '@daybook/contracts';
import { IdempotentWrites } from '../api/idempotent-writes';
import type { AuthUseCases } from '../auth-use-cases';
import { codeOf, json, reading, wish, writing, type AuthHarness } from './auth-harness';
import { WatchedAnswers } from './fake-kept-answers';

const phone = json({ name: 'Phone system', scopes: ['phone:write'] });
const DAY_MS = 24 * 60 * 60_000;

/** What `Idempotency-Key` promises, on whatever the stores are made of. */
export function idempotencySuite(make: () => Promise<AuthHarness>): void {
  describe('Idempotency-Key', () => {
    let subject: AuthHarness;
    let admin: Caller;
    beforeEach(async () => {
      subject = await make();
      admin = await subject.callerOf('admin@example.com');
    });

    const keys = () => subject.use.listApiKeys.run(admin);
    function makeKey(
      given: Partial<{ caller: Caller; body: RawBody; idempotencyKey: string; use: AuthUseCases }> = {},
    ) {
      const { use = subject.use, ...rest } = given;
      return new IdempotentWrites(use).createApiKey({ caller: admin, body: phone, idempotencyKey: 'k1', ...rest });
    }

    describe('of a write', () => {
      it('happens once and is answered the same, secrets included, for a day', async () => {
        const first = await makeKey();
        expect(first.key).toMatch(/^dbk_/);
        subject.clock.advance(DAY_MS - 1);
        expect(await makeKey({ body: json({ scopes: ['phone:write'], name: 'Phone system' }) })).toEqual(first);
        expect(await keys()).toHaveLength(1);
        subject.clock.advance(1);
        expect((await makeKey()).id).not.toBe(first.id);
        expect(await makeKey()).toEqual(await makeKey());
        expect(await keys()).toHaveLength(2);
      });

      it('is refused with another body, and nothing happens', async () => {
        await makeKey();
        expect(await codeOf(makeKey({ body: json({ name: 'Other', scopes: ['phone:write'] }) }))).toBe(
          'idempotency_mismatch',
        );
        expect(await codeOf(makeKey({ body: { type: 'none' } }))).toBe('idempotency_mismatch');
        expect(await keys()).toHaveLength(1);
      });

      it('happens once when it comes several times at once, at two processes', async () => {
        const both = [subject.use, subject.anotherInstance()];
        const answers = await Promise.all([...both, ...both].map((use) => makeKey({ use })));
        expect(new Set(answers.map(({ key }) => key)).size).toBe(1);
        expect(await keys()).toHaveLength(1);
      });

      it('is refused when it comes at once with two bodies, except for one of them', async () => {
        const bodies = ['A', 'B'].map((name) => json({ name, scopes: ['phone:write'] }));
        const outcomes = await Promise.allSettled(bodies.map((body) => makeKey({ body })));
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(await keys()).toHaveLength(1);
      });

      it('may be tried again after a refusal', async () => {
        expect(await codeOf(makeKey({ body: json({ name: '', scopes: [] }) }))).toBe('invalid_body');
        await makeKey();
        expect(await keys()).toHaveLength(1);
      });

      it('is another one with another key, from another caller, and for another item', async () => {
        await makeKey();
        await makeKey({ idempotencyKey: 'k2' });
        await makeKey({ caller: { ...admin, userId: 'usr_other_admin' } });
        expect(await keys()).toHaveLength(3);
      });

      it('happens each time without a key, and not at all with one that has not its form', async () => {
        await new IdempotentWrites(subject.use).createApiKey({ caller: admin, body: phone });
        await new IdempotentWrites(subject.use).createApiKey({ caller: admin, body: phone });
        for (const idempotencyKey of ['', 'a b', 'k'.repeat(256), 'ü']) {
          expect(await codeOf(makeKey({ idempotencyKey }))).toBe('bad_request');
          expect(await codeOf(makeKey({ idempotencyKey, caller: { ...admin, role: 'member' } }))).toBe('forbidden');
        }
        expect(await keys()).toHaveLength(2);
      });

      it('leaves no secret in the database that opens without the master key', async () => {
        const keptAnswers = new WatchedAnswers(subject.ports.keptAnswers);
        const { key } = await makeKey({
          use: subject.anotherInstance({ keptAnswers }),
          idempotencyKey: 'not-a-secret',
        });
        const kept = JSON.stringify(keptAnswers.kept);
        expect(kept).toContain('wrappedKey');
        expect(kept).not.toContain(key.slice(4));
        expect(kept).not.toContain('not-a-secret');
        expect(kept).not.toContain('fingerprint');
      });

      it('is kept with its effect or not at all', async () => {
        const keptAnswers = new WatchedAnswers(subject.ports.keptAnswers);
        const use = subject.anotherInstance({ keptAnswers });
        keptAnswers.dies = true;
        await expect(makeKey({ use })).rejects.toThrow('killed');
        expect(await keys()).toHaveLength(0);
        keptAnswers.dies = false;
        expect(await makeKey({ use })).toEqual(await makeKey());
        expect(await keys()).toHaveLength(1);
      });
    });

    describe('of connecting', () => {
      it('gives the same connection and the same link, also at the same time', async () => {
        const caller = await subject.callerOf();
        const connect = (use: AuthUseCases, permissions = reading) =>
          new IdempotentWrites(use).connect({ caller, body: wish(permissions), idempotencyKey: 'k1' });
        const other = subject.anotherInstance();
        const answers = await Promise.all([connect(subject.use), connect(other), connect(subject.use)]);
        const [first] = answers;
        expect(answers).toEqual([first, first, first]);
        expect(await codeOf(connect(other, writing))).toBe('idempotency_mismatch');
        await subject.consent(first?.authorizeUrl);
        expect(await connect(other)).toEqual(first);
      });

      it('again gives the same link for the same connection', async () => {
        const caller = await subject.callerOf();
        const id = await subject.connected(caller);
        const reconnect = (more: object = {}) =>
          new IdempotentWrites(subject.use).reconnect({ caller, id, idempotencyKey: 'k1', ...more });
        const first = await reconnect();
        expect(await reconnect()).toEqual(first);
        expect((await reconnect({ idempotencyKey: 'k2' })).authorizeUrl).not.toBe(first.authorizeUrl);
        const ben = await subject.callerOf('ben@example.com');
        expect(await codeOf(reconnect({ caller: ben }))).toBe('not_found');
      });
    });
  });
}
