import type { Caller } from '@daybook/contracts';
import { AuthHarness, fakeStores, keyring, PUBLIC_URL, reading, wish } from '../../testing/auth-harness';

describe("an administrator's approval", () => {
  let subject: AuthHarness;
  let caller: Caller;
  beforeEach(async () => {
    subject = new AuthHarness(fakeStores());
    caller = await subject.callerOf();
  });

  const view = (id: string) => subject.use.readConnections.one(caller, id);
  const take = (query: Record<string, string>) => subject.use.adminConsents.take('fake', query);
  const stateOf = (url: string | undefined): string => new URL(url ?? '').searchParams.get('state') ?? '';

  /** A connection that worked until the provider wanted an administrator. */
  async function waiting(): Promise<string> {
    const id = await subject.connected(caller);
    subject.auth.refreshTrouble = 'AdminApprovalNeeded';
    subject.clock.advance(2 * 3_600_000);
    await subject.use.getAccess.run({ connectionId: id, part: 'calendar' });
    return id;
  }

  it('is asked for by a link that only connections have that wait for one', async () => {
    const id = await waiting();
    const { adminConsentUrl = '' } = await view(id);
    subject.auth.refreshTrouble = null;
    await subject.use.retryAwaiting.run();
    expect(await view(id)).not.toHaveProperty('adminConsentUrl');
    const url = new URL(adminConsentUrl);
    expect(url.origin + url.pathname).toBe('https://fake.example/approve');
    expect(url.searchParams.get('callbackUrl')).toBe(`${PUBLIC_URL}/v1/oauth/fake/callback`);
    expect(url.searchParams.get('wanted')).toBe(reading.calendar);
  });

  it('lets a connection that worked before go on at once, by itself', async () => {
    const id = await waiting();
    await subject.use.retryAwaiting.run();
    subject.auth.refreshTrouble = null;
    expect(await subject.use.retryAwaiting.run()).toBe(0);
    expect(await take({ yes: 'true', state: stateOf((await view(id)).adminConsentUrl) })).toBe('approved');
    expect(await subject.use.retryAwaiting.run()).toBe(1);
    expect((await view(id)).state).toBe('syncing');
  });

  it('gives a first connection back to its person, who consents themselves', async () => {
    const { connection } = await subject.use.connect.run(caller, wish(reading));
    const { connections, work } = subject.ports;
    const stored = await connections.find(connection.id);
    if (!stored) throw new Error('there is no connection');
    await work.run((tx) => connections.save({ ...stored, phase: 'awaiting_admin', unfinishedUntil: null }, tx));
    expect(await take({ yes: 'true', state: stateOf((await view(connection.id)).adminConsentUrl) })).toBe('approved');
    expect((await view(connection.id)).state).toBe('needs_reconnect');
    const { authorizeUrl } = await subject.use.reconnect.run(caller, connection.id);
    await subject.consent(authorizeUrl);
    expect((await view(connection.id)).state).toBe('syncing');
  });

  it.each([
    ['a state nobody gave', () => 'nonsense'],
    [
      'a state sealed for something else',
      () => Buffer.from(JSON.stringify(keyring.seal('con', 'x'))).toString('base64url'),
    ],
  ])('changes nothing by %s', async (_what, state) => {
    const id = await waiting();
    expect(await take({ yes: 'true', state: state() })).toBe('none');
    expect((await view(id)).state).toBe('awaiting_admin');
  });

  it('changes nothing where it was refused, or where nobody waits any more', async () => {
    const id = await waiting();
    const state = stateOf((await view(id)).adminConsentUrl);
    expect(await take({ yes: 'false', state })).toBe('refused');
    expect((await view(id)).state).toBe('awaiting_admin');
    expect(await take({ error: 'permission_denied', state })).toBe('refused');
    expect((await view(id)).state).toBe('awaiting_admin');
    subject.auth.refreshTrouble = 'ConsentRevoked';
    await subject.use.retryAwaiting.run();
    expect(await take({ yes: 'true', state })).toBe('approved');
    expect((await view(id)).state).toBe('needs_reconnect');
  });

  it('is no business of a leg that comes back, also where it was denied in the same words', async () => {
    expect(await take({ code: 'abc', state: 'def' })).toBe('none');
    expect(await take({ error: 'access_denied', state: 'def' })).toBe('none');
    expect(subject.logs).toEqual([]);
    expect(await take({ yes: 'true', state: 'def' })).toBe('none');
    expect(subject.logs.join()).toContain('a state that is not ours');
  });
});
