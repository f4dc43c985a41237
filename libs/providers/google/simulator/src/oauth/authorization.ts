import { randomBytes } from 'node:crypto';
import {
  allowsRedirect,
  ShortLived,
  type CodeChallenge,
  type OAuthClient,
  type SimulatorClock,
} from '@daybook/simulator-kit';
import { canonicalScope, isKnownScope, splitScopes } from './scopes';

/** A checked authorization request, waiting for the person. */
export interface AuthorizationRequest {
  id: string;
  client: OAuthClient;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  challenge: CodeChallenge | null;
  offline: boolean;
  prompts: string[];
  loginHint: string;
  includeGranted: boolean;
  /** Who the person turned out to be. */
  email: string | null;
  expiresAt: number;
}

/** What a code stands for. */
export interface IssuedCode {
  request: AuthorizationRequest;
  email: string;
  scopes: string[];
  refreshable: boolean;
  used: boolean;
  expiresAt: number;
}

/** Why a request is refused: on a page when its client cannot be trusted, else by redirect. */
export type AuthorizationFault =
  | { shown: 'page'; error: string; explanation: string }
  | { shown: 'redirect'; to: string; error: string; state: string | null };

const LIFE = 600_000;
const PROMPTS = ['none', 'consent', 'select_account'];

/** Authorization requests and codes: short-lived, so they are kept in memory only. */
export class Authorizations {
  private readonly requests: ShortLived<AuthorizationRequest>;
  private readonly codes: ShortLived<IssuedCode>;

  constructor(
    private readonly clients: readonly OAuthClient[],
    private readonly clock: SimulatorClock,
  ) {
    this.requests = new ShortLived(() => clock.now());
    this.codes = new ShortLived(() => clock.now());
  }

  /** Checks the query of the authorization address. */
  open(query: URLSearchParams): AuthorizationRequest | AuthorizationFault {
    const read = readRequest(query, this.clients);
    if ('shown' in read) return read;
    const request = { ...read, id: randomBytes(24).toString('base64url'), expiresAt: this.clock.now() + LIFE };
    return this.requests.put(request.id, request);
  }

  find(id: string): AuthorizationRequest | null {
    return this.requests.find(id);
  }

  finish(id: string): void {
    this.requests.delete(id);
  }

  issueCode(grant: Omit<IssuedCode, 'used' | 'expiresAt'>): string {
    const code = `4/0A${randomBytes(36).toString('base64url')}`;
    this.codes.put(code, { ...grant, used: false, expiresAt: this.clock.now() + LIFE });
    return code;
  }

  findCode(code: string): IssuedCode | null {
    return this.codes.find(code);
  }
}

function readRequest(
  query: URLSearchParams,
  clients: readonly OAuthClient[],
): Omit<AuthorizationRequest, 'id' | 'expiresAt'> | AuthorizationFault {
  const client = clients.find(({ id }) => id === query.get('client_id'));
  if (client === undefined) return blocked('invalid_client', 'The OAuth client was not found.');
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null) return blocked('invalid_request', 'Missing required parameter: redirect_uri');
  if (!allowsRedirect(client, redirectUri)) {
    return blocked('redirect_uri_mismatch', `The redirect address ${redirectUri} is not registered for this client.`);
  }
  const scopes = splitScopes(query.get('scope') ?? '').map(canonicalScope);
  if (scopes.length === 0) return blocked('invalid_request', 'Missing required parameter: scope');
  const unknown = scopes.filter((scope) => !isKnownScope(scope));
  if (unknown.length > 0) return blocked('invalid_scope', `Some requested scopes were invalid: ${unknown.join(' ')}`);
  const state = query.get('state');
  const refuse = (error: string): AuthorizationFault => ({ shown: 'redirect', to: redirectUri, error, state });
  if (query.get('response_type') !== 'code') return refuse('unsupported_response_type');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') return refuse('invalid_request');
  const prompts = (query.get('prompt') ?? '').split(/\s+/).filter(Boolean);
  if (prompts.some((prompt) => !PROMPTS.includes(prompt))) return refuse('invalid_request');
  const value = query.get('code_challenge');
  return {
    client,
    redirectUri,
    scopes,
    state,
    nonce: query.get('nonce'),
    challenge: value === null ? null : { value, method },
    offline: query.get('access_type') === 'offline',
    prompts,
    loginHint: query.get('login_hint') ?? '',
    includeGranted: query.get('include_granted_scopes') === 'true',
    email: null,
  };
}

const blocked = (error: string, explanation: string): AuthorizationFault => ({ shown: 'page', error, explanation });
