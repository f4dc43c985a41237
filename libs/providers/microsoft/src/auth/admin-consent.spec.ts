import { type RunningMicrosoftSimulator, startMicrosoftSimulator } from '@daybook/providers/microsoft-simulator';
import { FakeHttp, FakeLog } from '@daybook/testing/fakes';
import { createMicrosoftProvider } from '../microsoft.provider';

const ADMIN = 'admin@example.com';

describe("an administrator's answer", () => {
  let simulator: RunningMicrosoftSimulator;
  beforeAll(async () => {
    simulator = await startMicrosoftSimulator({});
    const known = simulator.control.mailboxes().some(({ email }) => email === ADMIN);
    if (!known) simulator.control.createMailbox({ email: ADMIN, timeZone: 'Europe/Vienna' });
  });
  afterAll(() => simulator.close());

  const subject = () => {
    const common = { http: new FakeHttp(), clock: { now: () => 0 }, log: new FakeLog(), hookAddress: null };
    const client = { clientId: 'daybook-local', clientSecret: 'daybook-local-secret' };
    const provider = createMicrosoftProvider({ ...common, ...client, loginUrl: simulator.baseUrl, graphUrl: null });
    const { adminConsent } = provider.auth;
    if (!adminConsent) throw new Error('an administrator has a say at Microsoft');
    return adminConsent;
  };

  /** Presses the buttons of one page after the other, and gives what the browser comes back with. */
  async function pressing(...buttons: readonly [string, string][]): Promise<Record<string, string>> {
    const callbackUrl = 'http://localhost:4999/v1/oauth/microsoft/callback';
    const permissions = { calendar: 'readWrite', contacts: 'none' } as const;
    let answer = await fetch(subject().url({ callbackUrl, permissions, state: 'sealed' }));
    for (const button of buttons) {
      const html = await answer.text();
      const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
      const request = /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const body = new URLSearchParams([['request', request], button]);
      answer = await fetch(simulator.baseUrl + action, { method: 'POST', body, redirect: 'manual' });
    }
    return Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
  }

  it('is read when they accept', async () => {
    const query = await pressing(['account', ADMIN], ['decision', 'allow']);
    expect(query).toHaveProperty('admin_consent');
    expect(subject().read(query)).toEqual({ state: 'sealed', approved: true });
  });

  it('is read when they refuse after the sign-in, and when they leave before it', async () => {
    const after = await pressing(['account', ADMIN], ['decision', 'deny']);
    const before = await pressing(['cancel', 'true']);
    expect(after).toHaveProperty('admin_consent');
    expect(before).not.toHaveProperty('admin_consent');
    for (const query of [after, before]) expect(subject().read(query)).toEqual({ state: 'sealed', approved: false });
  });

  it.each([
    [{ code: 'c', state: 's' }, null],
    [{ state: 's' }, null],
    [{ admin_consent: 'True' }, null],
    [{ error: 'permission_denied' }, null],
    [
      { admin_consent: 'True', error: 'access_denied', state: 's' },
      { state: 's', approved: false },
    ],
    [{ admin_consent: ['True', 'True'], state: 's' }, null],
    [
      { error: ['a', 'b'], state: 's' },
      { state: 's', approved: false },
    ],
  ])('is what %j says: %j', (query, read) => {
    expect(subject().read(query)).toEqual(read);
  });
});
