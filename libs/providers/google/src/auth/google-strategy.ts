/**
 * One browser leg at Google. passport-google-oauth20 builds the redirect and exchanges the code; around it this class
 * - consumes our state whatever Google answers (the library would report a denial without looking at the state),
 * - hands state and PKCE verifier to our store,
 * - sends the library's own requests through our http client, which has a deadline, a size limit and an address guard,
 * - turns every outcome into a closed set of challenges and provider errors.
 * passport takes the instance itself: make one for each request.
 */
import {
  asText,
  type BrowserLegOptions,
  type AuthResult,
  errorFromFailure,
  isRecord,
  ProviderError,
  type ProviderHttp,
  type RemoteIdentity,
} from '@daybook/provider-port';
import { Strategy } from 'passport-google-oauth20';
import { errorFromTokenReply } from '../google.errors';
import type { GoogleAddresses } from '../transport/google-addresses';
import { LegState } from './leg-state';
import { readTokenReply } from './token-reply';

export interface GoogleStrategySetup {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly addresses: GoogleAddresses;
  readonly http: ProviderHttp;
  readonly now: () => number;
  readonly scopes: readonly string[];
  readonly identityOf: (accessToken: string) => Promise<RemoteIdentity>;
}

/** Why a leg ended without a grant. `code_invalid`: the code is used, too old or not ours. */
export interface LegChallenge {
  readonly code: 'denied' | 'awaiting_admin' | 'state_invalid' | 'code_invalid';
}

type LegRequest = Parameters<Strategy['authenticate']>[0];
type RawCallback = (failure: unknown, body?: string) => void;

export class GoogleStrategy extends Strategy {
  constructor(
    private readonly setup: GoogleStrategySetup,
    private readonly leg: BrowserLegOptions,
  ) {
    const { addresses, clientId, clientSecret, scopes, now } = setup;
    super(
      {
        clientID: clientId,
        clientSecret,
        authorizationURL: addresses.authorize,
        tokenURL: addresses.token,
        userProfileURL: addresses.userInfo,
        callbackURL: leg.callbackUrl,
        scope: [...scopes],
        store: new LegState(leg.store),
        pkce: true,
      },
      (
        accessToken: string,
        refreshToken: string,
        params: object,
        profile: unknown,
        done: (failure: unknown, user?: AuthResult) => void,
      ) => {
        if (!isIdentity(profile)) return done(new ProviderError('Unreadable', { detail: 'user info' }));
        const reply = { ...params, access_token: accessToken, refresh_token: refreshToken };
        const result: AuthResult = { tokens: readTokenReply(reply, now(), scopes), identity: profile };
        done(null, result);
      },
    );
    this._oauth2.useAuthorizationHeaderforGET(true);
    // The library's request has neither deadline nor size limit nor address guard; ours has.
    Object.assign(this._oauth2, { _request: this.send.bind(this) });
  }

  override authenticate(request: LegRequest): void {
    const { code, state, error } = request.query;
    const report = this.error.bind(this);
    this.error = (failure: unknown): void => {
      const outcome = outcomeOf(failure);
      if (outcome instanceof ProviderError) report(outcome);
      else this.fail(challenge(outcome), 403);
    };
    if (error !== undefined) {
      this.refused(request, state, asText(error, 64)).catch(report);
    } else if (state !== undefined && typeof code !== 'string') {
      this.fail(challenge('code_invalid'), 403);
    } else {
      super.authenticate(request, {});
    }
  }

  override authorizationParams(): object {
    const { forceConsent, loginHint } = this.leg;
    const prompts = [...(forceConsent ? ['consent'] : []), ...(loginHint === null ? ['select_account'] : [])];
    return {
      access_type: 'offline',
      include_granted_scopes: 'true',
      ...(prompts.length > 0 ? { prompt: prompts.join(' ') } : {}),
      ...(loginHint === null ? {} : { login_hint: loginHint }),
    };
  }

  override userProfile(accessToken: string, done: (failure?: unknown, profile?: RemoteIdentity) => void): void {
    this.setup.identityOf(accessToken).then((identity) => done(null, identity), done);
  }

  override parseErrorResponse(body: unknown, status: number): Error | null {
    const text = typeof body === 'string' ? body : '';
    const response = { status, headers: {}, body: Buffer.from(text), text: () => text, json: () => parsed(text) };
    return errorFromTokenReply(response, this.setup.now());
  }

  /** Google came back with a refusal: it counts only with a state of ours. */
  private async refused(request: LegRequest, state: unknown, reason: string): Promise<void> {
    const verifier = typeof state === 'string' ? await this.leg.store.consume(request, state) : null;
    if (verifier === null) return this.fail(challenge('state_invalid'), 403);
    switch (reason) {
      case 'access_denied':
        return this.fail(challenge('denied'), 403);
      case 'admin_policy_enforced':
      case 'org_internal':
        return this.fail(challenge('awaiting_admin'), 403);
      case 'server_error':
      case 'temporarily_unavailable':
        return this.error(new ProviderError('Unavailable', { detail: `authorize ${reason}` }));
      default:
        return this.error(new ProviderError('Unknown', { detail: `authorize ${/^\w+$/.test(reason) ? reason : ''}` }));
    }
  }

  /** In place of the library's own `_request`; only the code exchange comes this way. */
  private send(method: string, url: string, headers: unknown, body: unknown, _token: unknown, done: RawCallback): void {
    const fields = isRecord(headers) ? Object.entries(headers).map(([name, value]) => [name, asText(value, 8192)]) : [];
    this.setup.http
      .request({
        method: method === 'POST' ? 'POST' : 'GET',
        url,
        headers: Object.fromEntries(fields),
        ...(typeof body === 'string' && body !== '' ? { body } : {}),
        deadlineMs: 15_000,
        maxBytes: 256 * 1024,
      })
      .then(
        (response) => {
          const text = response.text();
          if (response.status >= 200 && response.status < 300) done(null, text);
          else done({ statusCode: response.status, data: text === '' ? '{}' : text });
        },
        (failure: unknown) => done(failure),
      );
  }
}

function challenge(code: LegChallenge['code']): LegChallenge & { readonly message: string } {
  return { code, message: code };
}

/** The library wraps a failed exchange once; a refused code is the person's matter, everything else ours. */
function outcomeOf(failure: unknown): ProviderError | LegChallenge['code'] {
  const inner = isRecord(failure) && 'oauthError' in failure ? failure['oauthError'] : failure;
  const error = errorFromFailure(inner);
  if (error.kind === 'ConsentRevoked') return 'code_invalid';
  return error.kind === 'AdminApprovalNeeded' ? 'awaiting_admin' : error;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

function isIdentity(value: unknown): value is RemoteIdentity {
  return isRecord(value) && typeof value['subject'] === 'string' && typeof value['address'] === 'string';
}
