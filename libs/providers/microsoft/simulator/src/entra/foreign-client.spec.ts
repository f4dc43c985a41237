import 'reflect-metadata';
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import type { Server } from 'node:http';
import { globalAgent, request as send } from 'node:https';
import { endServer, listen, portOf, simulatorServer, type Certificate } from '@daybook/simulator-kit';
import { OIDCStrategy, type IOIDCStrategyOptionWithoutRequest } from 'passport-azure-ad';
import { MicrosoftControl } from '../control/microsoft-control';
import { MicrosoftSimulator } from '../microsoft-simulator';
import { PERSONAL_TENANT, tenantOf } from '../tenants';

const ADA = 'ada@example.com';
const HOME = 'ada@outlook.example';
const REDIRECT = 'http://localhost:4321/callback';
const DAY = 86_400_000;

interface Ending {
  type: string;
  value: unknown;
}

interface Page {
  location: string | undefined;
  html: string;
}

/** For this machine, trusted by nobody else. */
async function certificate(): Promise<Certificate> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: 'CN=localhost',
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
    },
    webcrypto,
  );
  const key = PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    PemConverter.PrivateKeyTag,
  );
  return { key, cert: made.toString('pem') };
}

/** What a browser does with an address, or with a form. */
function visit(address: string, form?: URLSearchParams): Promise<Page> {
  return new Promise((resolve, reject) => {
    const call = send(address, { method: form === undefined ? 'GET' : 'POST' }, (response) => {
      let html = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (html += chunk));
      response.on('end', () => resolve({ location: response.headers.location, html }));
    });
    call.on('error', reject);
    call.end(form?.toString());
  });
}

const hiddenFields = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );

describe('a foreign client of the sign-in', () => {
  let simulator: MicrosoftSimulator;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    simulator = new MicrosoftSimulator({});
    const control = new MicrosoftControl(simulator, 'Europe/Vienna', false);
    for (const email of [ADA, HOME]) control.createMailbox({ email });
    const made = await certificate();
    server = simulatorServer(simulator, made);
    await listen(server, 0);
    origin = `https://localhost:${portOf(server)}`;
    // The library takes no authority of its own; it asks by the agent of this process.
    globalAgent.options.ca = made.cert;
  });
  afterAll(async () => {
    delete globalAgent.options.ca;
    globalAgent.destroy();
    await endServer(server);
    simulator.close();
  });

  /** Azure's own strategy for passport, told nothing but another metadata address. */
  const strategy = (tenant: string, options: Partial<IOIDCStrategyOptionWithoutRequest> = {}): OIDCStrategy =>
    new OIDCStrategy(
      {
        identityMetadata: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
        clientID: 'daybook-local',
        clientSecret: 'daybook-local-secret',
        responseType: 'code',
        responseMode: 'query',
        redirectUrl: REDIRECT,
        allowHttpForRedirectUrl: true,
        scope: ['openid', 'profile', 'email', 'offline_access', 'User.Read'],
        passReqToCallback: false,
        loggingLevel: 'error',
        ...options,
      },
      (
        issuer: string,
        _subject: string,
        _profile: unknown,
        claims: unknown,
        _access: string,
        refresh: string,
        _reply: unknown,
        done: (failure: unknown, user?: object) => void,
      ) => done(null, { issuer, claims, refresh }),
    );

  const run = (subject: OIDCStrategy, request: object): Promise<Ending> =>
    new Promise((resolve) => {
      const end = (type: string) => (value: unknown) => resolve({ type, value });
      const endings = { success: end('success'), fail: end('fail'), redirect: end('redirect'), error: end('error') };
      Reflect.apply(subject.authenticate, Object.assign(Object.create(subject), endings), [request, {}]);
    });

  /** Goes through the pages and returns to the client with what they send. */
  async function signIn(subject: OIDCStrategy, account: string): Promise<Ending> {
    const session = {};
    const { value } = await run(subject, { method: 'GET', query: {}, session });
    const accounts = await visit(String(value));
    const { request = '' } = hiddenFields(accounts.html);
    const chosen = await visit(`${origin}/common/login`, new URLSearchParams({ request, account }));
    const allowed = new URLSearchParams({ request, decision: 'allow', scope: 'User.Read' });
    const back = chosen.html.includes('Permissions requested')
      ? await visit(`${origin}/common/consent/set`, allowed)
      : chosen;
    if (back.location === undefined) {
      return run(subject, { method: 'POST', query: {}, body: hiddenFields(back.html), session });
    }
    const query = Object.fromEntries(new URL(back.location).searchParams);
    return run(subject, { method: 'GET', query, session });
  }

  it('signs a person of one organisation in, issuer and all', async () => {
    const tenant = tenantOf(ADA);
    expect(await signIn(strategy(tenant), ADA)).toMatchObject({
      type: 'success',
      value: {
        issuer: `${origin}/${tenant}/v2.0`,
        claims: { tid: tenant, preferred_username: ADA },
        refresh: expect.stringMatching(/^1\.A/),
      },
    });
  });

  it('signs anybody in, with an id token beside the code in a form', async () => {
    const subject = strategy('common', {
      responseType: 'code id_token',
      responseMode: 'form_post',
      validateIssuer: false,
    });
    expect(await signIn(subject, HOME)).toMatchObject({
      type: 'success',
      value: { claims: { tid: PERSONAL_TENANT, email: HOME } },
    });
  });

  it('does not believe the wrong issuer', async () => {
    const subject = strategy('common', { issuer: `${origin}/${tenantOf('zoe@elsewhere.example')}/v2.0` });
    expect(await signIn(subject, ADA)).toMatchObject({
      type: 'fail',
      value: expect.stringContaining('issuer'),
    });
  });
});
