import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { FakeHttp, FakeLog, strategyOf } from '@daybook/testing/fakes';
import { createMicrosoftProvider } from '../microsoft.provider';

const NOW = Date.UTC(2026, 10, 22, 8);
const TENANT = '84bd8158-6d4d-4958-8b9f-9d6445542f95';
const LOGIN = 'https://login.microsoftonline.com';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const JWK = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' };

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: object, { alg = 'RS256', key = privateKey } = {}): string {
  const head = `${encoded({ alg, kid: 'k1', typ: 'JWT' })}.${encoded(claims)}`;
  return `${head}.${alg === 'none' ? '' : createSign('RSA-SHA256').update(head).sign(key, 'base64url')}`;
}

type Ending = { type: string; value: unknown };
type Asked = { loginHint?: string | null; claims?: string | null };

class Browser {
  readonly http = new FakeHttp();
  verifier: string | null = null;
  consumed: string[] = [];
  private readonly provider = createMicrosoftProvider({
    http: this.http,
    clock: { now: () => NOW },
    log: new FakeLog(),
    clientId: 'client',
    clientSecret: 'secret',
    loginUrl: null,
    graphUrl: null,
    hookAddress: null,
  });

  async go(query: Record<string, string>, { loginHint = null, claims = null }: Asked = {}): Promise<Ending> {
    const strategy = await strategyOf(this.provider.auth, {
      callbackUrl: 'http://localhost:8080/v1/oauth/microsoft/callback',
      permissions: { calendar: 'readWrite', contacts: 'none' },
      loginHint,
      forceConsent: true,
      claims,
      store: {
        save: async (_request, verifier) => {
          this.verifier = verifier;
          return 'our-state';
        },
        consume: async (_request, state) => {
          this.consumed.push(state);
          const { verifier } = this;
          this.verifier = null;
          return state === 'our-state' ? verifier : null;
        },
      },
    });
    return new Promise((resolve) => {
      const end = (type: string) => (value: unknown) => resolve({ type, value });
      const run: object = Object.assign(Object.create(strategy), {
        success: end('success'),
        fail: end('fail'),
        redirect: end('redirect'),
        error: end('error'),
      });
      Reflect.apply(strategy.authenticate, run, [{ query }, {}]);
    });
  }

  async leave(): Promise<URL> {
    return new URL(String((await this.go({})).value));
  }

  /** Comes back with a code for which Microsoft hands out this id token. */
  async comeBack(idToken: (claims: object) => string, more: object = {}): Promise<Ending> {
    const nonce = (await this.leave()).searchParams.get('nonce');
    const claims = {
      iss: `${LOGIN}/${TENANT}/v2.0`,
      aud: 'client',
      tid: TENANT,
      oid: 'oid-1',
      sub: 'sub-1',
      nonce,
      exp: NOW / 1000 + 3600,
      preferred_username: 'ada@example.com',
      ...more,
    };
    this.http.answer({ body: { keys: [JWK] } });
    const tokens = { access_token: 'at', refresh_token: 'rt', token_type: 'Bearer', expires_in: 3600 };
    this.http.answer({ body: { ...tokens, scope: 'openid Calendars.Read User.Read', id_token: idToken(claims) } });
    this.http.answer({ body: { mail: 'ada@example.com', userPrincipalName: 'ada@corp.example', displayName: 'Ada' } });
    return this.go({ code: 'the-code', state: 'our-state' });
  }
}

describe('signing in at Microsoft', () => {
  let subject: Browser;
  beforeEach(() => {
    subject = new Browser();
  });

  it('leaves with state, nonce, challenge and scopes, and asks for no consent an administrator has given', async () => {
    const { origin, pathname, searchParams } = await subject.leave();
    expect(origin + pathname).toBe(`${LOGIN}/common/oauth2/v2.0/authorize`);
    const challenge = createHash('sha256')
      .update(subject.verifier ?? '')
      .digest('base64url');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: 'client',
      response_type: 'code',
      response_mode: 'query',
      state: 'our-state',
      prompt: 'select_account',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      scope: expect.stringContaining('offline_access https://graph.microsoft.com/User.Read'),
    });
    expect(searchParams.get('nonce')).not.toBe(subject.verifier);
    const hinted = new URL(String((await subject.go({}, { loginHint: 'ada@example.com' })).value)).searchParams;
    expect([hinted.get('login_hint'), hinted.get('prompt')]).toEqual(['ada@example.com', null]);
  });

  it('shows what Microsoft wanted to see, where it has asked for that', async () => {
    expect((await subject.leave()).searchParams.has('claims')).toBe(false);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    const { value } = await subject.go({}, { claims });
    expect(new URL(String(value)).searchParams.get('claims')).toBe(claims);
  });

  it('comes back with what was granted to whom', async () => {
    const { type, value } = await subject.comeBack(signed);
    expect(type).toBe('success');
    expect(value).toEqual({
      tokens: {
        accessToken: 'at',
        refreshToken: 'rt',
        expiresAt: NOW + 3_600_000,
        scopes: ['openid', 'Calendars.Read', 'User.Read'],
      },
      identity: {
        subject: `${TENANT}.oid-1`,
        address: 'ada@example.com',
        aliases: ['ada@corp.example'],
        name: 'Ada',
      },
    });
    const exchange = new URLSearchParams(String(subject.http.requests[1]?.body));
    expect(exchange.get('code')).toBe('the-code');
    expect(exchange.get('code_verifier')).toHaveLength(64);
  });

  it.each<[string, (claims: object) => string, object]>([
    ['signed by somebody else', (claims) => signed(claims, { key: OTHER }), {}],
    ['not signed', (claims) => signed(claims, { alg: 'none' }), {}],
    ['no token', () => 'nonsense', {}],
    ['for another application', signed, { aud: 'other' }],
    ['from another tenant', signed, { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' }],
    ['from nowhere', signed, { iss: 'https://evil.example/v2.0' }],
    ['for another leg', signed, { nonce: 'other' }],
    ['too old', signed, { exp: NOW / 1000 - 301 }],
    ['not yet good', signed, { nbf: NOW / 1000 + 301 }],
  ])('believes no id token that is %s', async (_what, idToken, more) => {
    expect(await subject.comeBack(idToken, more)).toMatchObject({ type: 'error', value: { kind: 'Unreadable' } });
  });

  it.each([
    [{ code: 'c', state: 'foreign' }, 'state_invalid'],
    [{ code: 'c' }, 'state_invalid'],
    [{ state: 'our-state' }, 'code_invalid'],
    [{ error: 'access_denied', state: 'foreign' }, 'state_invalid'],
    [{ error: 'access_denied', state: 'our-state' }, 'denied'],
    [{ error: 'access_denied', state: 'our-state', error_description: 'AADSTS90094: admin' }, 'awaiting_admin'],
  ])('ends %j with %s', async (query, code) => {
    await subject.leave();
    expect(await subject.go(query)).toMatchObject({ type: 'fail', value: { code } });
    expect(subject.consumed).toHaveLength('state' in query ? 1 : 0);
  });

  it.each([
    [{ status: 400, body: { error: 'invalid_grant', error_codes: [70000] } }, 'fail', { code: 'code_invalid' }],
    [{ status: 400, body: { error: 'invalid_grant', error_codes: [90094] } }, 'fail', { code: 'awaiting_admin' }],
    [{ status: 503 }, 'error', { kind: 'Unavailable' }],
    [{ status: 401, body: { error: 'invalid_client', error_codes: [7000215] } }, 'error', { kind: 'Unknown' }],
  ])('tells a refused code from an outage: %j', async (answer, type, value) => {
    await subject.leave();
    subject.http.answer({ body: { keys: [JWK] } }).answer(answer);
    expect(await subject.go({ code: 'c', state: 'our-state' })).toMatchObject({ type, value });
  });
});
