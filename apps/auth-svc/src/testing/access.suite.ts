import type { AccessGrant, Caller } from '@daybook/contracts';
import type { AuthHarness } from './auth-harness';

/** What holds for the hand-out of access, on whatever the stores are made of. */
export function accessSuite(make: () => Promise<AuthHarness>): void {
  describe('access', () => {
    let subject: AuthHarness;
    let caller: Caller;
    let connectionId: string;
    const part = 'calendar' as const;
    const state = async () => (await subject.use.readConnections.one(caller, connectionId)).state;
    const get = (use = subject.use, rejected?: string) => use.getAccess.run({ connectionId, part, rejected });

    beforeEach(async () => {
      subject = await make();
      caller = await subject.callerOf();
      connectionId = await subject.connected(caller);
    });

    it('is handed out from the vault while it is good, and renewed before it ends', async () => {
      const first = await get();
      expect(await get()).toEqual(first);
      expect(subject.auth.refreshes).toBe(0);
      subject.clock.advance(59 * 60_000);
      const second = await get();
      expect(second).toMatchObject({ type: 'access' });
      expect(tokenOf(second)).not.toBe(tokenOf(first));
    });

    it('is renewed once when two processes need it at the same time', async () => {
      subject.auth.refreshMs = 80;
      subject.clock.advance(2 * 3_600_000);
      const processes = [subject.use, subject.anotherInstance()];
      const grants = await Promise.all([...processes, ...processes, ...processes].map((use) => get(use)));
      expect(new Set(grants.map(tokenOf)).size).toBe(1);
      expect(subject.auth.refreshes).toBe(1);
    });

    it('is renewed once for a token the provider refused, however many report it', async () => {
      const refused = tokenOf(await get());
      const grants = await Promise.all([get(subject.use, refused), get(subject.anotherInstance(), refused)]);
      expect(new Set(grants.map(tokenOf)).size).toBe(1);
      expect(subject.auth.refreshes).toBe(1);
      expect(tokenOf(await get(subject.use, refused))).toBe(tokenOf(grants[0]));
    });

    it('is not there for a part without permission', async () => {
      const grant = await subject.use.getAccess.run({ connectionId, part: 'contacts' });
      expect(grant).toMatchObject({ type: 'refused', kind: 'Stopped' });
    });

    it.each(['Unavailable', 'Throttled', 'Unknown', 'Unreadable'] as const)(
      'outlives a refresh that ends in %s',
      async (kind) => {
        subject.auth.refreshTrouble = kind;
        subject.clock.advance(2 * 3_600_000);
        expect(await get()).toMatchObject({
          type: 'refused',
          kind: kind === 'Throttled' ? 'Throttled' : 'Unavailable',
        });
        expect(await state()).toBe('syncing');
        subject.auth.refreshTrouble = null;
        expect(await get()).toMatchObject({ type: 'access' });
      },
    );

    it('ends with a definitive refusal, and comes back with a new consent under the same id', async () => {
      subject.auth.withdraw('ada@fake.example');
      subject.clock.advance(2 * 3_600_000);
      expect(await get()).toMatchObject({ type: 'refused', kind: 'ConsentRevoked' });
      expect(await state()).toBe('needs_reconnect');
      const refreshes = subject.auth.refreshes;
      expect(await get()).toMatchObject({ kind: 'ConsentRevoked' });
      expect(subject.auth.refreshes).toBe(refreshes);
      const { authorizeUrl } = await subject.use.reconnect.run(caller, connectionId);
      expect(await subject.consent(authorizeUrl)).toEqual({ result: 'connected', connectionId });
      expect(await get()).toMatchObject({ type: 'access' });
      expect(await state()).toBe('syncing');
    });

    it('is not given up when the consent was renewed while the old one was being refused', async () => {
      const { authorizeUrl } = await subject.use.reconnect.run(caller, connectionId);
      subject.auth.withdraw('ada@fake.example');
      subject.clock.advance(2 * 3_600_000 - 60_000);
      const again = await subject.use.reconnect.run(caller, connectionId);
      expect(authorizeUrl).not.toBe(again.authorizeUrl);
      const refreshing = subject.auth.holdRefreshes();
      const refused = get();
      await refreshing.begun;
      await subject.consent(again.authorizeUrl);
      refreshing.letGo();
      expect(await refused).toMatchObject({ type: 'refused', kind: 'Unavailable' });
      expect(await state()).toBe('syncing');
      expect(await get()).toMatchObject({ type: 'access' });
    });

    it('is checked with the provider before a service is believed that the consent is gone', async () => {
      const token = tokenOf(await get());
      await subject.use.checkRevoked.run(connectionId, token);
      expect(await state()).toBe('syncing');
      subject.auth.withdraw('ada@fake.example');
      await subject.use.checkRevoked.run(connectionId, token);
      expect(await state()).toBe('syncing');
      await subject.use.checkRevoked.run(connectionId, tokenOf(await get()));
      expect(await state()).toBe('needs_reconnect');
    });

    describe('when the provider wants the person to sign in again', () => {
      const CLAIMS = '{"access_token":{"nbf":{"essential":true}}}';
      const problem = async () => (await subject.use.readConnections.one(caller, connectionId)).problem?.code;
      const shown = async (): Promise<string | null> => {
        const started = await subject.start((await subject.use.reconnect.run(caller, connectionId)).authorizeUrl);
        return started.type === 'started' ? new URL(started.goTo).searchParams.get('claims') : null;
      };

      it('ends, says why, and shows at the next sign-in what is wanted, once', async () => {
        expect(await shown()).toBeNull();
        await subject.use.checkRevoked.run(connectionId, tokenOf(await get()), CLAIMS);
        expect([await state(), await problem(), subject.auth.refreshes]).toEqual([
          'needs_reconnect',
          'sign_in_needed',
          0,
        ]);
        expect(await shown()).toBe(CLAIMS);
        const { authorizeUrl } = await subject.use.reconnect.run(caller, connectionId);
        expect(await subject.consent(authorizeUrl)).toEqual({ result: 'connected', connectionId });
        expect([await state(), await problem(), await shown()]).toEqual(['syncing', undefined, null]);
      });

      it('goes on where that was said of access of the past', async () => {
        const old = tokenOf(await get());
        await get(subject.use, old);
        await subject.use.checkRevoked.run(connectionId, old, CLAIMS);
        expect(await state()).toBe('syncing');
      });

      it('ends in the same way where a refresh is answered so', async () => {
        Object.assign(subject.auth, { refreshTrouble: 'ConsentRevoked', refreshClaims: CLAIMS });
        subject.clock.advance(2 * 3_600_000);
        expect(await get()).toMatchObject({ type: 'refused', kind: 'ConsentRevoked' });
        expect([await state(), await problem(), await shown()]).toEqual(['needs_reconnect', 'sign_in_needed', CLAIMS]);
      });
    });

    it('waits for the administrator when the provider says so', async () => {
      subject.auth.refreshTrouble = 'AdminApprovalNeeded';
      subject.clock.advance(2 * 3_600_000);
      expect(await get()).toMatchObject({ kind: 'AdminApprovalNeeded' });
      expect(await state()).toBe('awaiting_admin');
    });

    describe('that waits for an administrator', () => {
      const quarter = 15 * 60_000;
      const retry = () => subject.use.retryAwaiting.run();
      beforeEach(async () => {
        subject.auth.refreshTrouble = 'AdminApprovalNeeded';
        subject.clock.advance(2 * 3_600_000);
        await get();
        expect(await state()).toBe('awaiting_admin');
      });

      it('goes on by itself after the approval, within a quarter of an hour', async () => {
        expect(await retry()).toBe(1);
        expect(await state()).toBe('awaiting_admin');
        subject.auth.refreshTrouble = null;
        subject.clock.advance(quarter - 1);
        expect(await retry()).toBe(0);
        subject.clock.advance(1);
        expect(await retry()).toBe(1);
        expect(await state()).toBe('syncing');
        expect(await get()).toMatchObject({ type: 'access', notBefore: null });
        expect(subject.announcer.events.at(-1)?.data).toMatchObject({ connectionId, state: 'syncing' });
        expect(await retry()).toBe(0);
      });

      it('stays as it is while the provider does not answer', async () => {
        const { refreshes } = subject.auth;
        subject.auth.refreshTrouble = 'Unavailable';
        await retry();
        expect(subject.auth.refreshes).toBe(refreshes + 1);
        expect(await state()).toBe('awaiting_admin');
      });

      it('is asked for at the provider, also where the access it had looks good still', async () => {
        subject.auth.refreshTrouble = null;
        const { authorizeUrl } = await subject.use.reconnect.run(caller, connectionId);
        await subject.consent(authorizeUrl);
        subject.auth.refreshTrouble = 'AdminApprovalNeeded';
        await get(subject.use, tokenOf(await get()));
        expect(await state()).toBe('awaiting_admin');
        await retry();
        expect(await state()).toBe('awaiting_admin');
      });

      it('needs its person when the provider has taken the consent back meanwhile', async () => {
        subject.auth.refreshTrouble = 'ConsentRevoked';
        await retry();
        expect(await state()).toBe('needs_reconnect');
      });

      it('is not tried while the integration is switched off', async () => {
        const { refreshes } = subject.auth;
        subject.policies.set({ enabled: false });
        await retry();
        expect(subject.auth.refreshes).toBe(refreshes);
      });

      it('can be connected again by its person at once', async () => {
        const { authorizeUrl } = await subject.use.reconnect.run(caller, connectionId);
        expect(await subject.consent(authorizeUrl)).toEqual({ result: 'connected', connectionId });
        expect(await state()).toBe('syncing');
      });
    });

    it('carries the longest wait the provider asked for', async () => {
      const later = (seconds: number) => new Date(subject.clock.now() + seconds * 1000);
      await subject.use.throttleAccess.run(connectionId, later(60));
      await subject.use.throttleAccess.run(connectionId, later(30));
      expect(await get()).toMatchObject({ notBefore: later(60).toISOString() });
    });

    it('never shows a token in what is logged or announced', async () => {
      subject.auth.refreshTrouble = 'Unknown';
      const token = tokenOf(await get());
      await get(subject.use, token);
      const told = JSON.stringify([subject.logs, subject.announcer.audits, subject.announcer.events]);
      expect(told).not.toContain('fake-access');
      expect(told).not.toContain('fake-refresh');
      expect(told).not.toContain('ada@');
    });
  });
}

function tokenOf(grant: AccessGrant | undefined): string {
  if (grant?.type !== 'access') throw new Error(`no access: ${JSON.stringify(grant)}`);
  return grant.token;
}
