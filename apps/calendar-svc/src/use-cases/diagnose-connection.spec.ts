import { diagnosisCheckSchema, ProblemError } from '@daybook/contracts';
import { failed, passed, ProviderError, skipped, type WatchOptions } from '@daybook/provider-port';
import { ADA, DiagnosisBench } from '../testing/diagnosis-bench';

const allPassed = Object.fromEntries(diagnosisCheckSchema.options.map((check) => [check, 'passed']));
const never = new Promise<never>(() => undefined);

describe('the diagnosis of a connection', () => {
  let subject: DiagnosisBench;
  beforeEach(() => {
    subject = new DiagnosisBench();
  });
  const problemOf = async (call: Promise<unknown>): Promise<ProblemError['problem'] | null> => {
    const error: unknown = await call.then(
      () => null,
      (caught: unknown) => caught,
    );
    return error instanceof ProblemError ? error.problem : null;
  };
  const permissions = (wanted: 'none' | 'read' | 'readWrite', granted: typeof wanted, missing: 'calendar'[] = []) => {
    subject.connection = {
      ...subject.connection,
      permissions: {
        wanted: { calendar: wanted, contacts: 'none' },
        granted: { calendar: granted, contacts: 'none' },
        missing,
      },
    };
  };

  it('passes every check of a healthy one in order, tells each as it comes, and leaves nothing', async () => {
    const { items } = await subject.diagnose();
    expect(items.map(({ check, outcome }) => [check, outcome])).toEqual(
      diagnosisCheckSchema.options.map((check) => [check, 'passed']),
    );
    expect(subject.told).toEqual(items);
    expect(subject.mailbox.items()).toEqual([]);
    expect(subject.mailbox.mails).toEqual([]);
    expect(subject.fake.notifications.subscribed).toEqual([]);
    expect(subject.store.events.size).toBe(0);
  });

  it('asks the provider nothing more when it cannot be reached, and still says what was granted', async () => {
    subject.reach = { address: failed('address_not_found'), tls: skipped('earlier_failed') };
    expect(await subject.look()).toEqual({
      address: 'failed address_not_found',
      tls: 'skipped earlier_failed',
      sign_in: 'skipped earlier_failed',
      permissions: 'passed',
      read: 'skipped earlier_failed',
      write_then_remove: 'skipped earlier_failed',
      push: 'skipped earlier_failed',
    });
    expect(subject.fake.requests).toEqual([]);
  });

  it('stops at a certificate that is not trusted', async () => {
    subject.reach = { address: passed, tls: failed('certificate_refused') };
    expect(await subject.look()).toMatchObject({
      tls: 'failed certificate_refused',
      sign_in: 'skipped earlier_failed',
    });
  });

  it.each([
    ['ConsentRevoked', 'failed consent_revoked', 'skipped earlier_failed'],
    ['AdminApprovalNeeded', 'failed admin_approval_needed', 'skipped earlier_failed'],
    ['Unavailable', 'failed provider_unavailable', 'passed'],
    ['Throttled', 'skipped waiting_for_provider', 'passed'],
    ['Stopped', 'skipped locked_by_policy', 'passed'],
  ] as const)('tells why there is no access: %s', async (kind, atSignIn, atPermissions) => {
    subject.refused(kind);
    const found = await subject.look();
    expect(found).toMatchObject({ sign_in: atSignIn, permissions: atPermissions });
    expect(found['read']).toMatch(/^skipped/);
    expect(subject.fake.requests).toEqual([]);
  });

  it('says of a connection that was never finished how to go on', async () => {
    subject.connection = { ...subject.connection, state: 'pending' };
    permissions('readWrite', 'none');
    subject.refused('Stopped');
    expect(await subject.look()).toMatchObject({
      sign_in: 'failed not_finished',
      permissions: 'skipped earlier_failed',
      read: 'skipped earlier_failed',
    });
  });

  it('renews access once that the provider refuses', async () => {
    subject.grants = [subject.granted({ token: 'stale' })];
    expect(await subject.look()).toEqual(allPassed);
    expect(subject.revocations).toEqual([]);
  });

  it('takes renewed access that is refused as well for a consent that is gone, and passes that on', async () => {
    subject.grants = [subject.granted({ token: 'stale' }), subject.granted({ token: 'stale too' })];
    expect(await subject.look()).toMatchObject({ sign_in: 'failed consent_revoked', read: 'skipped earlier_failed' });
    expect(subject.revocations).toEqual(['stale too']);
  });

  it('writes nothing with a grant that may only read, and says so', async () => {
    permissions('read', 'read');
    expect(await subject.look()).toEqual({ ...allPassed, write_then_remove: 'skipped read_only' });
    expect(subject.mailbox.writes).toEqual([]);
  });

  it('names a permission that was wanted and not granted', async () => {
    permissions('readWrite', 'read', ['calendar']);
    expect(await subject.look()).toMatchObject({
      permissions: 'failed permission_missing',
      read: 'passed',
      write_then_remove: 'skipped read_only',
    });
  });

  it('writes nothing that an administrator does not allow', async () => {
    subject.policy = { ...subject.policy, twoWaySync: false };
    expect(await subject.look()).toMatchObject({ write_then_remove: 'skipped two_way_off' });
    subject = new DiagnosisBench();
    const calendar = { value: 'read', locked: true } as const;
    subject.policy = { ...subject.policy, permissions: { ...subject.policy.permissions, calendar } };
    expect(await subject.look()).toMatchObject({ write_then_remove: 'skipped locked_by_policy' });
  });

  it('writes only into a calendar of the person’s own', async () => {
    const { description } = subject.mailbox.calendars.get('primary') ?? {};
    subject.mailbox.addCalendar({ ...description, remoteId: 'primary', owned: false });
    subject.mailbox.addCalendar({ remoteId: 'read only', writable: false });
    expect(await subject.look()).toMatchObject({ write_then_remove: 'skipped no_writable_calendar', push: 'passed' });
    subject = new DiagnosisBench();
    subject.mailbox.addCalendar({ ...description, remoteId: 'primary', owned: false });
    subject.mailbox.addCalendar({ remoteId: 'own' });
    expect(await subject.look()).toEqual(allPassed);
    expect(new Set(subject.mailbox.writes.map(({ calendarRemoteId }) => calendarRemoteId))).toEqual(new Set(['own']));
  });

  it('skips the test of pushes where the provider cannot call us', async () => {
    const { notifications: _none, ...others } = subject.provider;
    subject.provider = others;
    expect(await subject.look()).toEqual({ ...allPassed, push: 'skipped no_public_address' });
  });

  it('listens for a moment where the provider is listened to, and stops', async () => {
    const { notifications: _none, ...others } = subject.provider;
    const { watching } = subject.fake;
    subject.provider = { ...others, watching };
    expect(await subject.look()).toEqual(allPassed);
    expect([watching.asked, watching.listening]).toEqual([[ADA], []]);
  });

  it.each([
    ['Rejected', 'push_refused'],
    ['Throttled', 'provider_throttled'],
    ['Unavailable', 'provider_unavailable'],
  ] as const)('says why it cannot listen, when that is %s', async (kind, code) => {
    const { notifications: _none, ...others } = subject.provider;
    const { watching } = subject.fake;
    watching.refuses = new ProviderError(kind, { detail: 'fake watch' });
    subject.provider = { ...others, watching };
    expect(await subject.look()).toEqual({ ...allPassed, push: `failed ${code}` });
  });

  it('does not wait for ever for a provider that never says that it listens', async () => {
    const { notifications: _none, ...others } = subject.provider;
    const heard: string[] = [];
    async function* silence(_access: unknown, _ids: unknown, { signal }: WatchOptions): AsyncGenerator<never> {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      heard.push('stopped');
    }
    subject.provider = { ...others, watching: { watch: silence } };
    subject.limits = { checkMs: 20, wholeMs: 5_000 };
    expect(await subject.look()).toMatchObject({ push: 'failed took_too_long' });
    await subject.quiet();
    expect(heard).toEqual(['stopped']);
  });

  it('says that pushes are refused, which keeps nothing else from working', async () => {
    subject.fake.notifications.refuses = 'Rejected';
    expect(await subject.look()).toEqual({ ...allPassed, push: 'failed push_refused' });
  });

  it('does not call a provider that has asked to wait', async () => {
    const notBefore = new Date(subject.clock.now() + 60_000).toISOString();
    subject.grants = [subject.granted({ notBefore })];
    expect(await subject.look()).toMatchObject({
      sign_in: 'skipped waiting_for_provider',
      read: 'skipped waiting_for_provider',
      push: 'skipped waiting_for_provider',
    });
    expect(subject.fake.requests).toEqual([]);
  });

  it('stops calling when the provider asks to wait, and tells that to all who call it', async () => {
    subject.fake.faults.add({ kind: 'throttled', on: 'changes', retryAfterMs: 30_000 });
    expect(await subject.look()).toMatchObject({
      read: 'failed provider_throttled',
      write_then_remove: 'skipped waiting_for_provider',
    });
    expect(subject.throttled).toEqual([new Date(subject.clock.now() + 30_000)]);
  });

  it('gives a provider that never answers so much time and no more, and goes on', async () => {
    subject.limits = { checkMs: 20, wholeMs: 5_000 };
    const { calendar } = subject.fake;
    const silent = {
      ...calendar,
      open: (access: { token: string }) => ({ ...calendar.open(access), calendars: hangs }),
    };
    subject.provider = { ...subject.provider, calendar: silent };
    expect(await subject.look()).toMatchObject({
      read: 'failed took_too_long',
      write_then_remove: 'skipped earlier_failed',
    });
  });

  it('removes also what is written after its time was over', async () => {
    subject.limits = { checkMs: 20, wholeMs: 5_000 };
    const late = new Promise<void>((resolve) => setTimeout(resolve, 60));
    const { calendar } = subject.fake;
    subject.provider = {
      ...subject.provider,
      calendar: {
        ...calendar,
        open: (access) => {
          const session = calendar.open(access);
          const { writes } = session;
          if (!writes) return session;
          return { ...session, writes: { ...writes, create: async (request) => (await late, writes.create(request)) } };
        },
      },
    };
    expect(await subject.look()).toMatchObject({ write_then_remove: 'failed took_too_long' });
    await late;
    await subject.quiet();
    expect(subject.mailbox.writes.map(({ operation }) => operation)).toEqual(['create', 'remove']);
    expect(subject.mailbox.items()).toEqual([]);
    expect(subject.store.events.size).toBe(0);
  });

  it('runs once at a time for a connection, and not again at once', async () => {
    subject.reach = { address: passed, tls: passed };
    const { diagnosis } = subject.provider;
    if (!diagnosis) throw new Error('nothing to look with');
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    subject.provider = {
      ...subject.provider,
      diagnosis: { ...diagnosis, reach: async (access) => (await held, diagnosis.reach(access)) },
    };
    const first = subject.look();
    await subject.quiet();
    expect(await problemOf(subject.look())).toMatchObject({ code: 'rate_limited', retryAfter: 60 });
    goOn();
    await first;
    await subject.quiet();
    expect(await problemOf(subject.look())).toMatchObject({ code: 'rate_limited', retryAfter: 2 });
    subject.clock.advance(2_000);
    expect(await subject.look()).toEqual(allPassed);
  });

  it('is refused while the integration is switched off, before anybody is asked about the connection', async () => {
    subject.policy = { ...subject.policy, enabled: false };
    expect(await problemOf(subject.look())).toMatchObject({ status: 403, code: 'integration_disabled' });
  });

  it('takes what an adapter throws by mistake for a fault of the provider', async () => {
    const { diagnosis } = subject.provider;
    if (!diagnosis) throw new Error('nothing to look with');
    const signIn = async () => Promise.reject(new ProviderError('Unreadable', { detail: 'odd' }));
    subject.provider = { ...subject.provider, diagnosis: { ...diagnosis, signIn } };
    expect(await subject.look()).toMatchObject({ sign_in: 'failed provider_fault', read: 'skipped earlier_failed' });
  });
});

async function* hangs(): AsyncGenerator<never> {
  yield await never;
}
