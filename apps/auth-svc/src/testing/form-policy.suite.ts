import type { Caller, Policy } from '@daybook/contracts';
import type { AuthHarness } from './auth-harness';
import { ADA, formWish, RIGHT } from './form-wishes';

const MINUTE = 60_000;
const closed: Policy['exchange'] = { allowedHosts: ['mail.other.example'], allowUntrustedCertificates: false };
const open: Policy['exchange'] = { allowedHosts: [], allowUntrustedCertificates: false };

/** What holds for access to a server that an administrator may disallow, on whatever the stores are made of. */
export function formPolicySuite(make: () => Promise<AuthHarness>): void {
  describe('access to a server that somebody typed', () => {
    let subject: AuthHarness;
    let caller: Caller;
    let connectionId: string;
    const get = () => subject.use.getAccess.run({ connectionId, part: 'calendar' });
    const view = () => subject.use.readConnections.one(caller, connectionId);
    const record = () => subject.use.readRecords.one(connectionId);
    const apply = async (exchange: Policy['exchange']) => {
      subject.policies.set({ exchange });
      await subject.use.applyPolicy.run(caller.accountId);
    };

    beforeEach(async () => {
      subject = await make();
      subject.forms.areOffered = true;
      subject.forms.auth.open(ADA, RIGHT);
      caller = await subject.callerOf();
      const { connection } = await subject.use.connect.run(caller, formWish({ email: ADA, password: RIGHT }));
      connectionId = connection.id;
    });

    it('is asked for again within ten minutes, although the password has no end', async () => {
      const grant = await get();
      expect(grant).toMatchObject({ expiresAt: new Date(subject.clock.now() + 10 * MINUTE).toISOString() });
      subject.clock.advance(30 * 24 * 60 * MINUTE);
      expect(await get()).toMatchObject({ token: grant.type === 'access' ? grant.token : '' });
    });

    it('is refused as soon as the policy says so, before anybody was told', async () => {
      subject.policies.set({ exchange: closed });
      expect(await get()).toMatchObject({ type: 'refused', kind: 'UntrustedServer' });
    });

    it('stops, says whose word it is, and goes on by itself when that is taken back', async () => {
      const { revision } = await record();
      await apply(closed);
      expect(await view()).toMatchObject({
        state: 'degraded',
        problem: { code: 'untrusted_server', blame: 'admin' },
      });
      const stopped = await record();
      expect([stopped.status, stopped.revision > revision]).toEqual(['stopped', true]);
      const events = subject.announcer.events.length;
      await apply(closed);
      expect(subject.announcer.events).toHaveLength(events);

      await apply(open);
      expect(await view()).toMatchObject({ state: 'syncing' });
      expect((await view()).problem).toBeUndefined();
      const again = await record();
      expect([again.status, again.revision > stopped.revision]).toEqual(['live', true]);
      expect(await get()).toMatchObject({ type: 'access' });
      expect(subject.forms.auth.shown).toHaveLength(1);
    });

    it('is judged by the rules at its end where they change while the server is asked', async () => {
      subject.forms.auth.meanwhile = async () => subject.policies.set({ exchange: closed });
      const body = formWish({ email: ADA, password: RIGHT }, { service: 'office365' });
      connectionId = (await subject.use.connect.run(caller, body)).connection.id;
      expect(await view()).toMatchObject({ problem: { code: 'untrusted_server' } });
      await apply(open);
      expect(await record()).toMatchObject({ status: 'live' });
    });

    it('of pages of a provider has nothing to do with it', async () => {
      const other = await subject.connected(caller);
      await apply(closed);
      expect(await subject.use.getAccess.run({ connectionId: other, part: 'calendar' })).toMatchObject({
        type: 'access',
      });
      expect((await subject.use.readRecords.one(other)).status).toBe('live');
    });
  });
}
