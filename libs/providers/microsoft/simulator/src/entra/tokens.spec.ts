import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenantOf } from '../tenants';
import { ADA, ADMIN, CALENDARS, claimsOf, HOME, TestSimulator } from '../testing/start-simulator';

const TENANT = tenantOf(ADA);
const password = { grant_type: 'password', username: ADA, password: 'daybook', scope: CALENDARS };

describe('tokens of the simulated Microsoft', () => {
  let subject: TestSimulator;

  beforeEach(async () => {
    subject = await TestSimulator.start();
  });
  afterEach(() => subject.close());

  const refresh = (token = '', more: Record<string, string> = {}, tenant = 'common') =>
    subject.token({ grant_type: 'refresh_token', refresh_token: token, ...more }, tenant);
  const refusal = async (call: Promise<[number, { error?: string; error_codes?: number[]; suberror?: string }]>) => {
    const [status, { error, error_codes, suberror }] = await call;
    return [status, error, ...(error_codes ?? []), ...(suberror === undefined ? [] : [suberror])];
  };

  it('are given to scripts by password', async () => {
    const [status, reply] = await subject.token(password, 'organizations');
    expect([status, typeof reply.refresh_token, typeof reply.id_token]).toEqual([200, 'string', 'string']);
    expect(await refusal(subject.token({ ...password, password: 'wrong' }))).toEqual([400, 'invalid_grant', 50126]);
    expect(await refusal(subject.token({ ...password, scope: 'Nothing' }))).toEqual([400, 'invalid_scope', 70011]);
  });

  it('are for known clients with their secret, said in the form or by Basic', async () => {
    expect(await refusal(subject.token({ ...password, client_secret: 'x' }))).toEqual([401, 'invalid_client', 7000215]);
    expect(await refusal(subject.token({ ...password, client_id: 'x' }))).toEqual([400, 'unauthorized_client', 700016]);
    expect(await refusal(subject.token({ grant_type: 'magic' }))).toEqual([400, 'unsupported_grant_type', 70003]);
    expect(await refusal(subject.token({ grant_type: 'refresh_token' }))).toEqual([400, 'invalid_request', 900144]);
    const url = `${subject.running.baseUrl}/common/oauth2/v2.0/token`;
    const authorization = `Basic ${Buffer.from('daybook-local:daybook-local-secret').toString('base64')}`;
    const basic = await fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(password) });
    expect(basic.status).toBe(200);
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await fetch(url, json)).status).toBe(400);
  });

  it('die with the consent, and a new consent does not wake them', async () => {
    const { refreshToken, accessToken } = subject.control.issueGrant(ADA, CALENDARS);
    subject.control.addFault({ kind: 'grant_revoked', email: ADA });
    expect(await refusal(refresh(refreshToken))).toEqual([400, 'invalid_grant', 50173]);
    expect((await subject.graph('/me', accessToken)).body.error?.code).toBe('InvalidAuthenticationToken');
    const fresh = subject.control.issueGrant(ADA, CALENDARS);
    expect(await refusal(refresh(refreshToken))).toEqual([400, 'invalid_grant', 50173]);
    expect((await refresh(fresh.refreshToken))[0]).toBe(200);
    const home = subject.control.issueGrant(HOME, CALENDARS);
    subject.control.revokeGrants();
    expect(await refusal(refresh(home.refreshToken))).toEqual([400, 'invalid_grant', 70000]);
  });

  it('die when nobody uses them, and when their time is over', async () => {
    const { refreshToken, accessToken, expiresIn } = subject.control.issueGrant(ADA, CALENDARS);
    expect((await subject.graph('/me', accessToken)).status).toBe(200);
    subject.control.setClock(new Date(Date.parse('2026-11-22T08:00:00Z') + expiresIn * 1000 + 1000).toISOString());
    expect((await subject.graph('/me', accessToken)).body.error?.message).toContain('expired');
    subject.control.setClock('2027-02-19T08:00:00Z');
    expect((await refresh(refreshToken))[0]).toBe(200);
    subject.control.setClock('2027-02-21T08:00:00Z');
    expect(await refusal(refresh(refreshToken))).toEqual([400, 'invalid_grant', 700082]);
  });

  it('reach no further than what was consented to', async () => {
    const { refreshToken } = subject.control.issueGrant(ADA, 'openid offline_access User.Read Calendars.Read');
    const [, less] = await refresh(refreshToken, { scope: 'User.Read' });
    expect(claimsOf(less.access_token)).toMatchObject({ scp: 'User.Read' });
    expect(await refusal(refresh(refreshToken, { scope: 'Contacts.Read' }))).toEqual([
      400,
      'invalid_grant',
      65001,
      'consent_required',
    ]);
    expect(await refusal(refresh(refreshToken, {}, 'consumers'))).toEqual([400, 'invalid_grant', 50020]);
    expect(await refusal(refresh('1.Aforged'))).toEqual([400, 'invalid_grant', 9002313]);
    expect(await refusal(refresh(`1.A${'ü'.repeat(22)}x`))).toEqual([400, 'invalid_grant', 9002313]);
  });

  it('are refused while an administrator has to approve', async () => {
    const { refreshToken } = subject.control.issueGrant(ADA, CALENDARS);
    subject.control.addFault({ kind: 'admin_approval', email: ADA, times: 1 });
    expect(await refusal(refresh(refreshToken))).toEqual([400, 'invalid_grant', 90094]);
    expect((await refresh(refreshToken))[0]).toBe(200);
  });

  it('are given to an application for its tenant, with what is approved there', async () => {
    const secret = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' };
    expect(await refusal(subject.token(secret))).toEqual([400, 'invalid_request', 50059]);
    expect(await refusal(subject.token({ ...secret, scope: 'User.Read' }, TENANT))).toEqual([
      400,
      'invalid_scope',
      1002012,
    ]);
    const query = new URLSearchParams({ client_id: 'daybook-local', scope: 'Calendars.Read' });
    const login = await subject.page(`/${TENANT}/v2.0/adminconsent?${query.toString()}`);
    await subject.submit(await subject.submit(login, [['account', ADMIN]]), [['decision', 'allow']]);
    const [status, { access_token = '', refresh_token }] = await subject.token(secret, TENANT);
    expect([status, refresh_token, claimsOf(access_token)['roles']]).toEqual([200, undefined, ['Calendars.Read']]);
    expect((await subject.graph(`/users/${ADA}/events`, access_token)).status).toBe(200);
    expect((await subject.graph('/me/events', access_token)).status).toBe(400);
    expect((await subject.graph('/users/zoe@elsewhere.example/events', access_token)).status).not.toBe(200);
  });

  it('are not believed when they are forged, unsigned, for somebody else or absent', async () => {
    const { accessToken } = subject.control.issueGrant(ADA, CALENDARS);
    const [, reply] = await subject.token(password);
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [head = '', , signature = ''] = accessToken.split('.');
    const unsigned = `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claimsOf(accessToken))}.`;
    const changed = `${head}.${encode({ ...claimsOf(accessToken), upn: 'ben@example.com' })}.${signature}`;
    for (const token of [unsigned, changed, reply.id_token ?? '', `${accessToken}x`, 'a.b', 'x']) {
      const { status, body, headers } = await subject.graph('/me', token);
      expect([status, body.error?.code]).toEqual([401, 'InvalidAuthenticationToken']);
      expect(headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  it('are challenged once, with what the next sign-in has to hand on', async () => {
    const { accessToken } = subject.control.issueGrant(ADA, CALENDARS);
    subject.control.addFault({ kind: 'claims_challenge', email: ADA, times: 1 });
    const { status, headers } = await subject.graph('/me', accessToken);
    const claims = /error="insufficient_claims", claims="([^"]+)"/.exec(headers.get('www-authenticate') ?? '')?.[1];
    expect([status, JSON.parse(Buffer.from(claims ?? '', 'base64').toString())]).toMatchObject([
      401,
      { access_token: {} },
    ]);
    expect((await subject.graph('/me', accessToken)).status).toBe(200);
  });

  it('verify with the published keys, also after these were changed', async () => {
    const read = async (path: string): Promise<{ keys: { kid: string }[]; issuer: string }> =>
      JSON.parse(await (await fetch(`${subject.running.baseUrl}${path}`)).text());
    const { issuer } = await read('/common/v2.0/.well-known/openid-configuration');
    expect(issuer).toBe(`${subject.running.baseUrl}/{tenantid}/v2.0`);
    expect((await read(`/${TENANT}/v2.0/.well-known/openid-configuration`)).issuer).toBe(
      `${subject.running.baseUrl}/${TENANT}/v2.0`,
    );
    const { accessToken } = subject.control.issueGrant(ADA, CALENDARS);
    const kid: unknown = JSON.parse(Buffer.from(accessToken.split('.')[0] ?? '', 'base64url').toString()).kid;
    subject.control.rotateKeys();
    const { keys } = await read('/common/discovery/v2.0/keys');
    expect(keys.map((key) => key.kid)).toEqual([kid, expect.any(String)]);
    expect((await subject.graph('/me', accessToken)).status).toBe(200);
  });

  it('tell who it is, by the name the id token has for the person', async () => {
    const [, { access_token = '', id_token }] = await subject.token(password);
    const userInfo = (token: string, method = 'GET') =>
      fetch(`${subject.running.baseUrl}/oidc/userinfo`, { method, headers: { authorization: `Bearer ${token}` } });
    const { sub } = claimsOf(id_token);
    expect(await (await userInfo(access_token)).json()).toMatchObject({ sub, email: ADA });
    expect((await userInfo(access_token, 'POST')).status).toBe(200);
    expect((await userInfo('x')).status).toBe(401);
  });

  it('survive a restart, as consents, approvals and delta tokens do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microsoft-'));
    const journalFile = join(folder, 'microsoft.journal');
    const before = await TestSimulator.start({ journalFile });
    before.control.seed(ADA, { events: 3, seed: 1 });
    const { accessToken, refreshToken } = before.control.issueGrant(ADA, CALENDARS);
    await before.close();
    const after = await TestSimulator.start({ journalFile });
    expect((await after.graph('/me/events', accessToken)).body.value).toHaveLength(3);
    expect((await after.token({ grant_type: 'refresh_token', refresh_token: refreshToken }))[0]).toBe(200);
    expect((await after.token(password))[0]).toBe(200);
    await after.close();
    rmSync(folder, { recursive: true });
  });

  it('meet a server that is away, its pages excepted', async () => {
    const { refreshToken } = subject.control.issueGrant(ADA, CALENDARS);
    subject.control.addFault({ kind: 'unavailable', email: ADA });
    expect((await refresh(refreshToken))[0]).toBe(503);
    expect((await subject.open()).status).toBe(200);
    subject.control.clearFaults();
    subject.control.addFault({ kind: 'cut', email: ADA, times: 1 });
    await expect(refresh(refreshToken)).rejects.toThrow();
    expect((await refresh(refreshToken))[0]).toBe(200);
  });
});
