import type { AuthResult, BrowserLegOptions, BrowserLegStore } from '@daybook/provider-port';
import { FakeClock, FakeHttp, strategyOf } from '@daybook/testing/fakes';
import passport from 'passport';
import { googleAddresses } from '../transport/google-addresses';
import { createGoogleAuth } from './google-auth';

const CALENDAR = 'https://www.googleapis.com/auth/calendar';
const clock = new FakeClock();

class OneLeg implements BrowserLegStore {
  readonly kept = new Map<string, string>();

  async save(_request: unknown, verifier: string): Promise<string> {
    this.kept.set('state-1', verifier);
    return 'state-1';
  }

  async consume(_request: unknown, state: string): Promise<string | null> {
    const verifier = this.kept.get(state) ?? null;
    this.kept.delete(state);
    return verifier;
  }
}

function setUp(leg: Partial<BrowserLegOptions> = {}) {
  const http = new FakeHttp();
  const subject = createGoogleAuth({
    http,
    clock,
    clientId: 'client',
    clientSecret: 'secret',
    addresses: googleAddresses(null),
  });
  const store = new OneLeg();
  const options: BrowserLegOptions = {
    callbackUrl: 'http://localhost:8080/v1/oauth/google/callback',
    permissions: { calendar: 'read', contacts: 'none' },
    loginHint: null,
    forceConsent: true,
    claims: null,
    store,
    ...leg,
  };
  return { http, subject, store, options };
}

type Outcome =
  | { readonly type: 'redirect'; readonly url: URL }
  | { readonly type: 'answer'; readonly error: unknown; readonly user: unknown; readonly challenge: unknown };

/** One request through passport, as an app runs it. */
async function travel(setup: ReturnType<typeof setUp>, query: Record<string, unknown>): Promise<Outcome> {
  const strategy = await strategyOf(setup.subject, setup.options);
  return new Promise((resolve) => {
    const response = {
      setHeader: (name: string, value: string) => {
        if (name === 'Location') resolve({ type: 'redirect', url: new URL(value) });
      },
      end: () => undefined,
    };
    passport.authenticate(strategy, { session: false }, (error: unknown, user: unknown, challenge: unknown) =>
      resolve({ type: 'answer', error, user, challenge }),
    )({ query }, response, (error: unknown) => resolve({ type: 'answer', error, user: null, challenge: null }));
  });
}

const TOKENS = {
  access_token: 'at',
  refresh_token: 'rt',
  expires_in: 3599,
  token_type: 'Bearer',
  scope: `openid ${CALENDAR}.readonly`,
};
const USER = { sub: '42', email: 'ada@example.com', name: 'Ada' };

describe('a browser leg at Google', () => {
  it('leaves with state, PKCE, offline access and the smallest scopes', async () => {
    const outcome = await travel(setUp(), {});
    if (outcome.type !== 'redirect') throw new Error('no redirect');
    expect(outcome.url.origin + outcome.url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(outcome.url.searchParams)).toEqual({
      client_id: 'client',
      response_type: 'code',
      redirect_uri: 'http://localhost:8080/v1/oauth/google/callback',
      scope: `openid email profile ${CALENDAR}.readonly`,
      state: 'state-1',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      access_type: 'offline',
      include_granted_scopes: 'true',
      prompt: 'consent select_account',
    });
  });

  it('names the account where it is known and asks again only if told so', async () => {
    const outcome = await travel(setUp({ loginHint: 'ada@example.com', forceConsent: false }), {});
    if (outcome.type !== 'redirect') throw new Error('no redirect');
    expect(outcome.url.searchParams.get('login_hint')).toBe('ada@example.com');
    expect(outcome.url.searchParams.has('prompt')).toBe(false);
  });

  it('comes back with what was granted and who it is', async () => {
    const setup = setUp();
    await travel(setup, {});
    const verifier = setup.store.kept.get('state-1');
    setup.http.answer({ body: TOKENS }).answer({ body: USER });
    const outcome = await travel(setup, { code: 'c', state: 'state-1' });
    const expected: AuthResult = {
      tokens: {
        accessToken: 'at',
        refreshToken: 'rt',
        expiresAt: clock.now() + 3_599_000,
        scopes: ['openid', `${CALENDAR}.readonly`],
      },
      identity: { subject: '42', address: 'ada@example.com', aliases: [], name: 'Ada' },
    };
    expect(outcome).toMatchObject({ error: null, user: expected });
    const [exchange, userInfo] = setup.http.requests;
    expect(Object.fromEntries(new URLSearchParams(String(exchange?.body)))).toMatchObject({
      grant_type: 'authorization_code',
      code: 'c',
      code_verifier: verifier,
      client_secret: 'secret',
    });
    expect(userInfo).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer at' } });
    expect(userInfo?.url).not.toContain('at=');
  });

  it.each([
    ['a foreign state', { code: 'c', state: 'other' }, 'state_invalid'],
    ['no state', { code: 'c' }, 'state_invalid'],
    ['a state twice', { code: 'c', state: ['state-1', 'state-1'] }, 'state_invalid'],
    ['a code twice', { code: ['c', 'd'], state: 'state-1' }, 'code_invalid'],
    ['a state alone', { state: 'state-1' }, 'code_invalid'],
    ['a denial', { error: 'access_denied', state: 'state-1' }, 'denied'],
    ['a denial with a foreign state', { error: 'access_denied', state: 'other' }, 'state_invalid'],
    ['a denial without a state', { error: 'access_denied' }, 'state_invalid'],
    ['an administrator in between', { error: 'admin_policy_enforced', state: 'state-1' }, 'awaiting_admin'],
  ])('ends on %s without asking Google', async (_name, query, code) => {
    const setup = setUp();
    await travel(setup, {});
    expect(await travel(setup, query)).toMatchObject({ user: false, challenge: { code } });
    expect(setup.http.requests).toEqual([]);
  });

  it('takes a state once', async () => {
    const setup = setUp();
    await travel(setup, {});
    await travel(setup, { error: 'access_denied', state: 'state-1' });
    expect(await travel(setup, { code: 'c', state: 'state-1' })).toMatchObject({
      challenge: { code: 'state_invalid' },
    });
  });

  it('tells a refused code from an outage and from a fault of the operator', async () => {
    const attempt = async (prepare: (http: FakeHttp) => void): Promise<Outcome> => {
      const setup = setUp();
      await travel(setup, {});
      prepare(setup.http);
      return travel(setup, { code: 'c', state: 'state-1' });
    };
    const refused = await attempt((http) => http.answer({ status: 400, body: { error: 'invalid_grant' } }));
    expect(refused).toMatchObject({ user: false, challenge: { code: 'code_invalid' } });
    expect(await attempt((http) => http.fail('timeout'))).toMatchObject({ error: { kind: 'Unavailable' } });
    expect(await attempt((http) => http.answer({ status: 502, body: '' }))).toMatchObject({
      error: { kind: 'Unavailable' },
    });
    const operator = await attempt((http) => http.answer({ status: 401, body: { error: 'invalid_client' } }));
    expect(operator).toMatchObject({
      error: { kind: 'Unknown', message: 'Unknown: token endpoint 401 invalid_client' },
    });
    const userInfo = await attempt((http) => http.answer({ body: TOKENS }).answer({ status: 503 }));
    expect(userInfo).toMatchObject({ error: { kind: 'Unavailable' } });
    const nobody = await attempt((http) => http.answer({ body: TOKENS }).answer({ body: {} }));
    expect(nobody).toMatchObject({ error: { kind: 'Unreadable' } });
  });
});

describe('grants at Google', () => {
  it('refreshes, keeping the refresh token there is', async () => {
    const { http, subject } = setUp();
    http.answer({ body: { ...TOKENS, refresh_token: undefined } });
    expect(await subject.refresh('rt')).toMatchObject({ accessToken: 'at', refreshToken: null });
    expect(http.lastRequest.body).toBe(
      'client_id=client&client_secret=secret&grant_type=refresh_token&refresh_token=rt',
    );
  });

  it('takes only the word of Google for a revoked grant', async () => {
    const { http, subject } = setUp();
    http.answer({ status: 400, body: { error: 'invalid_grant' } });
    await expect(subject.refresh('rt')).rejects.toMatchObject({ kind: 'ConsentRevoked' });
    http.fail('network');
    await expect(subject.refresh('rt')).rejects.toMatchObject({ kind: 'Unavailable' });
    http.answer({ body: '<html>' });
    await expect(subject.refresh('rt')).rejects.toMatchObject({ kind: 'Unavailable' });
    http.answer({ body: { expires_in: 10 } });
    await expect(subject.refresh('rt')).rejects.toMatchObject({ kind: 'Unreadable' });
  });

  it('revokes, and says so when there was nothing left', async () => {
    const { http, subject } = setUp();
    http
      .answer({ status: 200 })
      .answer({ status: 400, body: { error: 'invalid_token' } })
      .answer({ status: 503 });
    expect(await subject.revoke?.('rt')).toBe('revoked');
    expect(await subject.revoke?.('rt')).toBe('refused');
    await expect(subject.revoke?.('rt')).rejects.toMatchObject({ kind: 'Unavailable' });
  });

  it.each([
    [[], 'none'],
    [['calendar.readonly'], 'read'],
    [['calendar.events', 'calendar.calendarlist.readonly'], 'readWrite'],
    [['calendar.events'], 'none'],
    [['calendar.calendarlist.readonly'], 'none'],
    [['calendar.readonly', 'calendar.events'], 'readWrite'],
    [['calendar'], 'readWrite'],
    [['calendar.readonly', 'calendar.calendarlist.readonly'], 'read'],
  ])('scopes %j grant %s', (names, calendar) => {
    const scopes = ['openid', ...names.map((name) => `https://www.googleapis.com/auth/${name}`)];
    expect(setUp().subject.grantedBy(scopes)).toEqual({ calendar, contacts: 'none' });
  });

  it.each(['none', 'read', 'readWrite'] as const)('asks for what gives %s and no more', (calendar) => {
    const { subject } = setUp();
    const permissions = { calendar, contacts: 'none' } as const;
    expect(subject.grantedBy(subject.scopesFor(permissions))).toEqual(permissions);
  });
});
