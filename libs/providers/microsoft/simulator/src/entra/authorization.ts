import { randomBytes } from 'node:crypto';
import {
  allowsRedirect,
  ShortLived,
  type CodeChallenge,
  type OAuthClient,
  type SimulatorClock,
} from '@daybook/simulator-kit';
import type { Authority } from './authority';
import { EntraError, entraRefusals } from './entra-error';
import { readScopes, type AskedScope } from './scopes';

/** How the answer travels back: in the query, behind the hash, or in a form. */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Where an answer goes. */
export interface WayBack {
  redirectUri: string;
  mode: ResponseMode;
  state: string | null;
}

/** A checked authorization request, waiting for the person. */
export interface AuthorizationRequest extends WayBack {
  id: string;
  authority: Authority;
  client: OAuthClient;
  scopes: AskedScope[];
  /** An id token beside the code. */
  withIdToken: boolean;
  nonce: string | null;
  challenge: CodeChallenge | null;
  prompt: string;
  loginHint: string;
  /** Who the person turned out to be. */
  email: string | null;
  expiresAt: number;
}

/** What a code stands for. */
export interface IssuedCode {
  request: AuthorizationRequest;
  email: string;
  /** What was granted of what was asked for. */
  scopes: AskedScope[];
  used: boolean;
  expiresAt: number;
}

/** A refusal that goes back to the client; others are shown on a page. */
export class RefusedAtClient extends Error {
  constructor(
    readonly to: WayBack,
    readonly refusal: EntraError,
  ) {
    super(refusal.message);
  }
}

const LIFE = 600_000;
const PROMPTS = ['', 'none', 'login', 'consent', 'select_account'];
const MODES: readonly ResponseMode[] = ['query', 'fragment', 'form_post'];

/** Authorization requests and codes: short-lived, so they are kept in memory only. */
export class Authorizations {
  private readonly requests: ShortLived<AuthorizationRequest>;
  private readonly codes: ShortLived<IssuedCode>;
  /** Codes whose time is over, to tell them from those that never were. */
  private readonly late: ShortLived<{ expiresAt: number }>;

  constructor(
    private readonly clients: readonly OAuthClient[],
    private readonly clock: SimulatorClock,
  ) {
    const now = (): number => clock.now();
    this.requests = new ShortLived(now);
    this.codes = new ShortLived(now);
    this.late = new ShortLived(now);
  }

  /** Checks the query of the authorization address. @throws EntraError, RefusedAtClient */
  open(query: URLSearchParams, authority: Authority): AuthorizationRequest {
    const client = this.client(query.get('client_id'));
    const redirectUri = redirectIn(query, client);
    const withIdToken = isHybrid(query);
    const back = { redirectUri, mode: modeOf(query, withIdToken), state: query.get('state') };
    try {
      const read = readRequest(query, { withIdToken, clientId: client.id });
      const id = randomBytes(24).toString('base64url');
      const expiresAt = this.clock.now() + LIFE;
      return this.requests.put(id, { ...back, ...read, id, authority, client, withIdToken, email: null, expiresAt });
    } catch (error) {
      throw error instanceof EntraError ? new RefusedAtClient(back, error) : error;
    }
  }

  /** @throws EntraError AADSTS700016 */
  client(id: string | null): OAuthClient {
    if (id === null || id === '') throw entraRefusals.missing('client_id');
    const client = this.clients.find((one) => one.id === id);
    if (client === undefined) throw entraRefusals.unknownClient(id.slice(0, 100));
    return client;
  }

  /** Whether any client may be returned to at an address. */
  knowsRedirect(uri: string): boolean {
    return this.clients.some((client) => allowsRedirect(client, uri));
  }

  find(id: string): AuthorizationRequest | null {
    return this.requests.find(id);
  }

  finish(id: string): void {
    this.requests.delete(id);
  }

  issueCode(grant: Omit<IssuedCode, 'used' | 'expiresAt'>): string {
    const code = `1.A${randomBytes(48).toString('base64url')}`;
    const now = this.clock.now();
    this.codes.put(code, { ...grant, used: false, expiresAt: now + LIFE });
    this.late.put(code, { expiresAt: now + 100 * LIFE });
    return code;
  }

  /** @throws EntraError `invalid_grant` */
  findCode(code: string): IssuedCode {
    const issued = this.codes.find(code);
    if (issued !== null) return issued;
    throw this.late.find(code) === null ? entraRefusals.badCode() : entraRefusals.lateCode();
  }
}

function redirectIn(query: URLSearchParams, client: OAuthClient): string {
  const uri = query.get('redirect_uri');
  if (uri === null || uri === '') throw entraRefusals.missing('redirect_uri');
  if (!allowsRedirect(client, uri)) throw entraRefusals.redirectMismatch(uri.slice(0, 300));
  return uri;
}

const isHybrid = (query: URLSearchParams): boolean =>
  (query.get('response_type') ?? '').split(' ').sort().join(' ') === 'code id_token';

function modeOf(query: URLSearchParams, withIdToken: boolean): ResponseMode {
  const mode = MODES.find((one) => one === query.get('response_mode'));
  return mode === undefined || (mode === 'query' && withIdToken) ? (withIdToken ? 'fragment' : 'query') : mode;
}

type ReadRequest = Pick<AuthorizationRequest, 'scopes' | 'nonce' | 'challenge' | 'prompt' | 'loginHint'>;

function readRequest(
  query: URLSearchParams,
  { withIdToken, clientId }: { withIdToken: boolean; clientId: string },
): ReadRequest {
  const type = query.get('response_type') ?? '';
  if (type === '') throw entraRefusals.missing('response_type');
  if (type !== 'code' && !withIdToken) throw entraRefusals.responseType(type.slice(0, 100));
  checkMode(query.get('response_mode'), withIdToken);
  const nonce = query.get('nonce');
  if (withIdToken && nonce === null) throw entraRefusals.nonceMissing();
  const prompt = query.get('prompt') ?? '';
  if (!PROMPTS.includes(prompt)) throw entraRefusals.badValue('prompt');
  if (!isClaims(query.get('claims'))) throw entraRefusals.badValue('claims');
  const scopes = readScopes(query.get('scope') ?? '', (scope) =>
    entraRefusals.unknownScope(scope.slice(0, 100), clientId),
  );
  if (scopes.length === 0) throw entraRefusals.missing('scope');
  return { scopes, nonce, challenge: challengeIn(query), prompt, loginHint: query.get('login_hint') ?? '' };
}

function checkMode(mode: string | null, withIdToken: boolean): void {
  if (mode !== null && !MODES.some((one) => one === mode)) throw entraRefusals.badValue('response_mode');
  if (mode === 'query' && withIdToken) throw entraRefusals.responseMode();
}

function challengeIn(query: URLSearchParams): CodeChallenge | null {
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') throw entraRefusals.badValue('code_challenge_method');
  return value === null ? null : { value, method };
}

/** What a claims challenge asked for, handed on: an object as JSON. */
function isClaims(text: string | null): boolean {
  if (text === null) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
