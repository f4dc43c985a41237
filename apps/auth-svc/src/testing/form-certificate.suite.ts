import type { Caller } from '@daybook/contracts';
import { json, type AuthHarness } from './auth-harness';
import { ADA, formWish, RIGHT } from './form-wishes';

const DAY = 86_400_000;

/** What holds for the certificate of a server that a person has named, on whatever the stores are made of. */
export function formCertificateSuite(make: () => Promise<AuthHarness>): void {
  describe('the certificate of a server with a password', () => {
    let subject: AuthHarness;
    let caller: Caller;
    let reports: number;

    beforeEach(async () => {
      subject = await make();
      subject.forms.areOffered = true;
      subject.forms.auth.open(ADA, RIGHT, { subject: 'mailbox-1' });
      caller = await subject.callerOf();
      reports = 0;
    });

    const inDays = (days: number) => subject.clock.now() + days * DAY;
    const shows = (days: number, code?: 'certificate_ends_soon') =>
      (subject.forms.auth.certificate = { expiresAt: inDays(days), ...(code && { code }) });
    const connect = async (more = {}, tellAs?: string) =>
      (await subject.use.connect.run(caller, formWish({ email: ADA, password: RIGHT, ...more }), { tellAs }))
        .connection;
    const certificateOf = async (id: string) =>
      (await subject.use.readConnections.one(caller, id)).server?.certificate ?? null;
    const report = (connectionId: string, certificateExpiresAt?: number) => {
      reports += 1;
      const at = new Date(subject.clock.now() + reports).toISOString();
      const times = { at, lastSuccessAt: at, nextAttemptAt: null };
      return subject.use.reportPart.run({
        ...{ connectionId, part: 'calendar', state: 'active', ...times },
        ...(certificateExpiresAt === undefined ? {} : { certificateExpiresAt: iso(certificateExpiresAt) }),
      });
    };
    const iso = (instant: number) => new Date(instant).toISOString();

    it('that ends soon lets the sign-in through, and is warned of in its step and with the connection', async () => {
      shows(5, 'certificate_ends_soon');
      const { id } = await connect({}, 'name-1');
      const expiresAt = iso(inDays(5));
      const step = subject.push.steps.map(({ item }) => item).find((item) => item.step === 'tls');
      expect(step).toMatchObject({ outcome: 'passed', code: 'certificate_ends_soon', expiresAt });
      expect(step?.detail).toContain(expiresAt.slice(0, 10));
      expect(step?.fix).toContain('renew');
      expect(await certificateOf(id)).toEqual({ expiresAt, state: 'ends_soon' });
    });

    it('is named while it is good, warned of from the fourteenth day on, and then said to be over', async () => {
      shows(30);
      const { id } = await connect();
      const expiresAt = iso(inDays(30));
      expect(await certificateOf(id)).toEqual({ expiresAt, state: 'good' });
      subject.clock.advance(16 * DAY);
      expect(await certificateOf(id)).toEqual({ expiresAt, state: 'ends_soon' });
      subject.clock.advance(14 * DAY);
      expect(await certificateOf(id)).toEqual({ expiresAt, state: 'expired' });
    });

    it('is another one as soon as a sync has seen it, which is shown at once, and stays where none was seen', async () => {
      shows(5, 'certificate_ends_soon');
      const { id } = await connect();
      await report(id, inDays(5));
      const told = subject.push.cursors.length;
      await report(id, inDays(5));
      expect(subject.push.cursors).toHaveLength(told);
      await report(id, inDays(90));
      expect(subject.push.cursors).toHaveLength(told + 1);
      await report(id);
      expect(await certificateOf(id)).toEqual({ expiresAt: iso(inDays(90)), state: 'good' });
    });

    it('is what the new server shows after a reconnect', async () => {
      shows(5, 'certificate_ends_soon');
      const { id } = await connect();
      shows(200);
      await subject.use.reconnect.run(caller, id, { body: json({ ews: { password: RIGHT } }) });
      expect(await certificateOf(id)).toEqual({ expiresAt: iso(inDays(200)), state: 'good' });
    });

    it('is nobody’s business where it is not checked, or where there is no server of a person’s', async () => {
      subject.policies.set({ exchange: { allowedHosts: [], allowUntrustedCertificates: true } });
      shows(5, 'certificate_ends_soon');
      const { id } = await connect({ skipCertificateChecks: true });
      expect(await certificateOf(id)).toBeNull();
      await report(id, inDays(5));
      expect(await certificateOf(id)).toBeNull();
      const google = await subject.connected(caller);
      await report(google, inDays(5));
      expect((await subject.use.readConnections.one(caller, google)).server).toBeUndefined();
    });
  });
}
