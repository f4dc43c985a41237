import type { User } from '@daybook/contracts';
import { ApiProblem, isRecord, offlineProblem, readProblem } from '../api/api-problem';

export const CLIENT_HEADER = { 'X-Client': 'portal/0.1.0' } as const;

export type SessionStatus = 'unknown' | 'signed-in' | 'signed-out';

/** Runs `work` while no other tab runs work of the same name. */
export type ExclusiveRun = <T>(name: string, work: () => Promise<T>) => Promise<T>;
/** A line between the tabs of one browser. */
export interface TabLine {
  post(message: string): void;
  listen(listener: (message: string) => void): void;
}

export interface SessionParts {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly exclusively: ExclusiveRun;
  readonly tabs: TabLine;
}

/** What a grant tells of the person; the rest is read with `/v1/me`. */
export type SessionUser = Pick<User, 'id' | 'timeZone'>;

interface Access {
  readonly token: string;
  /** Epoch milliseconds after which the token is not sent any more. */
  readonly usableUntil: number;
}

const SIGNED_OUT = 'signed-out';
/** A token this close to its end is renewed first, so that it does not end on its way. */
const SAFETY_MS = 30_000;

/**
 * The person's session in this tab. The access token lives in memory only; the refresh token is a cookie that scripts never
 * see. A refresh token used twice ends the whole session, so renewals happen one at a time across all tabs of the browser.
 */
export class Session {
  private access: Access | null = null;
  private renewal: Promise<string | null> | null = null;
  private current: SessionStatus = 'unknown';
  private person: SessionUser | null = null;
  private readonly listeners = new Set<() => void>();
  /** Called when another person signs in here: nothing of the one before may be shown. */
  onPersonChanged: () => void = () => {};

  constructor(private readonly parts: SessionParts) {
    parts.tabs.listen((message) => {
      if (message === SIGNED_OUT) this.end();
    });
  }

  readonly status = (): SessionStatus => this.current;

  /** Who is signed in, as far as the sign-in or the last renewal told. */
  readonly user = (): SessionUser | null => this.person;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** @throws ApiProblem `invalid_credentials`, `rate_limited`, `offline`… */
  async signIn(email: string, password: string): Promise<void> {
    await this.open('/v1/auth/sign-in', { email, password });
  }

  /** Redeems the one-time link of the first administrator and signs them in. */
  async becomeFirstAdministrator(body: FirstAdministrator): Promise<void> {
    await this.open('/v1/auth/first-administrator', body);
  }

  /** A token good for at least half a minute, or null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    if (this.access && this.access.usableUntil > this.parts.now()) return this.access.token;
    if (this.current === 'signed-out') return null;
    return this.renew();
  }

  /** Forgets `rejected` (the server refused it) and renews, unless that happened in the meantime. */
  async accessTokenAfter(rejected: string): Promise<string | null> {
    if (this.access?.token === rejected) this.access = null;
    return this.accessToken();
  }

  /** Ends the session here, at the server and in the other tabs; the tabs end even if the server does not answer. */
  async signOut(): Promise<void> {
    const token = this.access?.token;
    this.end();
    this.parts.tabs.post(SIGNED_OUT);
    const headers = { ...CLIENT_HEADER, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
    await this.parts
      .fetch('/v1/auth/sign-out', { method: 'POST', headers, credentials: 'same-origin' })
      .catch(() => null);
  }

  private renew(): Promise<string | null> {
    this.renewal ??= this.parts
      .exclusively('daybook.refresh', () => this.exchangeCookie())
      .finally(() => {
        this.renewal = null;
      });
    return this.renewal;
  }

  private async exchangeCookie(): Promise<string | null> {
    // A page that is left now must not take the reply with it: its cookie is the only one that is good from here on.
    const response = await this.post('/v1/auth/refresh', undefined, { keepalive: true });
    if (response.ok) return this.accept(await response.json());
    if (response.status >= 500 || response.status === 429) throw await readProblem(response);
    this.end();
    return null;
  }

  private async open(path: string, body: unknown): Promise<void> {
    const response = await this.post(path, body);
    if (!response.ok) throw await readProblem(response);
    this.accept(await response.json());
  }

  private async post(path: string, body?: unknown, more: RequestInit = {}): Promise<Response> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { ...CLIENT_HEADER, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
    const init: RequestInit = { method: 'POST', headers, credentials: 'same-origin', ...json, ...more };
    return this.parts.fetch(path, init).catch(() => {
      throw offlineProblem();
    });
  }

  private accept(grant: unknown): string {
    if (!isGrant(grant)) throw new ApiProblem({ ...offlineProblem().problem, code: 'unexpected_answer' });
    this.access = { token: grant.accessToken, usableUntil: this.parts.now() + grant.expiresIn * 1000 - SAFETY_MS };
    if (this.person !== null && this.person.id !== grant.user.id) this.onPersonChanged();
    this.person = grant.user;
    this.become('signed-in');
    return grant.accessToken;
  }

  private end(): void {
    this.access = null;
    this.person = null;
    if (this.current === 'signed-in') this.onPersonChanged();
    this.become('signed-out');
  }

  private become(status: SessionStatus): void {
    if (this.current === status) return;
    this.current = status;
    for (const listener of this.listeners) listener();
  }
}

export interface FirstAdministrator {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly accountName?: string;
}

function isGrant(value: unknown): value is { accessToken: string; expiresIn: number; user: SessionUser } {
  return (
    isRecord(value) &&
    typeof value.accessToken === 'string' &&
    typeof value.expiresIn === 'number' &&
    isRecord(value.user) &&
    typeof value.user.id === 'string' &&
    typeof value.user.timeZone === 'string'
  );
}
