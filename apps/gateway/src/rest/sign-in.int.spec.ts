import {
  authMeGet,
  authSessionRefresh,
  authSessionSignIn,
  authSessionRevocations,
  authSessionSignOut,
  fail,
} from '@daybook/contracts';
import { grant } from '../testing/samples';
import { startGateway, type GatewayUnderTest } from '../testing/start-gateway';

const cookieName = 'daybook_refresh_0';
const markName = 'daybook_refreshed_0';

describe('signing in through the gateway', () => {
  let subject: GatewayUnderTest;

  beforeEach(async () => {
    subject = await startGateway();
    subject.services.answer(authSessionSignIn, () => grant);
    subject.services.answer(authSessionRefresh, () => ({ ...grant, refreshToken: 'refresh-2' }));
    subject.services.answer(authSessionSignOut, () => ({}));
  });
  afterEach(() => subject.stop());

  const post = (route: string, headers: Record<string, string> = {}, payload?: object) =>
    subject.app.inject({ method: 'POST', url: `/v1/auth/${route}`, headers, ...(payload ? { payload } : {}) });

  it('gives scripts the access token and hides the refresh token in a cookie', async () => {
    const response = await post('sign-in', {}, { email: 'ada@example.com', password: 'daybook' });

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ accessToken: 'token-for-scripts', expiresIn: 900, user: grant.user });
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.cookies).toEqual([
      expect.objectContaining({
        name: cookieName,
        value: 'refresh-1',
        httpOnly: true,
        sameSite: 'Strict',
        path: '/v1/auth',
        maxAge: 1000,
      }),
      expect.objectContaining({ name: markName, sameSite: 'Strict', path: '/', maxAge: 1000 }),
    ]);
    expect(response.cookies[0]).not.toHaveProperty('secure');
    expect(subject.services.callsOf(authSessionSignIn)[0]?.input).toEqual({
      body: { type: 'json', value: { email: 'ada@example.com', password: 'daybook' } },
      client: { kind: 'unknown' },
      remoteAddress: '127.0.0.1',
    });
  });

  it('replaces the cookie at each refresh and takes it away once the session has ended', async () => {
    const refreshed = await post('refresh', { cookie: `other=1; ${cookieName}=refresh-1` });
    expect(refreshed.statusCode).toBe(200);
    expect(refreshed.cookies[0]?.value).toBe('refresh-2');
    expect(subject.services.callsOf(authSessionRefresh)[0]?.input).toEqual({ refreshToken: 'refresh-1' });

    subject.services.answer(authSessionRefresh, () => {
      throw fail('session_ended');
    });
    const ended = await post('refresh', { cookie: `${cookieName}=refresh-1` });
    expect(ended.statusCode).toBe(401);
    expect(ended.json()).toMatchObject({ code: 'session_ended' });
    expect(ended.cookies[0]).toMatchObject({ name: cookieName, value: '', maxAge: 0 });
    expect((await post('refresh')).json()).toMatchObject({ code: 'session_ended' });
  });

  it('lets scripts see that the refresh cookie has changed, and nothing of it', async () => {
    const marks = new Set<string>();
    for (const route of ['refresh', 'refresh', 'sign-out']) {
      const { cookies } = await post(route, { cookie: `${cookieName}=refresh-1` });
      const mark = cookies.find(({ name }) => name === markName);
      expect(mark).not.toHaveProperty('httpOnly');
      marks.add(mark?.value ?? 'none');
    }
    expect(marks.size).toBe(3);
    expect([...marks].at(-1)).toBe('');
  });

  it('ends a session at once when its person signs out', async () => {
    const headers = await subject.signedIn();
    const out = await post('sign-out', { ...headers, cookie: `${cookieName}=refresh-1` });

    expect(out.statusCode).toBe(204);
    expect(out.cookies[0]).toMatchObject({ value: '', maxAge: 0 });
    expect(subject.services.callsOf(authSessionSignOut)[0]?.input).toMatchObject({
      refreshToken: 'refresh-1',
      caller: { userId: 'usr_ada', sessionId: 'ses_one' },
    });
    const me = await subject.app.inject({ method: 'GET', url: '/v1/me', headers });
    expect(me.json()).toMatchObject({ code: 'session_ended' });
    expect(subject.services.callsOf(authMeGet)).toHaveLength(0);
  });

  it('signs out without a bearer or a cookie, too', async () => {
    expect((await post('sign-out')).statusCode).toBe(204);
    expect((await post('sign-out', { authorization: 'Bearer garbage' })).statusCode).toBe(204);
    expect(subject.services.callsOf(authSessionSignOut)).toHaveLength(0);
  });

  it('does not claim to have signed out whom it cannot recognise at the moment', async () => {
    await subject.services.leave(authSessionRevocations);
    const out = await post('sign-out', await subject.signedIn());
    expect(out.json()).toMatchObject({ status: 503, code: 'service_unavailable' });
    expect(subject.services.callsOf(authSessionSignOut)).toHaveLength(0);
  });

  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://daybook.test.evil.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://daybook.test' }, 403],
    [{ origin: 'http://daybook.test', 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'http://localhost:80', host: 'localhost:80' }, 403],
    [{ origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }, 200],
    [{}, 200],
  ])('takes cookies only from its own pages: %j gives %i', async (headers, status) => {
    const response = await post('refresh', { ...headers, cookie: `${cookieName}=refresh-1` });
    expect(response.statusCode).toBe(status);
    if (status === 403) {
      expect(response.json()).toMatchObject({ code: 'csrf_rejected' });
    }
  });

  it('slows down whoever tries many passwords from one address', async () => {
    await subject.stop();
    subject = await startGateway({ env: { RATE_SIGN_IN_PER_MINUTE: '3' }, now: () => new Date(1_800_000_000_000) });
    subject.services.answer(authSessionSignIn, () => {
      throw fail('invalid_credentials');
    });
    const statuses = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      statuses.push((await post('sign-in', {}, { email: 'ada@example.com', password: 'x' })).statusCode);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
    const refused = await post('sign-in', {}, { email: 'ada@example.com', password: 'x' });
    expect(refused.headers['retry-after']).toBe('20');
    expect(refused.json()).toMatchObject({ code: 'rate_limited', retryAfter: 20 });
  });

  it('marks the cookie secure where the deployment is reached by https', async () => {
    await subject.stop();
    subject = await startGateway({ env: { PUBLIC_URL: 'https://daybook.test' } });
    subject.services.answer(authSessionSignIn, () => grant);
    const response = await post('sign-in', {}, { email: 'ada@example.com', password: 'daybook' });
    expect(response.cookies[0]).toMatchObject({ secure: true });
    expect(response.headers['strict-transport-security']).toContain('max-age=');
  });
});
