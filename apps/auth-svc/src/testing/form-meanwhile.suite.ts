import type { Caller, PolicyBody } from '@daybook/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { IdempotentWrites } from '../api/idempotent-writes';
import { codeOf, json, writing, type AuthHarness } from './auth-harness';
import { ADA, formWish, problemOf, RIGHT } from './form-wishes';

/** What holds for a sign-in with a form while other things happen, on whatever the stores are made of. */
export function formMeanwhileSuite(make: () => Promise<AuthHarness>): void {
  describe('a sign-in with a form', () => {
    let subject: AuthHarness;
    let caller: Caller;
    const wish = formWish({ email: ADA, password: RIGHT }, { service: 'office365' });
    const connect = async () => (await subject.use.connect.run(caller, wish)).connection.id;
    const view = (id: string) => subject.use.readConnections.one(caller, id);
    const reconnect = (id: string, ews: object) =>
      subject.use.reconnect.run(caller, id, { body: json({ ews: { password: RIGHT, ...ews } }) });
    /** Happens once, while the server is asked. */
    const meanwhile = (act: () => unknown) => {
      subject.forms.auth.meanwhile = async () => {
        subject.forms.auth.meanwhile = async () => undefined;
        await act();
      };
    };

    beforeEach(async () => {
      subject = await make();
      subject.forms.areOffered = true;
      subject.forms.auth.open(ADA, RIGHT, { subject: 'mailbox-1' });
      caller = await subject.callerOf();
    });

    it('begins with what the one before it has left, not with what there was before that', async () => {
      const id = await connect();
      let second: Promise<unknown> = Promise.resolve();
      meanwhile(async () => {
        second = reconnect(id, {});
        await sleep(100);
      });
      const url = 'https://mail2.fake.example/services';
      await reconnect(id, { url });
      await second;
      expect(subject.forms.auth.shown.map((form) => form.url)).toEqual([undefined, url, url]);
      expect(await view(id)).toMatchObject({ server: { url } });
    });

    it('shows no password for a connection that was deleted while its turn came', async () => {
      const id = await connect();
      let second: Promise<string> = Promise.resolve('');
      meanwhile(async () => {
        second = codeOf(reconnect(id, {}));
        await sleep(100);
        await subject.use.deleteConnection.run(caller, id);
      });
      expect(await codeOf(reconnect(id, {}))).toBe('not_found');
      expect(await second).toBe('not_found');
      expect(subject.forms.auth.shown).toHaveLength(2);
    });

    it('brings nothing to a connection whose deletion has begun, nor does a browser that comes back', async () => {
      const id = await connect();
      const { authorizeUrl } = await subject.use.reconnect.run(caller, id, { body: json({ method: 'oauth2' }) });
      const left = await subject.leave(authorizeUrl);
      let receiptId = '';
      meanwhile(async () => {
        receiptId = (await subject.use.deleteConnection.run(caller, id)).id;
        await subject.use.continueDeletion.runDue();
      });
      expect(await codeOf(reconnect(id, {}))).toBe('not_found');
      expect(await subject.comeBack(left, { code: ADA })).toMatchObject({ result: 'failed' });
      expect(await subject.ports.vault.find(id)).toBeNull();
      expect(await subject.use.readReceipt.run(caller, receiptId)).toMatchObject({
        revocation: 'nothing_to_revoke',
        secretsDestroyed: true,
      });
    });

    it.each([
      ['integration_disabled', { enabled: false }],
      ['service_not_allowed', { service: { default: null, enforced: null, allowed: ['google'] } }],
    ] satisfies [string, Partial<PolicyBody>][])(
      'ends with %s where an administrator says so meanwhile',
      async (code, change) => {
        meanwhile(() => subject.policies.set(change));
        expect(await codeOf(connect())).toBe(code);
        expect(await subject.use.readConnections.list(caller)).toEqual([]);
        expect(subject.announcer.events).toEqual([]);
      },
    );

    it('gives what is wanted by its end', async () => {
      const id = await connect();
      const change = json({ permissions: writing });
      meanwhile(() => subject.use.configureConnection.run(caller, id, change, undefined));
      await reconnect(id, {});
      expect((await view(id)).permissions).toEqual({ wanted: writing, granted: writing, missing: [] });
    });

    it('changes nothing by an old version where something else was changed', async () => {
      const id = await connect();
      const { version: ifMatch } = await view(id);
      const change = json({ permissions: writing });
      meanwhile(() => subject.use.configureConnection.run(caller, id, change, undefined));
      const body = json({ ews: { password: RIGHT } });
      expect(await codeOf(subject.use.reconnect.run(caller, id, { body, ifMatch }))).toBe('version_conflict');
      expect((await view(id)).permissions.wanted).toEqual(writing);
    });

    it('that works again is told so, whatever was reported of the access before', async () => {
      const id = await connect();
      const at = new Date(subject.clock.now() + 1).toISOString();
      const problem = { code: 'switched_off' as const, detail: 'Off.', blame: 'admin' };
      const times = { at, lastSuccessAt: null, nextAttemptAt: null };
      const report = { connectionId: id, part: 'calendar', state: 'needs_reconnect', problem, ...times } as const;
      await subject.use.reportPart.run(report);
      expect(await view(id)).toMatchObject({ state: 'needs_reconnect' });
      await reconnect(id, {});
      expect(await view(id)).toMatchObject({ state: 'syncing' });
      expect(await view(id)).not.toHaveProperty('problem');
    });

    it('is answered as at first where it is asked for again after the connection was deleted', async () => {
      const writes = new IdempotentWrites(subject.use);
      const input = { caller, body: wish, idempotencyKey: 'k1' };
      const first = await writes.connect(input);
      await subject.use.deleteConnection.run(caller, first.connection.id);
      expect(await writes.connect(input)).toEqual(first);
      expect(subject.forms.auth.shown).toHaveLength(1);
    });

    it('on the way to pages that an administrator has to approve says that what there is goes on', async () => {
      const id = await connect();
      subject.forms.cloud.needsAdmin = true;
      const { authorizeUrl } = await subject.use.reconnect.run(caller, id, { body: json({ method: 'oauth2' }) });
      await subject.consent(authorizeUrl);
      const shown = await view(id);
      expect(shown).toMatchObject({ method: 'ews', state: 'syncing', adminConsentUrl: expect.any(String) });
      expect(shown.problem).toMatchObject({ code: 'admin_approval_needed', blame: 'admin' });
      expect(shown.problem?.detail).not.toContain('missing');
    });

    it.each([
      ['user', 'sign_in', 'password_refused'],
      ['user', 'address', 'address_not_found'],
      ['user', 'tls', 'authorities_unreadable'],
      ['provider', 'address', 'no_connection'],
      ['provider', 'sign_in', 'provider_unavailable'],
      ['provider', 'mailbox', 'provider_throttled'],
      ['provider', 'sign_in', 'took_too_long'],
      ['admin', 'address', 'host_not_allowed'],
      ['admin', 'tls', 'untrusted_not_allowed'],
      ['admin', 'sign_in', 'switched_off'],
      ['us', 'address', 'address_blocked'],
    ] as const)('says that it is on the side of %s to mend %s: %s', async (blame, step, code) => {
      subject.forms.auth.trouble = { step, code };
      expect(await problemOf(connect())).toMatchObject({ status: 422, code: 'sign_in_failed', blame });
    });
  });
}
