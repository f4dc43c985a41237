import type { Caller } from '@daybook/contracts';
import { json, reading, writing, type AuthHarness } from './auth-harness';

const QUARTER_MS = 15 * 60_000;

/** What holds after a browser leg that an administrator has to approve first, on whatever the stores are made of. */
export function approvalSuite(make: () => Promise<AuthHarness>): void {
  describe('an approval that a browser leg waits for', () => {
    let subject: AuthHarness;
    let caller: Caller;
    let id: string;
    const view = () => subject.use.readConnections.one(caller, id);
    const linked = async () => (await view()).adminConsentUrl !== undefined;
    const get = (rejected?: string) => subject.use.getAccess.run({ connectionId: id, part: 'calendar', rejected });
    const reconnect = async () => subject.consent((await subject.use.reconnect.run(caller, id)).authorizeUrl);
    const configure = async (permissions: object) => {
      const asked = await subject.use.configureConnection.run(caller, id, json({ permissions }), undefined);
      return asked.authorizeUrl;
    };
    const answer = async (query: { yes: string } | { error: string }, url?: string) => {
      const address = url ?? (await view()).adminConsentUrl ?? '';
      return subject.use.adminConsents.take('fake', { ...query, state: new URL(address).searchParams.get('state') });
    };

    beforeEach(async () => {
      subject = await make();
      caller = await subject.callerOf();
      id = await subject.connected(caller);
    });

    describe('with a consent that is dead, and a new one to be approved', () => {
      beforeEach(async () => {
        subject.auth.withdraw('ada@fake.example');
        subject.clock.advance(2 * 3_600_000);
        await get();
        expect((await view()).state).toBe('needs_reconnect');
        subject.auth.needsAdmin = true;
        expect(await reconnect()).toMatchObject({ result: 'awaiting_admin', connectionId: id });
      });

      it('waits, and keeps the link, until somebody has decided', async () => {
        const { refreshes } = subject.auth;
        for (let hour = 0; hour < 4; hour += 1) {
          expect(await subject.use.retryAwaiting.run()).toBe(0);
          expect([(await view()).state, await linked()]).toEqual(['awaiting_admin', true]);
          subject.clock.advance(4 * QUARTER_MS);
        }
        expect(subject.auth.refreshes).toBe(refreshes);
        expect(await answer({ error: 'permission_denied' })).toBe('refused');
        expect([(await view()).state, await linked()]).toEqual(['awaiting_admin', true]);
      });

      it('is given back to its person once that is approved', async () => {
        expect(await answer({ yes: 'true' })).toBe('approved');
        expect([(await view()).state, await linked()]).toEqual(['needs_reconnect', false]);
        subject.auth.needsAdmin = false;
        expect(await reconnect()).toEqual({ result: 'connected', connectionId: id });
        expect((await view()).state).toBe('syncing');
      });

      it('can be connected again by its person, who heard of the approval otherwise', async () => {
        subject.auth.needsAdmin = false;
        expect(await reconnect()).toEqual({ result: 'connected', connectionId: id });
        expect([(await view()).state, await linked()]).toEqual(['syncing', false]);
      });
    });

    it('stands when the consent that was dead before is refused once more, late', async () => {
      const granted = await get();
      const rejected = granted.type === 'access' ? granted.token : '';
      subject.auth.withdraw('ada@fake.example');
      const refreshing = subject.auth.holdRefreshes();
      const late = subject.anotherInstance().getAccess.run({ connectionId: id, part: 'calendar', rejected });
      await refreshing.begun;
      await subject.use.checkRevoked.run(id, rejected, '{"id_token":{}}');
      subject.auth.needsAdmin = true;
      await reconnect();
      refreshing.letGo();
      expect(await late).toMatchObject({ kind: 'ConsentRevoked' });
      expect([(await view()).state, await linked()]).toEqual(['awaiting_admin', true]);
    });

    describe('with a connection that works, and more to be approved', () => {
      beforeEach(async () => {
        subject.auth.needsAdmin = true;
        const back = await subject.consent(await configure(writing));
        expect(back).toEqual({ result: 'awaiting_admin', code: 'admin_approval_needed', connectionId: id });
      });

      it('goes on working, says what it waits for, and has a link to hand on', async () => {
        const { state, permissions, problem, adminConsentUrl = '' } = await view();
        expect(state).toBe('syncing');
        expect(permissions).toEqual({ wanted: writing, granted: reading, missing: ['calendar'] });
        expect(problem).toMatchObject({ code: 'admin_approval_needed', blame: 'admin' });
        expect(new URL(adminConsentUrl).searchParams.get('wanted')).toBe('readWrite');
        expect(await get()).toMatchObject({ type: 'access' });
        expect(subject.announcer.audits.at(-1)).toMatchObject({ action: 'connection.leg_needs_admin', targetId: id });
        expect(subject.push.cursors.at(-1)?.cursor).toContain(id);
      });

      it('asks for nothing any more once it is granted', async () => {
        const { adminConsentUrl } = await view();
        expect(await answer({ error: 'permission_denied' })).toBe('refused');
        expect(await linked()).toBe(true);
        expect(await answer({ yes: 'true' })).toBe('approved');
        expect(await view()).toMatchObject({ state: 'syncing', permissions: { missing: ['calendar'] } });
        expect(await linked()).toBe(false);
        subject.auth.needsAdmin = false;
        expect(await reconnect()).toEqual({ result: 'connected', connectionId: id });
        expect((await view()).permissions.granted).toEqual(writing);
        const before = await view();
        expect(await answer({ yes: 'true' }, adminConsentUrl)).toBe('approved');
        expect([await view(), await linked(), before.problem]).toEqual([before, false, undefined]);
      });

      it('asks for nothing any more once it is granted without the link', async () => {
        subject.auth.needsAdmin = false;
        expect(await reconnect()).toEqual({ result: 'connected', connectionId: id });
        expect([(await view()).problem, await linked()]).toEqual([undefined, false]);
      });

      it('asks for it only as long as its person wants that', async () => {
        await configure(reading);
        expect([(await view()).problem, await linked()]).toEqual([undefined, false]);
        await configure(writing);
        expect(await linked()).toBe(true);
      });

      it('still tells first of what keeps it from working', async () => {
        const problem = { code: 'provider_throttled', detail: 'x', blame: 'provider' } as const;
        const times = { at: '2031-05-05T08:00:02.000Z', lastSuccessAt: null, nextAttemptAt: null };
        await subject.use.reportPart.run({ connectionId: id, part: 'calendar', state: 'degraded', ...times, problem });
        expect([(await view()).problem?.code, await linked()]).toEqual(['provider_throttled', true]);
      });

      it('is tried again by itself when an administrator has to approve what it had, too', async () => {
        subject.auth.refreshTrouble = 'AdminApprovalNeeded';
        subject.clock.advance(2 * 3_600_000);
        await get();
        expect((await view()).state).toBe('awaiting_admin');
        subject.auth.refreshTrouble = null;
        expect(await subject.use.retryAwaiting.run()).toBe(1);
        expect((await view()).state).toBe('syncing');
      });

      it('needs its person when its consent is taken back', async () => {
        subject.auth.withdraw('ada@fake.example');
        subject.clock.advance(2 * 3_600_000);
        await get();
        expect([(await view()).state, await linked()]).toEqual(['needs_reconnect', false]);
      });
    });

    it('is none where everything wanted was granted before', async () => {
      subject.auth.needsAdmin = true;
      expect(await reconnect()).toMatchObject({ result: 'awaiting_admin' });
      expect([(await view()).state, (await view()).problem, await linked()]).toEqual(['syncing', undefined, false]);
    });
  });
}
