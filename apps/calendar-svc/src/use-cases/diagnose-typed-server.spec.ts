import { diagnosisCheckSchema, diagnosisItemSchema } from '@daybook/contracts';
import {
  failed,
  passed,
  ProviderError,
  skipped,
  type CheckOutcome,
  type FormSignIn,
  type ProviderAccess,
} from '@daybook/provider-port';
import { DiagnosisBench } from '../testing/diagnosis-bench';

const allPassed = Object.fromEntries(diagnosisCheckSchema.options.map((check) => [check, 'passed']));
const form: FormSignIn = {
  signIn: async () => Promise.reject(new Error('nobody signs in here')),
  objection: () => null,
  visible: () => ({ url: '', username: '', version: '', certificateChecksSkipped: false }),
};

describe('the diagnosis of a connection to a server that a person has named', () => {
  let subject: DiagnosisBench;
  let reached: (ProviderAccess | null)[];
  let signIns: number;
  let refuses: ProviderError | null;
  beforeEach(() => {
    subject = new DiagnosisBench();
    [reached, signIns, refuses] = [[], 0, null];
    const { auth } = subject.fake;
    subject.provider = {
      ...subject.provider,
      auth: {
        form,
        scopesFor: (permissions) => auth.scopesFor(permissions),
        grantedBy: (scopes) => auth.grantedBy(scopes),
        refresh: async () => Promise.reject(new ProviderError('ConsentRevoked', { detail: 'a password' })),
      },
      diagnosis: {
        reach: async (access) => (reached.push(access), subject.reach),
        signIn: async () => {
          signIns += 1;
          if (refuses) throw refuses;
        },
      },
    };
  });
  const refused = new ProviderError('ConsentRevoked', { detail: '401' });

  it('looks for the server that the access names, and asks for that access once', async () => {
    const { token } = subject.fake.access('ada@example.com');
    subject.grants = [subject.granted({ token }), subject.granted({ token: 'another' })];
    expect(await subject.look()).toEqual(allPassed);
    expect(reached).toEqual([{ token }]);
    expect(subject.grants).toHaveLength(1);
  });

  it('looks for nothing where there is no access, and says that the password was refused', async () => {
    subject.refused('ConsentRevoked');
    expect(await subject.look()).toEqual({
      address: 'skipped earlier_failed',
      tls: 'skipped earlier_failed',
      sign_in: 'failed password_refused',
      permissions: 'skipped earlier_failed',
      read: 'skipped earlier_failed',
      write_then_remove: 'skipped earlier_failed',
      push: 'skipped earlier_failed',
    });
    expect([reached, signIns, subject.fake.requests]).toEqual([[], 0, []]);
  });

  it('does not sign in to a server that was not found', async () => {
    subject.reach = { address: failed('address_not_found'), tls: skipped('earlier_failed') };
    expect(await subject.look()).toMatchObject({
      address: 'failed address_not_found',
      sign_in: 'skipped earlier_failed',
    });
    expect(signIns).toBe(0);
  });

  it('names the last day of its certificate, warns of one that ends soon, and goes on all the same', async () => {
    const expiresAt = Date.UTC(2027, 0, 31, 12);
    const found = async (tls: CheckOutcome) => {
      subject.clock.advance(60_000);
      subject.reach = { address: passed, tls };
      const { items } = await subject.diagnose();
      expect(items.map((item) => diagnosisItemSchema.parse(item))).toEqual(items);
      return items.filter(({ check }) => check === 'tls' || check === 'sign_in');
    };
    const told = { check: 'tls', expiresAt: '2027-01-31T12:00:00.000Z', detail: expect.stringContaining('2027-01-31') };
    const signedIn = { check: 'sign_in', outcome: 'passed' };
    const [good] = await found({ outcome: 'passed', expiresAt });
    expect(good).toEqual({ ...told, outcome: 'passed' });
    const renew = expect.stringContaining('renew');
    const soon = { ...told, outcome: 'passed', code: 'certificate_ends_soon', fix: renew };
    expect(await found({ outcome: 'passed', code: 'certificate_ends_soon', expiresAt })).toMatchObject([
      soon,
      signedIn,
    ]);
    const over = { ...told, outcome: 'failed', code: 'certificate_expired', fix: renew };
    const expired: CheckOutcome = { outcome: 'failed', code: 'certificate_expired', expiresAt };
    expect(await found(expired)).toMatchObject([over, { outcome: 'skipped' }]);
  });

  it('shows a refused password once, and passes on that it was', async () => {
    refuses = refused;
    const { token } = subject.fake.access('ada@example.com');
    subject.grants = [subject.granted({ token })];
    expect(await subject.look()).toMatchObject({
      address: 'passed',
      sign_in: 'failed password_refused',
      read: 'skipped earlier_failed',
    });
    expect([signIns, subject.fake.requests]).toEqual([1, []]);
    expect(subject.revocations).toEqual([token]);
  });

  it.each(['changes', 'create'] as const)('asks nothing more once it is refused later: at %s', async (on) => {
    subject.fake.faults.add({ kind: 'consent_revoked', on, times: Infinity });
    const found = await subject.look();
    expect(Object.values(found)).toContain('failed password_refused');
    expect(found['push']).toBe('skipped earlier_failed');
    expect(subject.fake.requests.at(-1)).toBe(on);
  });

  it('waits where auth-svc says so, and finds no address meanwhile', async () => {
    subject.grants = [subject.granted({ notBefore: new Date(subject.clock.now() + 60_000).toISOString() })];
    expect(await subject.look()).toMatchObject({
      address: 'skipped waiting_for_provider',
      sign_in: 'skipped waiting_for_provider',
    });
    expect(reached).toEqual([]);
  });

  it('names the way out where the organisation has switched this one off', async () => {
    subject.reach = { address: passed, tls: passed };
    refuses = new ProviderError('SwitchedOff', { detail: '403' });
    const { items } = await subject.diagnose();
    expect(items.find(({ check }) => check === 'sign_in')).toMatchObject({
      code: 'switched_off',
      fix: 'Reconnect with Fake.',
    });
  });
});
