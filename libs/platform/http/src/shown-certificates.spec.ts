import { X509Certificate } from 'node:crypto';
import { rootCertificates, TLSSocket } from 'node:tls';
import { AddressGuard } from './address-guard';
import { createHttpClient } from './http-client';
import type { HttpClient, HttpClientOptions, HttpCredentials, HttpRequest } from './http-types';
import { earliestExpiry } from './shown-certificates';
import { failureOf } from './testing/failure-of';
import { makeCertificate, makeChain, type MadeCertificate } from './testing/make-certificate';
import { SignInServer } from './testing/sign-in-server';

const ANNA: HttpCredentials = { user: 'anna', domain: 'CORP', password: 'p', schemes: ['ntlm', 'basic'] };
const BY_BASIC: HttpCredentials = { ...ANNA, schemes: ['basic'] };
const expiryOf = (made: MadeCertificate) => Date.parse(new X509Certificate(made.cert).validTo);

describe('the certificate of a server', () => {
  let soon: MadeCertificate;
  let later: MadeCertificate;
  let server: SignInServer;
  let client: HttpClient;

  beforeAll(async () => {
    [soon, later] = await Promise.all([makeCertificate('127.0.0.1', 5), makeCertificate('127.0.0.1', 60)]);
  });

  async function serve(tls: MadeCertificate | null = soon, options: Partial<HttpClientOptions> = {}) {
    const accounts = { 'CORP\\anna': 'p' };
    server = await new SignInServer({ accounts, challenges: ['NTLM', 'Basic'], ...(tls && { tls }) }).start();
    const guard = new AddressGuard({ allowHosts: [server.host] });
    client = createHttpClient({ userAgent: 'x', guard, tellsCertificates: true, ...options });
  }

  afterEach(async () => {
    await client.close();
    server.stop();
  });

  const trusting = (): Pick<HttpRequest, 'trust'> => ({ trust: { authorities: [soon.authority, later.authority] } });
  const ask = (credentials?: HttpCredentials) =>
    client.request({ url: server.url, ...trusting(), ...(credentials && { credentials }) });
  const listen = (signal: AbortSignal) =>
    client.stream({ url: server.url, credentials: ANNA, ...trusting() }, { signal });

  it.each([
    ['nobody', undefined, 401],
    ['NTLM', ANNA, 200],
    ['Basic', BY_BASIC, 200],
  ])('is told with each response to %s, on a fresh connection and on the same one again', async (_who, who, status) => {
    await serve(soon, { maxConnections: 1 });
    const certificate = { expiresAt: expiryOf(soon) };
    expect(await ask(who)).toMatchObject({ status, certificate });
    expect(await ask(who)).toMatchObject({ status, certificate });
    expect(server.connections).toBe(1);
  });

  it('is told as the newest connection has shown it, also to those on older ones', async () => {
    await serve();
    await ask(ANNA);
    server.renew(later);
    expect((await ask(ANNA)).certificate).toEqual({ expiresAt: expiryOf(soon) });
    const stop = new AbortController();
    expect((await listen(stop.signal)).certificate).toEqual({ expiresAt: expiryOf(later) });
    expect((await ask(ANNA)).certificate).toEqual({ expiresAt: expiryOf(later) });
    expect(server.connections).toBe(2);
    stop.abort();
  });

  it.each([
    ['shown on each connection by a client that tells it', { tellsCertificates: true }, [false, false]],
    ['not asked for where a TLS session can go on', { tellsCertificates: false }, [false, true]],
  ])('is %s', async (_what, options, reused) => {
    await serve(soon, options);
    const sessions: boolean[] = [];
    server.setting.before = (_heard, response) => {
      sessions.push(response.socket instanceof TLSSocket && response.socket.isSessionReused());
      response.writeHead(200, { connection: 'close' }).end();
      return true;
    };
    const told = [await ask(), await ask()].map(({ certificate }) => certificate !== undefined);
    expect(sessions).toEqual(reused);
    expect(told).toEqual([options.tellsCertificates, options.tellsCertificates]);
  });

  it('is not there over plain http', async () => {
    await serve(null);
    server.setting.before = (_heard, response) => !!response.end();
    expect(await client.request({ url: server.url })).not.toHaveProperty('certificate');
  });

  it('that has expired is refused as what it is, and told where nothing is checked', async () => {
    const over = await makeCertificate('127.0.0.1', -1);
    await serve(over);
    const trust = { authorities: [over.authority] };
    expect(await failureOf(client.request({ url: server.url, trust }))).toMatchObject({
      kind: 'tls',
      code: 'CERT_HAS_EXPIRED',
    });
    const unchecked = await client.request({ url: server.url, trust: { skipChecks: true } });
    expect(unchecked.certificate).toEqual({ expiresAt: expiryOf(over) });
  });

  it('ends with the one in between, where that expires sooner', async () => {
    const chain = await makeChain('127.0.0.1', { serverDays: 60, betweenDays: 9 });
    await serve(chain);
    const response = await client.request({ url: server.url, trust: { authorities: [chain.authority] } });
    expect(response.certificate).toEqual({ expiresAt: Date.parse(new X509Certificate(chain.between).validTo) });
  });
});

describe('a chain of certificates', () => {
  it('ends when the first of them does, roots not counted', async () => {
    const [early, late] = await Promise.all([
      makeChain('127.0.0.1', { serverDays: 60, betweenDays: 9 }),
      makeChain('127.0.0.1', { serverDays: 5, betweenDays: 9 }),
    ]);
    const expiry = (pem: string) => Date.parse(new X509Certificate(pem).validTo);
    const of = (...pems: string[]) => earliestExpiry(pems.map((pem) => new X509Certificate(pem)));
    expect(of(early.server, early.between)).toBe(expiry(early.between));
    expect(of(late.server, late.between)).toBe(expiry(late.server));
    expect(of(late.server)).toBe(expiry(late.server));
    const short = await makeChain('127.0.0.1', { serverDays: 60, betweenDays: 50, authorityDays: 3 });
    expect(of(short.server, short.between, short.authority)).toBe(expiry(short.between));
    const known = rootCertificates.map((pem) => new X509Certificate(pem).subject).find((one) => !/[,+"]/.test(one));
    const between = known?.split('\n').join(', ') ?? '';
    const crossed = await makeChain('127.0.0.1', { serverDays: 60, betweenDays: 9, between });
    expect(new X509Certificate(crossed.between).subject).toBe(known);
    expect(of(crossed.server, crossed.between)).toBe(expiry(crossed.server));
    expect(of()).toBeUndefined();
  });
});
