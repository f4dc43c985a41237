import {
  startMicrosoftSimulator,
  type RunningMicrosoftSimulator,
  type StartOptions,
} from '../start-microsoft-simulator';

export const ADA = 'ada@example.com';
export const BEN = 'ben@example.com';
export const ADMIN = 'admin@example.com';
export const HOME = 'ada@outlook.example';
export const NOW = Date.parse('2026-11-22T08:00:00Z');
export const REDIRECT = 'http://localhost:4999/v1/oauth/microsoft/callback';
export const CALENDARS = 'openid profile email offline_access User.Read Calendars.ReadWrite';

/** One page of the sign-in, or where it sends the browser. */
export interface Page {
  status: number;
  html: string;
  location: URL | null;
}

export interface TokenReply {
  token_type?: string;
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
  scope?: string;
  expires_in?: number;
  error?: string;
  error_description?: string;
  error_codes?: number[];
  suberror?: string;
}

/** A simulator with people at work and at home. The clock stands still unless it is set. */
export class TestSimulator {
  private constructor(readonly running: RunningMicrosoftSimulator) {}

  static async start(options: StartOptions = {}): Promise<TestSimulator> {
    const running = await startMicrosoftSimulator({ clock: { now: () => NOW }, ...options });
    const known = running.control.mailboxes().map(({ email }) => email);
    for (const email of [ADA, BEN, ADMIN, HOME, 'zoe@elsewhere.example']) {
      if (!known.includes(email)) running.control.createMailbox({ email, timeZone: 'Europe/Vienna' });
    }
    return new TestSimulator(running);
  }

  get control(): RunningMicrosoftSimulator['control'] {
    return this.running.control;
  }

  async open(parameters: Record<string, string> = {}, tenant = 'common'): Promise<Page> {
    const query = new URLSearchParams({
      client_id: 'daybook-local',
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: CALENDARS,
      state: 'kept',
      ...parameters,
    });
    return this.page(`/${tenant}/oauth2/v2.0/authorize?${query.toString()}`);
  }

  async page(path: string): Promise<Page> {
    return pageOf(await fetch(`${this.running.baseUrl}${path}`, { redirect: 'manual' }));
  }

  /** Sends one of the forms of a page. */
  async submit(page: Page, fields: [string, string][]): Promise<Page> {
    const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const request = /name="request" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const body = new URLSearchParams([['request', request], ...fields]);
    return pageOf(await fetch(`${this.running.baseUrl}${action}`, { method: 'POST', body, redirect: 'manual' }));
  }

  /** Allows what is on a consent page, or only some of it. */
  allow(page: Page, scopes?: readonly string[]): Promise<Page> {
    const offered = [...page.html.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope = '']) => scope);
    const ticks = (scopes ?? offered).map((scope): [string, string] => ['scope', scope]);
    return this.submit(page, [['decision', 'allow'], ...ticks]);
  }

  async token(form: Record<string, string>, tenant = 'common'): Promise<[number, TokenReply]> {
    const body = new URLSearchParams({ client_id: 'daybook-local', client_secret: 'daybook-local-secret', ...form });
    const response = await fetch(`${this.running.baseUrl}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    return [response.status, JSON.parse(await response.text())];
  }

  redeem(page: Page, extra: Record<string, string> = {}): Promise<[number, TokenReply]> {
    const code = page.location?.searchParams.get('code') ?? '';
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...extra });
  }

  async graph(path: string, token: string): Promise<{ status: number; headers: Headers; body: GraphReply }> {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.running.baseUrl}/v1.0${path}`, { headers });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  close(): Promise<void> {
    return this.running.close();
  }
}

export interface GraphReply {
  value?: { subject?: string }[];
  mail?: string;
  error?: { code: string; message: string };
}

async function pageOf(response: Response): Promise<Page> {
  const location = response.headers.get('location');
  return {
    status: response.status,
    html: await response.text(),
    location: location === null ? null : new URL(location),
  };
}

/** What a signed token says. */
export const claimsOf = (token = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
