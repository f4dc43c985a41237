import { AddressGuard } from './address-guard';
import { createHttpClient } from './http-client';
import type { HttpClient, HttpCredentials, HttpTrust } from './http-types';
import { failureOf } from './testing/failure-of';
import { makeCertificate, type MadeCertificate } from './testing/make-certificate';
import { SignInServer } from './testing/sign-in-server';

const ANNA: HttpCredentials = { user: 'anna', domain: 'CORP', password: 'p', schemes: ['ntlm'] };

describe('a server whose certificate is of an authority of its own', () => {
  let made: MadeCertificate;
  let other: MadeCertificate;
  let server: SignInServer;
  let client: HttpClient;

  beforeAll(async () => {
    [made, other] = await Promise.all([makeCertificate('127.0.0.1'), makeCertificate('127.0.0.9')]);
  });

  async function serve(tls: MadeCertificate) {
    server = await new SignInServer({
      accounts: { 'CORP\\anna': 'p', 'CORP\\ben': 'p' },
      challenges: ['NTLM'],
      tls,
    }).start();
    client = createHttpClient({ userAgent: 'x', guard: new AddressGuard({ allowHosts: [server.host] }) });
  }

  afterEach(async () => {
    await client.close();
    server.stop();
  });

  const get = (trust?: HttpTrust, credentials?: HttpCredentials) =>
    client.request({ url: server.url, ...(trust && { trust }), ...(credentials && { credentials }) });

  it.each([undefined, ANNA])('is refused without it, trusted with it, and then refused as before (%#)', async (who) => {
    await serve(made);
    const status = who ? 200 : 401;
    const refused = async (trust?: HttpTrust) => expect((await failureOf(get(trust, who))).kind).toBe('tls');
    await refused();
    expect((await get({ authorities: [made.authority] }, who)).status).toBe(status);
    await refused();
    await refused({ authorities: [other.authority] });
    await refused({ authorities: [], skipChecks: false });
    expect((await get({ skipChecks: true }, who)).status).toBe(status);
    await refused();
    await refused({ authorities: [other.authority] });
  });

  it('is told answers that are bound to its certificate', async () => {
    await serve(made);
    await get({ authorities: [made.authority] }, ANNA);
    await get({ skipChecks: true }, ANNA);
    // A TLS session that goes on has no certificate to bind to.
    await get({ skipChecks: true }, { ...ANNA, user: 'ben' });
    expect(server.verdicts).toEqual(['right', 'right', 'right']);
  });

  it('is told so each time that it asks on one connection', async () => {
    await serve(made);
    server.setting.asksAlways = true;
    const trust = { authorities: [made.authority] };
    expect([(await get(trust, ANNA)).status, (await get(trust, ANNA)).status]).toEqual([200, 200]);
    expect(server.verdicts).toEqual(['right', 'right']);
    expect(server.connections).toBe(1);
  });

  it('shares no connection between different trusts', async () => {
    await serve(made);
    await get({ authorities: [made.authority] }, ANNA);
    await get({ authorities: [other.authority, made.authority] }, ANNA);
    await get({ skipChecks: true }, ANNA);
    await get({ skipChecks: true }, ANNA);
    expect(server.connections).toBe(3);
  });

  it('has to have its name in the certificate, unless nothing is checked', async () => {
    await serve(other);
    expect(await failureOf(get({ authorities: [other.authority] }, ANNA))).toMatchObject({
      kind: 'tls',
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect((await get({ authorities: [other.authority], skipChecks: true }, ANNA)).status).toBe(200);
  });

  it('is not asked when an authority is no certificate', async () => {
    await serve(made);
    expect(await failureOf(get({ authorities: ['-----BEGIN NONSENSE-----'] }))).toMatchObject({
      kind: 'tls',
      code: 'authority_malformed',
    });
    expect(server.connections).toBe(0);
  });

  it('is trusted alone, not whom it redirects to', async () => {
    await serve(made);
    const away = server;
    const near = client;
    await serve(made);
    server.setting.before = (_heard, response) => !!response.writeHead(302, { location: away.url }).end();
    await client.close();
    client = createHttpClient({ userAgent: 'x', guard: new AddressGuard({ allowHosts: [server.host, away.host] }) });
    const trust = { skipChecks: true };
    expect((await failureOf(client.request({ url: server.url, redirect: 'follow', trust }))).kind).toBe('tls');
    await near.close();
    away.stop();
  });

  it('does not get around the guard', async () => {
    await serve(made);
    const trust = { skipChecks: true };
    const url = 'https://127.0.0.1:1/';
    expect((await failureOf(client.request({ url, trust, credentials: ANNA }))).kind).toBe('blocked');
    expect((await failureOf(client.request({ url, trust }))).kind).toBe('blocked');
  });
});
