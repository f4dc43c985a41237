import { createHash } from 'node:crypto';
import { PERSONAL_TENANT, tenantOf } from '../tenants';
import { ADA, ADMIN, BEN, CALENDARS, claimsOf, HOME, REDIRECT, TestSimulator } from '../testing/start-simulator';

const VERIFIER = 'a-verifier-that-is-long-enough-for-everybody-0123456789';
const TENANT = tenantOf(ADA);

describe('signing in to the simulated Microsoft', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(() => subject.close());

  const signedIn = async (parameters: Record<string, string> = {}) =>
    subject.allow(await subject.open({ login_hint: ADA, ...parameters }));

  it('lets a person choose an account and each permission, and grants what was ticked', async () => {
    const accounts = await subject.open({ nonce: 'n1' });
    expect(accounts.html).toContain(BEN);
    const consent = await subject.submit(accounts, [['account', ADA]]);
    expect(consent.html.match(/type="checkbox"/g)).toHaveLength(2);
    const back = await subject.allow(consent, ['User.Read']);
    expect(`${back.location?.origin}${back.location?.pathname}`).toBe(REDIRECT);
    expect(back.location?.searchParams.get('state')).toBe('kept');
    const [status, reply] = await subject.redeem(back);
    expect([status, reply.scope, reply.token_type]).toEqual([200, 'openid profile email User.Read', 'Bearer']);
    expect(reply.expires_in).toBeGreaterThanOrEqual(3600);
    expect(claimsOf(reply.id_token)).toMatchObject({
      iss: `${subject.running.baseUrl}/${TENANT}/v2.0`,
      aud: 'daybook-local',
      tid: TENANT,
      preferred_username: ADA,
      email: ADA,
      nonce: 'n1',
      ver: '2.0',
    });
    expect((await subject.graph('/me', reply.access_token ?? '')).body.mail).toBe(ADA);
    expect((await subject.graph('/me/events', reply.access_token ?? '')).status).toBe(403);
  });

  it('does not ask again for what was allowed, and gives a new refresh token each time', async () => {
    await signedIn();
    const again = await subject.open({ login_hint: ADA });
    const [, first] = await subject.redeem(again);
    const refresh = (token = '') => subject.token({ grant_type: 'refresh_token', refresh_token: token });
    const [status, second] = await refresh(first.refresh_token);
    expect([status, second.refresh_token === first.refresh_token]).toEqual([200, false]);
    expect((await refresh(first.refresh_token))[0]).toBe(200);
    expect((await refresh(second.refresh_token))[1].scope).toBe(second.scope);
    expect((await subject.open({ login_hint: ADA, prompt: 'consent' })).html).toContain('Permissions requested');
  });

  it('gives no refresh token without offline access and no id token without openid', async () => {
    const [, reply] = await subject.redeem(await signedIn({ scope: 'User.Read' }));
    expect([reply.refresh_token, reply.id_token]).toEqual([undefined, undefined]);
    expect(reply.scope).toBe('User.Read');
  });

  it('takes long names of permissions in any case and echoes them as asked', async () => {
    const scope = 'openid https://graph.microsoft.com/calendars.read';
    const [, reply] = await subject.redeem(await signedIn({ scope }));
    expect(reply.scope).toBe(scope);
    expect(claimsOf(reply.access_token)).toMatchObject({ scp: 'Calendars.Read', aud: 'https://graph.microsoft.com' });
  });

  it('signs in by password and says when it is wrong', async () => {
    const accounts = await subject.open();
    const wrong = await subject.submit(accounts, [
      ['email', ADA],
      ['password', 'nope'],
    ]);
    expect([wrong.status, wrong.html.includes('incorrect')]).toEqual([400, true]);
    const right = await subject.submit(accounts, [
      ['email', ADA],
      ['password', 'daybook'],
    ]);
    expect(right.html).toContain('Allow');
  });

  it('sends a refusal back to the client', async () => {
    const consent = await subject.open({ login_hint: ADA });
    const { location } = await subject.submit(consent, [['decision', 'deny']]);
    expect([location?.searchParams.get('error'), location?.searchParams.get('state')]).toEqual([
      'access_denied',
      'kept',
    ]);
    expect(location?.searchParams.get('error_description')).toMatch(/^AADSTS65004: /);
  });

  it('answers without pages when nobody has to be asked', async () => {
    const silent = async (parameters: Record<string, string>) =>
      (await subject.open({ prompt: 'none', ...parameters })).location?.searchParams.get('error');
    expect(await silent({})).toBe('login_required');
    expect(await silent({ login_hint: ADA })).toBe('consent_required');
    await signedIn();
    expect(await silent({ login_hint: ADA })).toBeNull();
  });

  it('hands an id token out beside the code, behind the hash or in a form', async () => {
    const parameters = { response_type: 'code id_token', nonce: 'n2' };
    const hash = new URLSearchParams((await signedIn(parameters)).location?.hash.slice(1));
    expect(claimsOf(hash.get('id_token') ?? '')).toMatchObject({
      nonce: 'n2',
      c_hash: expect.stringMatching(/^[\w-]{22}$/),
    });
    const form = await subject.open({ ...parameters, login_hint: ADA, response_mode: 'form_post' });
    expect(form.html).toContain(`action="${REDIRECT}"`);
    expect(form.html).toMatch(/name="code" value="1\.A/);
    expect(form.html).toMatch(/name="state" value="kept"/);
  });

  it('lets in whom the address is for', async () => {
    const accounts = async (tenant: string) => (await subject.open({}, tenant)).html;
    expect(await accounts('organizations')).not.toContain(HOME);
    expect(await accounts('consumers')).not.toContain(BEN);
    expect(await accounts(TENANT)).not.toContain('zoe@elsewhere.example');
    expect(await accounts('example.com')).toContain(ADA);
    const page = await subject.open({}, 'organizations');
    expect((await subject.submit(page, [['account', HOME]])).html).toContain('can’t sign in here');
    expect((await subject.page(`/00000000-0000-4000-8000-000000000000/oauth2/v2.0/authorize`)).html).toContain(
      'AADSTS90002',
    );
    const [, reply] = await subject.redeem(await subject.allow(await subject.open({ login_hint: HOME }, 'consumers')));
    expect(claimsOf(reply.id_token)).toMatchObject({ tid: PERSONAL_TENANT });
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }, 'AADSTS700016'],
    ['a redirect address elsewhere', { redirect_uri: 'https://evil.example/callback' }, 'AADSTS50011'],
    ['a redirect address that only looks local', { redirect_uri: 'http://localhost.evil.example/' }, 'AADSTS50011'],
  ])('shows %s on a page and sends nobody anywhere', async (_what, parameters, number) => {
    const page = await subject.open(parameters);
    expect([page.status, page.location, page.html.includes(number)]).toEqual([400, null, true]);
  });

  it.each([
    ['an unknown permission', { scope: 'openid Everything.ReadWrite' }, 'invalid_client'],
    ['permissions of two resources', { scope: 'User.Read https://other.example/Read' }, 'invalid_request'],
    ['no permission', { scope: '' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown response mode', { response_mode: 'pigeon' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'sometimes' }, 'invalid_request'],
    ['claims that are none', { claims: '{' }, 'invalid_request'],
    ['an unknown challenge', { code_challenge: 'x', code_challenge_method: 'MD5' }, 'invalid_request'],
  ])('sends %s back to the client', async (_what, parameters, error) => {
    const { location } = await subject.open(parameters);
    expect([location?.searchParams.get('error'), location?.searchParams.get('state')]).toEqual([error, 'kept']);
  });

  it('escapes what pages repeat', async () => {
    const page = await subject.open({ login_hint: '"><script>x</script>' });
    expect(page.html).not.toContain('<script>');
    const blocked = await subject.open({ redirect_uri: 'http://<script>x</script>/' });
    expect(blocked.html).not.toContain('<script>');
  });

  it('takes a code once, from its client, with its redirect address and verifier only', async () => {
    const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
    const parameters = { login_hint: ADA, code_challenge: challenge, code_challenge_method: 'S256', prompt: 'consent' };
    const page = await subject.allow(await subject.open(parameters));
    const number = async (extra: Record<string, string>) => (await subject.redeem(page, extra))[1].error_codes;
    expect(await number({})).toEqual([501481]);
    expect(await number({ code_verifier: 'wrong' })).toEqual([50148]);
    expect(await number({ code_verifier: VERIFIER, redirect_uri: 'http://localhost:1/' })).toEqual([500112]);
    expect((await subject.redeem(page, { code_verifier: VERIFIER }))[0]).toBe(200);
    expect(await number({ code_verifier: VERIFIER })).toEqual([54005]);
    const late = await subject.allow(await subject.open(parameters));
    subject.control.setClock('2026-11-22T08:11:00Z');
    expect((await subject.redeem(late, { code_verifier: VERIFIER }))[1]).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
    expect(
      (await subject.token({ grant_type: 'authorization_code', code: 'x', redirect_uri: REDIRECT }))[1].error_codes,
    ).toEqual([70000]);
  });

  it('demands an administrator’s approval, and takes it', async () => {
    subject.control.addFault({ kind: 'admin_approval', email: ADA });
    const blocked = await subject.open({ login_hint: ADA });
    expect(blocked.html).toContain('Need admin approval');
    const { location } = await subject.submit(blocked, [['decision', 'return']]);
    expect(location?.searchParams.get('error_description')).toMatch(/^AADSTS90094: /);
    const forged = await subject.submit(await subject.open({ login_hint: ADA }), [['decision', 'allow']]);
    expect([forged.location, forged.html.includes('Need admin approval')]).toEqual([null, true]);

    const query = new URLSearchParams({
      client_id: 'daybook-local',
      scope: CALENDARS,
      redirect_uri: REDIRECT,
      state: 's',
    });
    const login = await subject.page(`/organizations/v2.0/adminconsent?${query.toString()}`);
    expect(login.html).not.toContain(ADA);
    const refused = await subject.submit(login, [
      ['email', ADA],
      ['password', 'daybook'],
    ]);
    expect(refused.html).toContain('Only an administrator');
    const question = await subject.submit(login, [['account', ADMIN]]);
    expect(question.html).toContain('everybody at example.com');
    const approved = await subject.submit(question, [['decision', 'allow']]);
    expect(Object.fromEntries(approved.location?.searchParams ?? [])).toEqual({
      admin_consent: 'True',
      tenant: TENANT,
      scope: 'User.Read Calendars.ReadWrite',
      state: 's',
    });
    expect((await subject.redeem(await subject.open({ login_hint: ADA })))[0]).toBe(200);
    // Who asks for consent all the same is turned away.
    expect((await subject.open({ login_hint: ADA, prompt: 'consent' })).html).toContain('Need admin approval');
  });

  it('lets an administrator refuse, and the page of the person leads to the approval', async () => {
    subject.control.addFault({ kind: 'admin_approval' });
    const blocked = await subject.open({ login_hint: ADA });
    const href = /<a href="([^"]+)"/.exec(blocked.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const login = await subject.page(href.slice(subject.running.baseUrl.length));
    const question = await subject.submit(login, [['account', ADMIN]]);
    expect((await subject.submit(question, [['decision', 'deny']])).html).toContain('Not approved');
    expect((await subject.open({ login_hint: ADA })).html).toContain('Need admin approval');
  });

  it('forgets who takes too long, and answers forms that nobody was given', async () => {
    const consent = await subject.open({ login_hint: ADA });
    subject.control.setClock('2026-11-22T08:11:00Z');
    expect(await subject.allow(consent)).toMatchObject({ status: 400, html: expect.stringContaining('expired') });
    for (const path of ['login', 'consent/set', 'adminconsent/login', 'adminconsent/set']) {
      const body = new URLSearchParams({ request: 'x', account: ADA, decision: 'allow' });
      const page = await fetch(`${subject.running.baseUrl}/common/${path}`, { method: 'POST', body });
      expect([page.status, (await page.text()).includes('expired')]).toEqual([400, true]);
    }
  });

  it('does not let anybody skip the account page', async () => {
    const accounts = await subject.open();
    const forged = { ...accounts, html: accounts.html.replaceAll('/common/login', '/common/consent/set') };
    expect(await subject.allow(forged, ['User.Read'])).toMatchObject({ status: 400, location: null });
  });

  it('signs out, and sends people back to addresses of clients only', async () => {
    const out = (uri: string) =>
      subject.page(`/common/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(uri)}`);
    expect((await out('http://localhost:4999/')).location?.href).toBe('http://localhost:4999/');
    expect(await out('https://evil.example/')).toMatchObject({ status: 200, location: null });
  });
});
