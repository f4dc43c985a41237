import type { Caller, Connection } from '@daybook/contracts';
import { IdempotentWrites } from '../api/idempotent-writes';
import { codeOf, json, reading, writing, type AuthHarness } from './auth-harness';
import { WatchedAnswers } from './fake-kept-answers';
import { ADA, everythingTold, formWish, problemOf, RIGHT } from './form-wishes';

/** What holds for signing in again with a form, and for another way in, on whatever the stores are made of. */
export function formAgainSuite(make: () => Promise<AuthHarness>): void {
  describe('a connection made with a form', () => {
    let subject: AuthHarness;
    let caller: Caller;
    let id: string;
    const ews = {
      email: ADA,
      username: 'CORP\\ada',
      password: RIGHT,
      url: 'https://mail.corp.example/services',
      certificateAuthorities: 'PEM',
    };
    const view = (): Promise<Connection> => subject.use.readConnections.one(caller, id);
    const reconnect = (body?: object, ifMatch?: string) =>
      subject.use.reconnect.run(caller, id, { ...(body && { body: json(body) }), ifMatch });
    const access = () => subject.use.getAccess.run({ connectionId: id, part: 'calendar' });
    const lastForm = () => subject.forms.auth.shown.at(-1);
    const revoke = async () => {
      const grant = await access();
      await subject.use.checkRevoked.run(id, grant.type === 'access' ? grant.token : '');
    };

    beforeEach(async () => {
      subject = await make();
      subject.forms.areOffered = true;
      subject.forms.auth.open(ADA, RIGHT, { subject: 'mailbox-1', aliases: ['ada.l@corp.example'] });
      caller = await subject.callerOf();
      id = (await subject.use.connect.run(caller, formWish(ews, { service: 'office365' }))).connection.id;
    });

    it('takes a new password alone: everything else stays as it was, ids included', async () => {
      subject.forms.auth.open(ADA, 'new-password', { subject: 'mailbox-1' });
      await revoke();
      expect(await view()).toMatchObject({
        state: 'needs_reconnect',
        problem: { code: 'password_refused', blame: 'user' },
      });
      expect((await reconnect({ ews: { password: 'new-password' } })).connection.id).toBe(id);
      const { url, username, certificateAuthorities } = ews;
      const kept = { email: ADA, username, url, version: 'Fake2016', certificateAuthorities };
      expect(lastForm()).toEqual({ ...kept, password: 'new-password' });
      expect(await view()).toMatchObject({ state: 'syncing', server: { url, username } });
      expect((await view()).problem).toBeUndefined();
      expect(await access()).toMatchObject({ type: 'access' });
    });

    it('needs its person once after a refusal, however many tell of it, and asks nobody again', async () => {
      const grant = await access();
      const rejected = grant.type === 'access' ? grant.token : '';
      const other = subject.anotherInstance();
      const tell = (use = subject.use) => use.getAccess.run({ connectionId: id, part: 'calendar', rejected });
      const answers = await Promise.all([tell(), tell(other), tell(), tell(other)]);
      expect(new Set(answers.map((answer) => (answer.type === 'refused' ? answer.kind : 'access')))).toEqual(
        new Set(['ConsentRevoked']),
      );
      const events = subject.announcer.events.filter(({ data }) => data.state === 'needs_reconnect');
      expect(events).toHaveLength(1);
      expect(lastForm()?.password).toBe(RIGHT);
      expect(subject.forms.auth.shown).toHaveLength(1);
    });

    it('goes on where an old access is refused after a new password was taken', async () => {
      const grant = await access();
      await reconnect({ ews: { password: RIGHT } });
      await subject.use.checkRevoked.run(id, grant.type === 'access' ? grant.token : '');
      expect((await view()).state).toBe('syncing');
    });

    it('always needs the password, and keeps to what its method takes', async () => {
      const needed = { code: 'invalid_body', fields: [{ field: 'ews', code: 'needed' }] };
      expect(await problemOf(reconnect())).toMatchObject(needed);
      expect(await problemOf(reconnect({ method: 'ews' }))).toMatchObject(needed);
      const both = { method: 'oauth2', ews: { password: RIGHT } };
      expect(await problemOf(reconnect(both))).toMatchObject({ fields: [{ field: 'ews', code: 'not_taken' }] });
      expect(await codeOf(reconnect({ ews: { url: 'https://x.example' } }))).toBe('invalid_body');
      expect(await codeOf(reconnect({ ews: { password: RIGHT } }, 'stale'))).toBe('version_conflict');
      expect(subject.forms.auth.shown).toHaveLength(1);
    });

    it('refuses another account, and stays as it was', async () => {
      subject.forms.auth.open('eve@corp.example', 'eves', { subject: 'mailbox-2' });
      const before = await view();
      const form = { email: 'eve@corp.example', username: 'eve@corp.example', password: 'eves' };
      expect(await problemOf(reconnect({ ews: form }))).toMatchObject({ status: 409, code: 'different_account' });
      expect(await view()).toEqual(before);
      expect(await access()).toMatchObject({ type: 'access', token: expect.stringContaining(RIGHT) });
    });

    it('stays as it was where the sign-in fails', async () => {
      await revoke();
      const before = await view();
      expect(await codeOf(reconnect({ ews: { password: 'wrong' } }))).toBe('sign_in_failed');
      expect(await view()).toEqual(before);
    });

    it('whose process dies when the new password is taken goes on with the old one, and takes it the next time', async () => {
      const keptAnswers = new WatchedAnswers(subject.ports.keptAnswers);
      keptAnswers.dies = true;
      const dying = new IdempotentWrites(subject.anotherInstance({ keptAnswers }));
      const before = [await view(), await access()];
      const input = { caller, id, idempotencyKey: 'k1', body: json({ ews: { password: RIGHT } }) };
      await expect(dying.reconnect(input)).rejects.toThrow('killed');
      expect([await view(), await access()]).toEqual(before);
      await reconnect({ ews: { password: RIGHT } });
      expect(await access()).not.toEqual(before[1]);
    });

    it('changes what may be done at once, with nobody to ask', async () => {
      const wide = await subject.use.configureConnection.run(caller, id, json({ permissions: writing }), undefined);
      expect(wide.authorizeUrl).toBeUndefined();
      expect((await view()).permissions).toEqual({ wanted: writing, granted: writing, missing: [] });
      expect((await subject.use.readRecords.one(id)).effective).toEqual(writing);
      await subject.use.configureConnection.run(caller, id, json({ permissions: reading }), undefined);
      expect((await view()).permissions).toEqual({ wanted: reading, granted: reading, missing: [] });
    });

    it('is deleted with its secret, and there is nothing to revoke', async () => {
      await subject.use.connect.run(caller, formWish(ews));
      const { id: receiptId } = await subject.use.deleteConnection.run(caller, id);
      await subject.use.continueDeletion.runDue();
      const { revocation, secretsDestroyed, keptGrant } = await subject.use.readReceipt.run(caller, receiptId);
      expect([revocation, secretsDestroyed, keptGrant]).toEqual(['nothing_to_revoke', true, false]);
      expect(await subject.ports.vault.find(id)).toBeNull();
    });

    describe('that changes to pages of a provider', () => {
      const leave = async () => (await reconnect({ method: 'oauth2' })).authorizeUrl;

      it('keeps its id, works by the other method from then on, and forgets the password', async () => {
        const before = (await subject.use.readRecords.one(id)).revision;
        const url = await leave();
        expect(new URL(url ?? '').pathname).toBe('/v1/oauth/fake-cloud/start');
        expect(await view()).toMatchObject({ method: 'ews', state: 'syncing' });
        expect(await subject.consent(url, { code: 'ADA.L@corp.example' })).toEqual({
          result: 'connected',
          connectionId: id,
        });
        const after = await view();
        expect(after).toMatchObject({ id, method: 'oauth2', account: 'ADA.L@corp.example', state: 'syncing' });
        expect(after.server).toBeUndefined();
        const record = await subject.use.readRecords.one(id);
        expect([record.method, record.revision > before]).toEqual(['oauth2', true]);
        expect(await access()).toMatchObject({ method: 'oauth2', token: expect.stringMatching(/^fake-access/) });
        const stored = await subject.ports.vault.find(id);
        expect([stored?.provider, stored?.refreshToken.reveal()]).toEqual(['fake-cloud', 'fake-refresh-1']);
      });

      it('stays as it was where somebody else signs in, says no, or comes back with nothing', async () => {
        const before = await view();
        const other = await subject.consent(await leave(), { code: 'eve@corp.example' });
        expect(other).toEqual({ result: 'failed', code: 'different_account', connectionId: id });
        expect(await subject.consent(await leave(), { error: 'access_denied' })).toMatchObject({ result: 'denied' });
        expect(await subject.consent(await leave(), {})).toMatchObject({ result: 'failed' });
        expect(await view()).toEqual(before);
        expect(await access()).toMatchObject({ method: 'ews', token: expect.stringContaining(RIGHT) });
      });

      it('waits where an administrator has to approve that first, and goes on as it was meanwhile', async () => {
        await revoke();
        subject.forms.cloud.needsAdmin = true;
        expect(await subject.consent(await leave())).toMatchObject({ result: 'awaiting_admin', connectionId: id });
        const waiting = await view();
        expect(waiting).toMatchObject({
          method: 'ews',
          state: 'needs_reconnect',
          problem: { code: 'password_refused' },
        });
        const url = new URL(waiting.adminConsentUrl ?? '');
        expect(url.searchParams.get('callbackUrl')).toContain('/oauth/fake-cloud/callback');
        const state = url.searchParams.get('state') ?? '';
        expect(await subject.use.adminConsents.take('fake-cloud', { yes: 'true', state })).toBe('approved');
        expect(await view()).toMatchObject({ method: 'ews', state: 'needs_reconnect' });
        expect(await view()).not.toHaveProperty('adminConsentUrl');
        subject.forms.cloud.needsAdmin = false;
        expect(await subject.consent(await leave(), { code: ADA })).toMatchObject({ result: 'connected' });
        expect(await view()).toMatchObject({ method: 'oauth2', state: 'syncing' });
      });

      it('shows the other one nothing of what the first wanted to see', async () => {
        await subject.consent(await leave(), { code: ADA });
        const grant = await access();
        const rejected = grant.type === 'access' ? grant.token : '';
        await subject.use.checkRevoked.run(id, rejected, '{"a":1}');
        const claimsIn = async (url: string | undefined) => {
          const started = await subject.start(url);
          return started.type === 'started' ? new URL(started.goTo).searchParams.get('claims') : null;
        };
        expect(await claimsIn(await leave())).toBe('{"a":1}');
        await reconnect({ method: 'ews', ews: { password: RIGHT } });
        expect(await claimsIn(await leave())).toBeNull();
        expect((await view()).state).toBe('syncing');
      });

      it('and back, by a form that needs no more than the password', async () => {
        await subject.consent(await leave(), { code: ADA });
        expect(await codeOf(reconnect({ method: 'ews', ews: { password: 'wrong' } }))).toBe('sign_in_failed');
        expect(await view()).toMatchObject({ method: 'oauth2' });
        const { connection } = await reconnect({ method: 'ews', ews: { password: RIGHT } });
        expect(connection).toMatchObject({ id, method: 'ews', provider: 'fake-server' });
        expect(lastForm()).toEqual({ email: ADA, password: RIGHT });
        expect(await access()).toMatchObject({ method: 'ews' });
        expect((await view()).permissions.granted).toEqual(reading);
      });

      it('with what its organisation has switched off: the problem stays until the other way works', async () => {
        const at = new Date(subject.clock.now() + 1).toISOString();
        const problem = { code: 'switched_off' as const, detail: 'Off.', blame: 'admin' };
        const times = { at, lastSuccessAt: null, nextAttemptAt: null };
        await subject.use.reportPart.run({
          ...{ connectionId: id, part: 'calendar', state: 'needs_reconnect', problem },
          ...times,
        });
        expect(await view()).toMatchObject({ state: 'needs_reconnect', problem: { code: 'switched_off' } });
        await subject.consent(await leave(), { code: ADA });
        expect(await view()).toMatchObject({ state: 'syncing' });
        expect((await view()).problem).toBeUndefined();
      });

      it('never hands what one provider gave to the other one', async () => {
        const connection = await subject.ports.connections.find(id);
        await subject.consent(await leave(), { code: ADA });
        const { connections } = subject.ports;
        const late = Object.assign(Object.create(connections), { find: async () => connection });
        const stale = subject.anotherInstance({ connections: late });
        const grant = await stale.getAccess.run({ connectionId: id, part: 'calendar', rejected: 'x' });
        expect(grant).toMatchObject({ type: 'refused', kind: 'Unavailable' });
        expect((await view()).state).toBe('syncing');
      });
    });

    it('shows no password in anything that is told', async () => {
      await reconnect({ ews: { password: RIGHT } });
      await problemOf(reconnect({ ews: { password: 'wrong-password' } }));
      await revoke();
      expect(everythingTold(subject)).not.toMatch(/wrong-password|right-password|fake-form/);
    });
  });
}
