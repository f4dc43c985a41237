import { auth as google, calendar, type calendar_v3 } from '@googleapis/calendar';
import { CodeChallengeMethod } from 'google-auth-library';
import { startGoogleSimulator, type RunningGoogleSimulator } from './index';

const SCOPE = 'https://www.googleapis.com/auth/calendar';
const ADA = 'ada@example.com';
const REDIRECT = 'http://localhost:4321/callback';

type OAuthClient = InstanceType<typeof google.OAuth2>;

/** Google's own client libraries, told nothing but another base address. */
function clientOf({ baseUrl }: RunningGoogleSimulator): OAuthClient {
  return new google.OAuth2({
    clientId: 'daybook-local',
    clientSecret: 'daybook-local-secret',
    redirectUri: REDIRECT,
    issuers: [baseUrl],
    // The library would import its own fetch, which the test runner cannot.
    transporterOptions: { fetchImplementation: fetch },
    endpoints: {
      oauth2AuthBaseUrl: `${baseUrl}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${baseUrl}/token`,
      oauth2RevokeUrl: `${baseUrl}/revoke`,
      oauth2FederatedSignonPemCertsUrl: `${baseUrl}/oauth2/v1/certs`,
      tokenInfoUrl: `${baseUrl}/tokeninfo`,
    },
  });
}

/** What a browser does with the pages: choose the account, allow all that is ticked. */
async function signIn(address: string, account: string): Promise<URL> {
  const first = await (await fetch(address)).text();
  const request = /name="request" value="([^"]+)"/.exec(first)?.[1] ?? '';
  const { origin } = new URL(address);
  const post = (path: string, form: URLSearchParams): Promise<Response> =>
    fetch(`${origin}${path}`, { method: 'POST', body: form, redirect: 'manual' });
  const second = await post('/o/oauth2/v2/auth/account', new URLSearchParams({ request, account }));
  const ticks = [...(await second.text()).matchAll(/name="scope" value="([^"]+)"/g)].map((match) => match[1] ?? '');
  const form = new URLSearchParams({ request, decision: 'allow' });
  for (const tick of ticks) form.append('scope', tick);
  return new URL((await post('/o/oauth2/v2/auth/consent', form)).headers.get('location') ?? '');
}

describe('a foreign client', () => {
  let simulator: RunningGoogleSimulator;
  let auth: OAuthClient;
  let subject: calendar_v3.Calendar;

  beforeAll(async () => {
    simulator = await startGoogleSimulator();
    simulator.control.createMailbox({ email: ADA, timeZone: 'Europe/Vienna' });
    auth = clientOf(simulator);
    subject = calendar({ version: 'v3', auth, rootUrl: `${simulator.baseUrl}/` });
    const { codeVerifier, codeChallenge } = await auth.generateCodeVerifierAsync();
    const address = auth.generateAuthUrl({
      access_type: 'offline',
      scope: ['openid', 'email', SCOPE],
      state: 'abc',
      code_challenge_method: CodeChallengeMethod.S256,
      ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge }),
    });
    const back = await signIn(address, ADA);
    expect(back.searchParams.get('state')).toBe('abc');
    const { tokens } = await auth.getToken({ code: back.searchParams.get('code') ?? '', codeVerifier });
    auth.setCredentials(tokens);
    const ticket = await auth.verifyIdToken({ idToken: tokens.id_token ?? '', audience: 'daybook-local' });
    expect(ticket.getPayload()).toMatchObject({ email: ADA, email_verified: true });
  });

  afterAll(() => simulator.close());

  it('lists calendars, writes events and follows the changes by sync token', async () => {
    const calendars = await subject.calendarList.list();
    expect(calendars.data.items?.map(({ id, primary }) => [id, primary])).toEqual([[ADA, true]]);
    const inserted = await subject.events.insert({
      calendarId: 'primary',
      requestBody: {
        summary: 'Stand-up',
        start: { dateTime: '2026-11-23T09:00:00', timeZone: 'Europe/Vienna' },
        end: { dateTime: '2026-11-23T09:30:00', timeZone: 'Europe/Vienna' },
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'],
      },
    });
    const id = inserted.data.id ?? '';
    expect(inserted.data.start).toEqual({ dateTime: '2026-11-23T09:00:00+01:00', timeZone: 'Europe/Vienna' });
    const full = await subject.events.list({ calendarId: 'primary' });
    expect(full.data.items?.map((event) => event.id)).toEqual([id]);
    await subject.events.delete({ calendarId: 'primary', eventId: `${id}_20261130T080000Z` });
    const delta = await subject.events.list({ calendarId: 'primary', syncToken: full.data.nextSyncToken ?? '' });
    expect(delta.data.items).toEqual([
      {
        kind: 'calendar#event',
        etag: expect.any(String),
        id: `${id}_20261130T080000Z`,
        status: 'cancelled',
        recurringEventId: id,
        originalStartTime: { dateTime: '2026-11-30T09:00:00+01:00', timeZone: 'Europe/Vienna' },
      },
    ]);
    const instances = await subject.events.instances({ calendarId: 'primary', eventId: id });
    expect(instances.data.items?.map((event) => event.start?.dateTime?.slice(0, 10))).toEqual([
      '2026-11-23',
      '2026-12-07',
      '2026-12-14',
    ]);
  });

  it('refreshes by itself once the access token has expired', async () => {
    const before = auth.credentials.access_token;
    auth.setCredentials({ ...auth.credentials, expiry_date: 1 });
    await subject.events.list({ calendarId: 'primary' });
    expect(auth.credentials.access_token).not.toBe(before);
  });

  it('meets a stale etag with 412 and a taken id with 409', async () => {
    const requestBody = {
      id: 'abcde12345',
      summary: 'Once',
      start: { date: '2026-11-25' },
      end: { date: '2026-11-26' },
    };
    const { data } = await subject.events.insert({ calendarId: 'primary', requestBody });
    await expect(subject.events.insert({ calendarId: 'primary', requestBody })).rejects.toMatchObject({ status: 409 });
    await subject.events.patch({ calendarId: 'primary', eventId: 'abcde12345', requestBody: { summary: 'Twice' } });
    const stale = subject.events.patch(
      { calendarId: 'primary', eventId: 'abcde12345', requestBody: { summary: 'Thrice' } },
      { headers: { 'If-Match': data.etag ?? '' } },
    );
    await expect(stale).rejects.toMatchObject({ status: 412 });
  });

  it('is locked out once the consent is revoked', async () => {
    const refreshToken = auth.credentials.refresh_token ?? '';
    await auth.revokeToken(refreshToken);
    await expect(auth.refreshAccessToken()).rejects.toMatchObject({
      response: { data: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' } },
    });
  });
});
