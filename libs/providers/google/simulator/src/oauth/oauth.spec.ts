import { createHash } from 'node:crypto';
import { ADA, CALENDAR_SCOPE, TestSimulator } from '../testing/start-simulator';

const REDIRECT = 'http://localhost:4999/v1/oauth/google/callback';
const EVENTS_SCOPE = `${CALENDAR_SCOPE}.events.readonly`;
const LIST_SCOPE = `${CALENDAR_SCOPE}.calendarlist.readonly`;
const VERIFIER = 'a-verifier-that-is-long-enough-for-everybody-0123456789';

interface Page {
  status: number;
  html: string;
  location: URL | null;
}

interface TokenReply {
  access_token?: string;
  refresh_token?: string;
  scope?: string;
  id_token?: string;
  error?: string;
  error_description?: string;
}

describe('signing in', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(() => subject.close());

  const pageOf = async (response: Response): Promise<Page> => {
    const location = response.headers.get('location');
    return {
      status: response.status,
      html: await response.text(),
      location: location === null ? null : new URL(location),
    };
  };
  const open = async (parameters: Record<string, string> = {}): Promise<Page> => {
    const query = new URLSearchParams({
      client_id: 'daybook-local',
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: `openid email ${EVENTS_SCOPE} ${LIST_SCOPE}`,
      state: 'kept',
      access_type: 'offline',
      ...parameters,
    });
    return pageOf(
      await fetch(`${subject.running.baseUrl}/o/oauth2/v2/auth?${query.toString()}`, { redirect: 'manual' }),
    );
  };
  const submit = async (path: string, form: [string, string][]): Promise<Page> =>
    pageOf(
      await fetch(`${subject.running.baseUrl}/o/oauth2/v2/auth/${path}`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
      }),
    );
  const requestIn = ({ html }: Page): string => /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const consent = async (page: Page, scopes: string[], decision = 'allow'): Promise<URL> => {
    const form: [string, string][] = [
      ['request', requestIn(page)],
      ['decision', decision],
      ...scopes.map((one): [string, string] => ['scope', one]),
    ];
    return (await submit('consent', form)).location ?? new URL('about:blank');
  };
  const exchange = async (form: Record<string, string>): Promise<[number, TokenReply]> => {
    const body = new URLSearchParams({ client_id: 'daybook-local', client_secret: 'daybook-local-secret', ...form });
    const response = await fetch(`${subject.running.baseUrl}/token`, { method: 'POST', body });
    const text = await response.text();
    return [response.status, JSON.parse(text)];
  };
  const redeem = (code: string | null, extra: Record<string, string> = {}) =>
    exchange({ grant_type: 'authorization_code', code: code ?? '', redirect_uri: REDIRECT, ...extra });

  it('lets a person choose an account and each permission, and grants what was ticked', async () => {
    const accounts = await open();
    expect(accounts.html).toContain('ada@example.com');
    const page = await submit('account', [
      ['request', requestIn(accounts)],
      ['account', ADA],
    ]);
    expect(page.html.match(/type="checkbox"/g)).toHaveLength(2);
    const back = await consent(page, [EVENTS_SCOPE]);
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('kept');
    const [status, reply] = await redeem(back.searchParams.get('code'));
    expect(status).toBe(200);
    expect(reply.scope?.split(' ').sort()).toEqual(
      ['openid', EVENTS_SCOPE, 'https://www.googleapis.com/auth/userinfo.email'].sort(),
    );
    expect(reply.refresh_token).toBeDefined();
  });

  it('signs in by password and says when it is wrong', async () => {
    const accounts = await open();
    const wrong = await submit('account', [
      ['request', requestIn(accounts)],
      ['email', ADA],
      ['password', 'nope'],
    ]);
    expect([wrong.status, wrong.html.includes('Wrong password')]).toEqual([400, true]);
    const right = await submit('account', [
      ['request', requestIn(accounts)],
      ['email', ADA],
      ['password', 'daybook'],
    ]);
    expect(right.html).toContain('Allow');
  });

  it('sends a refusal back to the client', async () => {
    const back = await consent(await open({ login_hint: ADA }), [], 'deny');
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['access_denied', 'kept']);
  });

  it('gives a refresh token at the first consent and when consent is asked for again', async () => {
    const first = await consent(await open({ login_hint: ADA }), [EVENTS_SCOPE, LIST_SCOPE]);
    expect((await redeem(first.searchParams.get('code')))[1].refresh_token).toBeDefined();
    const second = await open({ login_hint: ADA });
    expect((await redeem(second.location?.searchParams.get('code') ?? null))[1].refresh_token).toBeUndefined();
    const third = await consent(await open({ login_hint: ADA, prompt: 'consent' }), [EVENTS_SCOPE, LIST_SCOPE]);
    expect((await redeem(third.searchParams.get('code')))[1].refresh_token).toBeDefined();
  });

  it('adds earlier scopes when asked to include them', async () => {
    await redeem(
      (await consent(await open({ login_hint: ADA, scope: EVENTS_SCOPE }), [EVENTS_SCOPE])).searchParams.get('code'),
    );
    const page = await open({ login_hint: ADA, scope: LIST_SCOPE, include_granted_scopes: 'true' });
    const [, reply] = await redeem((await consent(page, [LIST_SCOPE])).searchParams.get('code'));
    expect(reply.scope?.split(' ').sort()).toEqual([LIST_SCOPE, EVENTS_SCOPE].sort());
  });

  it('takes a code once, with its redirect address and verifier only', async () => {
    const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
    const fresh = async (): Promise<string | null> => {
      const page = await open({
        login_hint: ADA,
        prompt: 'consent',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      return (await consent(page, [EVENTS_SCOPE])).searchParams.get('code');
    };
    const code = await fresh();
    expect((await redeem(code))[1].error_description).toBe('Missing code verifier.');
    expect((await redeem(code, { code_verifier: 'wrong' }))[1].error_description).toBe('Invalid code verifier.');
    expect((await redeem(code, { code_verifier: VERIFIER, redirect_uri: 'http://localhost:1/other' }))[1].error).toBe(
      'redirect_uri_mismatch',
    );
    expect((await redeem(code, { code_verifier: VERIFIER }))[0]).toBe(200);
    expect(await redeem(code, { code_verifier: VERIFIER })).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'Bad Request' },
    ]);
    const late = await fresh();
    subject.control.setClock('2026-11-22T08:11:00Z');
    expect((await redeem(late, { code_verifier: VERIFIER }))[1].error).toBe('invalid_grant');
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['a redirect address elsewhere', { redirect_uri: 'https://evil.example/callback' }],
    ['a redirect address that only looks local', { redirect_uri: 'http://localhost.evil.example/' }],
    ['an unknown scope', { scope: 'https://www.googleapis.com/auth/everything' }],
  ])('shows %s on a page and sends nobody anywhere', async (_what, parameters) => {
    const page = await open(parameters);
    expect([page.status, page.location]).toEqual([400, null]);
  });

  it('knows its clients', async () => {
    const refresh = { grant_type: 'refresh_token', refresh_token: 'x' };
    expect(await exchange({ ...refresh, client_secret: 'wrong' })).toEqual([
      401,
      { error: 'invalid_client', error_description: 'Unauthorized' },
    ]);
    expect((await exchange({ ...refresh, client_id: 'nobody' }))[1].error_description).toBe(
      'The OAuth client was not found.',
    );
    expect((await exchange({ grant_type: 'magic' }))[1].error).toBe('unsupported_grant_type');
    expect((await exchange({ grant_type: 'refresh_token' }))[1].error).toBe('invalid_request');
  });

  it('refreshes until the consent is revoked, by whichever token', async () => {
    const { refreshToken, accessToken } = subject.control.issueGrant(ADA, `openid ${EVENTS_SCOPE}`);
    const [status, reply] = await exchange({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect([status, reply.refresh_token]).toEqual([200, undefined]);
    const info = await fetch(`${subject.running.baseUrl}/v1/userinfo`, {
      headers: { authorization: `Bearer ${reply.access_token}` },
    });
    expect(await info.json()).toEqual({ sub: expect.stringMatching(/^\d{21}$/) });
    const revoke = (token: string) =>
      fetch(`${subject.running.baseUrl}/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
    expect((await revoke(accessToken)).status).toBe(200);
    expect((await revoke(accessToken)).status).toBe(400);
    expect(await exchange({ grant_type: 'refresh_token', refresh_token: refreshToken })).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    ]);
    expect((await subject.call('GET', 'colors', { token: reply.access_token ?? '' })).status).toBe(401);
  });

  it('lets access tokens die by the clock', async () => {
    expect((await subject.call('GET', 'colors')).status).toBe(200);
    subject.control.setClock('2026-11-22T09:00:00Z');
    expect((await subject.call('GET', 'colors')).status).toBe(401);
  });

  it('has a password grant for scripts', async () => {
    const form = {
      grant_type: 'password',
      username: ADA,
      password: 'daybook',
      scope: `openid profile ${EVENTS_SCOPE}`,
    };
    const [status, reply] = await exchange(form);
    expect([status, typeof reply.refresh_token, typeof reply.id_token]).toEqual([200, 'string', 'string']);
    expect((await exchange({ ...form, password: 'wrong' }))[0]).toBe(400);
  });

  it('tells that an administrator has to approve', async () => {
    const { refreshToken } = subject.control.issueGrant(ADA, EVENTS_SCOPE);
    subject.control.addFault({ kind: 'admin_approval', email: ADA });
    const back = await consent(await open({ login_hint: ADA }), [EVENTS_SCOPE]);
    expect(back.searchParams.get('error')).toBe('admin_policy_enforced');
    expect((await exchange({ grant_type: 'refresh_token', refresh_token: refreshToken }))[1].error).toBe(
      'admin_policy_enforced',
    );
  });

  it('describes itself', async () => {
    const { baseUrl } = subject.running;
    const read = async (path: string): Promise<unknown> => (await fetch(`${baseUrl}${path}`)).json();
    expect(await read('/.well-known/openid-configuration')).toMatchObject({
      issuer: baseUrl,
      token_endpoint: `${baseUrl}/token`,
    });
    expect(await read('/oauth2/v3/certs')).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256' }] });
  });
});
