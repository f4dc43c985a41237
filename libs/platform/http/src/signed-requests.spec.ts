import type { HttpCredentials } from './http-types';
import { failureOf } from './testing/failure-of';
import { ALL, BY_BASIC, BY_NTLM, LEGS, PASSWORD, SignInBench } from './testing/sign-in-bench';

describe('a request with credentials', () => {
  const bench = new SignInBench();
  const set = bench.set.bind(bench);

  afterEach(() => bench.end());

  it('is sent bare, then signed in by NTLM on the same connection, and later ones need nothing more', async () => {
    const { server, post } = await set();
    expect((await post()).json()).toEqual({ who: 'CORP\\anna', body: 'envelope' });
    expect(server.legs).toEqual(LEGS);
    expect(server.heard.map(({ body }) => body)).toEqual(['envelope', '', 'envelope']);
    expect(server.verdicts).toEqual(['right']);
    expect((await post()).status).toBe(200);
    expect(server.legs.slice(3)).toEqual(['none@1']);
  });

  it('signs in by an address without a domain', async () => {
    const { post } = await set();
    const { domain: _none, ...byAddress } = { ...BY_NTLM, user: 'anna@corp.example' };
    expect((await post(byAddress)).json()).toMatchObject({ who: '\\anna@corp.example' });
  });

  it.each<[string, string[], HttpCredentials, string[]]>([
    ['Basic where NTLM is not offered', ['Negotiate', 'Basic realm="x"'], BY_NTLM, ['none@1', 'basic@1']],
    ['Basic where nothing else is allowed', ALL, BY_BASIC, ['none@1', 'basic@1']],
    ['NTLM where it stands behind Basic', ['Basic realm="x", NTLM'], BY_NTLM, LEGS],
    ['neither where neither is offered', ['Negotiate'], BY_NTLM, ['none@1']],
    ['not Basic where only NTLM is allowed', ['Basic realm="x"'], { ...BY_NTLM, schemes: ['ntlm'] }, ['none@1']],
    ['not Basic for a name with a colon', ['Basic realm="x"'], { ...BY_NTLM, user: 'a:b' }, ['none@1']],
  ])('takes %s', async (_what, challenges, credentials, legs) => {
    const { server, post } = await set({ challenges });
    const { status, credentialsWithheld } = await post(credentials);
    expect([status, credentialsWithheld]).toEqual(legs.length > 1 ? [200, undefined] : [401, true]);
    expect(server.legs).toEqual(legs);
  });

  it('shows Basic at once where it was right before', async () => {
    const { server, post } = await set();
    await post(BY_BASIC);
    await post(BY_BASIC);
    expect(server.legs).toEqual(['none@1', 'basic@1', 'basic@1']);
  });

  it.each([BY_NTLM, BY_BASIC])('shows a wrong password once (%#)', async (credentials) => {
    const { server, post } = await set();
    const response = await post({ ...credentials, password: 'wrong' });
    expect([response.status, response.text()]).toEqual([401, 'who are you?']);
    expect(response.credentialsWithheld).toBeUndefined();
    expect(server.verdicts).toEqual(['password']);
  });

  it('whose password is answered with a new challenge, was shown it: one try, whatever the server means by that', async () => {
    const { server, post } = await set();
    server.setting.before = ({ leg }, response) =>
      leg === 'authenticate' && !!response.writeHead(401, { 'www-authenticate': 'NTLM TlRMTVNTUAACAAAA' }).end();
    const { status, credentialsWithheld } = await post();
    expect([status, credentialsWithheld]).toEqual([401, undefined]);
    expect(server.legs).toEqual(LEGS);
  });

  it('whose password counts no longer, is refused after one try, also on a connection that was known', async () => {
    const { server, post } = await set();
    await post();
    server.setting.accounts['CORP\\anna'] = 'changed';
    server.setting.before = ({ leg }, response) =>
      leg === 'none' && !!response.writeHead(401, { 'www-authenticate': ALL }).end();
    expect((await post()).status).toBe(401);
    expect(server.verdicts).toEqual(['right', 'password']);
  });

  it.each([
    ['a challenge that is none', Buffer.from('hello').toString('base64'), 'ntlm_malformed'],
    ['an older dialect', `TlRMTVNTUAACAAAAAAAAADAAAAABAgAAASNFZ4mrze8${'A'.repeat(32)}`, 'ntlm_noExtendedSecurity'],
  ])('gives no answer to %s', async (_what, token, code) => {
    const { server, post } = await set();
    server.setting.before = ({ leg }, response) =>
      leg === 'negotiate' && !!response.writeHead(401, { 'www-authenticate': `NTLM ${token}` }).end();
    expect(await failureOf(post())).toMatchObject({ kind: 'malformed', code });
    expect(server.legs).toEqual(['none@1', 'negotiate@1']);
  });

  it('takes what a server says instead of its challenge as the response', async () => {
    const { server, post } = await set();
    server.setting.before = ({ leg }, response) => leg === 'negotiate' && !!response.writeHead(503).end('busy');
    expect((await post()).text()).toBe('busy');
    server.setting.before = ({ leg }, response) =>
      leg === 'negotiate' && !!response.writeHead(401, { 'www-authenticate': 'NTLM' }).end('no');
    expect((await post()).text()).toBe('no');
    expect(server.verdicts).toEqual([]);
  });

  it.each(['follow', 'error'] as const)('is never redirected (%s)', async (redirect) => {
    const other = await set();
    const { server, post } = await set({
      answer: (response) => void response.writeHead(307, { location: '/ews' }).end(),
    });
    expect(await failureOf(post(BY_NTLM, { redirect }))).toMatchObject({ kind: 'redirect', code: 'not_followed' });
    server.setting.answer = (response) => void response.writeHead(302, { location: other.server.url }).end();
    expect((await failureOf(post(BY_NTLM, { redirect }))).kind).toBe('blocked');
    expect((await post(BY_NTLM, { redirect: 'manual' })).status).toBe(302);
    expect(other.server.heard).toEqual([]);
  });

  it('does not go over plain http unless told so, not even bare', async () => {
    const { server, post } = await set();
    const { overPlainHttp: _none, ...overTls } = BY_NTLM;
    expect(await failureOf(post(overTls))).toMatchObject({ kind: 'blocked', code: 'credentials_over_plain_http' });
    expect(server.heard).toEqual([]);
  });

  it.each([
    ['http://127.0.0.1:1/', 'protocol'],
    ['https://10.0.0.1/', 'private'],
    ['https://rebind.example/', 'linkLocal'],
  ])('goes to no address that the guard refuses: %s', async (url, code) => {
    const { client } = await set(
      {},
      { resolveName: (_name, done) => done(null, [{ address: '169.254.169.254', family: 4 }]) },
    );
    expect(await failureOf(client.request({ url, credentials: BY_NTLM }))).toMatchObject({ kind: 'blocked', code });
  });

  it('is stopped in every leg by its deadline and the caller, also while it waits for its turn', async () => {
    for (const silent of ['none', 'negotiate', 'authenticate']) {
      const { server, post } = await set({ before: ({ leg }) => leg === silent });
      const first = failureOf(post(BY_NTLM, { deadlineMs: 150 }));
      expect((await failureOf(post(BY_NTLM, { deadlineMs: 50 }))).kind).toBe('timeout');
      expect((await first).kind).toBe('timeout');
      expect((await failureOf(post(BY_NTLM, { signal: AbortSignal.abort() }))).kind).toBe('aborted');
      delete server.setting.before;
      expect((await post()).status).toBe(200);
    }
  });

  it('bounds every body', async () => {
    const { server, post } = await set({ answer: (response) => void response.end('x'.repeat(2000)) });
    expect((await failureOf(post(BY_NTLM, { maxBytes: 1000 }))).kind).toBe('tooLarge');
    server.setting.before = (_heard, response) => !!response.writeHead(401).end('x'.repeat(2000));
    expect((await failureOf(post(BY_NTLM, { maxBytes: 1000 }))).kind).toBe('tooLarge');
  });

  it('tells no password in its failures', async () => {
    const { server, post } = await set({}, { sessionIdleMs: 60_000 });
    const failures = [await failureOf(post(BY_NTLM, { deadlineMs: 0 }))];
    server.setting.before = ({ leg }, response) => leg !== 'none' && !!response.socket?.destroy();
    failures.push(await failureOf(post()), await failureOf(post(BY_BASIC)));
    const basic = Buffer.from(`CORP\\anna:${PASSWORD}`).toString('base64');
    for (const failure of failures) {
      const told = JSON.stringify({ ...failure, message: failure.message, stack: failure.stack, cause: failure.cause });
      expect(told).not.toContain('canary');
      expect(told).not.toContain(basic);
    }
  });
});
