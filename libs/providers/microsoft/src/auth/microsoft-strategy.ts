/**
 * One browser leg at Microsoft. passport-azure-ad's OIDCStrategy builds the redirect, exchanges the code and judges the id
 * token (signature, audience, nonce); around it this class
 * - keeps state, PKCE verifier and nonce in our store instead of a session: the nonce is made of the verifier,
 * - consumes our state whatever Microsoft answers,
 * - hands the library fixed addresses, RS256 as the only algorithm and the keys, and sends its requests through our http
 *   client, which has a deadline, a size limit and an address guard,
 * - judges issuer and times of the token itself, by our clock: on the address for everybody the library knows no issuer,
 * - turns every outcome into a closed set of challenges and provider errors.
 * passport takes the instance itself: make one for each request.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  asText,
  type BrowserLegOptions,
  type AuthResult,
  type ForeignRecord,
  isRecord,
  ProviderError,
  type RemoteIdentity,
} from '@daybook/provider-port';
import type { Strategy } from 'passport';
import type { OIDCStrategy } from 'passport-azure-ad';
import type { MicrosoftAddresses } from '../transport/microsoft-addresses';
import { kindOfRefusal } from './entra-errors';
import { checkClaims } from './id-token';
import { readTokenReply } from './token-reply';

export interface MicrosoftStrategySetup {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly addresses: MicrosoftAddresses;
  readonly scopes: readonly string[];
  readonly now: () => number;
  /** The token endpoint's reply to a code. @throws ProviderError */
  readonly redeem: (code: string, verifier: string, callbackUrl: string) => Promise<unknown>;
  /** The keys Microsoft signs with. @throws ProviderError */
  readonly keys: () => Promise<readonly unknown[]>;
  /** @throws ProviderError */
  readonly identityOf: (accessToken: string, claims: ForeignRecord) => Promise<RemoteIdentity>;
}

/** Why a leg ended without a grant. `code_invalid`: the code is used, too old or not ours. */
export interface LegChallenge {
  readonly code: 'denied' | 'awaiting_admin' | 'state_invalid' | 'code_invalid';
}

type Request = Parameters<OIDCStrategy['authenticate']>[0];
type Next = (failure: unknown, value?: unknown) => void;

/** How the library is told of a leg: the state it sees is a name within one request. */
const LEG = 'leg';

type StrategyClass = new (setup: MicrosoftStrategySetup, leg: BrowserLegOptions) => Strategy;

/** The library is loaded with the first leg: it is large, and most processes sign nobody in. */
export async function createMicrosoftStrategy(
  setup: MicrosoftStrategySetup,
  leg: BrowserLegOptions,
): Promise<Strategy> {
  const library = await import('passport-azure-ad');
  const MicrosoftStrategy = strategyOn(library.OIDCStrategy);
  return new MicrosoftStrategy(setup, leg);
}

function strategyOn(Library: typeof OIDCStrategy): StrategyClass {
  return class MicrosoftStrategy extends Library {
    /** passport's endings, which it attaches to the object it calls. */
    declare fail: (challenge: LegChallenge & { readonly message: string }, status: number) => void;
    declare error: (failure: unknown) => void;
    declare redirect: (url: string) => void;
    private verifier = '';

    constructor(
      private readonly setup: MicrosoftStrategySetup,
      private readonly leg: BrowserLegOptions,
    ) {
      super(
        {
          identityMetadata: setup.addresses.metadata.replace(/^http:/, 'https:'),
          clientID: setup.clientId,
          clientSecret: setup.clientSecret,
          responseType: 'code',
          responseMode: 'query',
          redirectUrl: leg.callbackUrl,
          allowHttpForRedirectUrl: true,
          scope: [...setup.scopes],
          validateIssuer: false,
          passReqToCallback: false,
          loggingLevel: 'error',
          loggingNoPII: true,
        },
        (
          _issuer: string,
          _subject: string,
          _profile: unknown,
          claims: unknown,
          _access: string,
          _refresh: string,
          reply: unknown,
          done: (failure: unknown, user?: AuthResult) => void,
        ) => {
          this.resultOf(reply, claims).then((result) => done(null, result), done);
        },
      );
    }

    override authenticate(request: Request): void {
      const { code, state, error } = request.query;
      const outcome =
        error !== undefined
          ? this.refused(request)
          : state === undefined && code === undefined
            ? this.begin(request)
            : this.finish(request, code, state);
      outcome.catch((failure: unknown) => this.error(failure));
    }

    private async begin(request: Request): Promise<void> {
      const verifier = randomBytes(48).toString('base64url');
      const state = await this.leg.store.save(request, verifier);
      const { loginHint, claims } = this.leg;
      const away = this.redirect.bind(this);
      this.redirect = (location: string): void => {
        const url = new URL(location);
        url.searchParams.set('state', state);
        url.searchParams.set('nonce', nonceOf(verifier));
        if (claims !== null) url.searchParams.set('claims', claims);
        away(url.toString());
      };
      // `prompt=consent` would ask people for what an administrator has granted for all of them, and turn them away.
      const chosen = loginHint === null ? { prompt: 'select_account' } : { login_hint: loginHint };
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      this.run(
        {},
        { ...chosen, extraAuthReqQueryParams: { code_challenge: challenge, code_challenge_method: 'S256' } },
      );
    }

    private async finish(request: Request, code: unknown, state: unknown): Promise<void> {
      const verifier = typeof state === 'string' ? await this.leg.store.consume(request, state) : null;
      if (verifier === null) return this.fail(challenge('state_invalid'), 403);
      if (typeof code !== 'string') return this.fail(challenge('code_invalid'), 403);
      this.verifier = verifier;
      this.run({ code, state: LEG }, {}, nonceOf(verifier));
    }

    /** The library looks for what it has kept in a session; this one lasts for one request. */
    private run(query: object, options: object, nonce?: string): void {
      const kept = { state: LEG, nonce, timeStamp: Number.MAX_SAFE_INTEGER };
      const session = nonce === undefined ? {} : { [`OIDC: ${this.setup.clientId}`]: { content: [kept] } };
      Reflect.apply(Library.prototype.authenticate, this, [{ query, session }, options]);
    }

    /** In place of the library's own: it would fetch addresses and algorithms, which are fixed here. */
    protected setOptions(
      params: ForeignRecord,
      config: object,
      tokenChecks: object,
      done: (failure?: unknown) => void,
    ) {
      const { addresses, clientId, clientSecret, scopes } = this.setup;
      Object.assign(config, {
        authorization_endpoint: addresses.authorize,
        token_endpoint: addresses.token,
        clientID: clientId,
        clientSecret,
        responseType: 'code',
        responseMode: 'query',
        redirectUrl: this.leg.callbackUrl,
        scope: scopes.join(' '),
        extraAuthReqQueryParams: params['extraAuthReqQueryParams'],
      });
      Object.assign(tokenChecks, {
        validateIssuer: false,
        issuer: [],
        audience: clientId,
        allowMultiAudiencesInToken: false,
        ignoreExpiration: true,
        algorithms: ['RS256'],
        nonce: params['nonce'],
        clockSkew: 300,
      });
      if (params['code'] === undefined) return done();
      this.setup.keys().then(
        (keys) => {
          Object.assign(params['metadata'] ?? {}, { oidc: { keys, algorithms: ['RS256'] } });
          done();
        },
        (failure: unknown) => this.error(failure),
      );
    }

    /** In place of the library's own request, of whose failure it would tell nothing. */
    protected _getAccessTokenBySecretOrAssertion(code: string, _config: object, _next: Next, callback: Next): void {
      this.setup.redeem(code, this.verifier, this.leg.callbackUrl).then(
        (reply) => callback(null, reply),
        (failure: unknown) => this.broken(failure),
      );
    }

    /** Where the library ends with a sentence: the token is not what it should be. */
    protected failWithLog(): void {
      this.error(new ProviderError('Unreadable', { detail: 'the sign-in could not be believed' }));
    }

    /** A refused code is the person's matter, everything else ours. */
    private broken(failure: unknown): void {
      const kind = failure instanceof ProviderError ? failure.kind : null;
      if (kind === 'ConsentRevoked') return this.fail(challenge('code_invalid'), 403);
      if (kind === 'AdminApprovalNeeded') return this.fail(challenge('awaiting_admin'), 403);
      this.error(failure);
    }

    /** Microsoft came back with a refusal: it counts only with a state of ours. */
    private async refused(request: Request): Promise<void> {
      const { state, error, error_description: description } = request.query;
      const verifier = typeof state === 'string' ? await this.leg.store.consume(request, state) : null;
      if (verifier === null) return this.fail(challenge('state_invalid'), 403);
      const reason = asText(error, 64);
      const kind = kindOfRefusal(reason, asText(description, 2048));
      if (kind === 'denied') return this.fail(challenge('denied'), 403);
      if (kind === 'AdminApprovalNeeded') return this.fail(challenge('awaiting_admin'), 403);
      this.error(new ProviderError(kind, { detail: `authorize ${/^\w+$/.test(reason) ? reason : ''}` }));
    }

    private async resultOf(reply: unknown, claims: unknown): Promise<AuthResult> {
      if (!isRecord(claims)) throw new ProviderError('Unreadable', { detail: 'id token' });
      checkClaims(claims, this.setup.addresses.login, this.setup.now());
      const tokens = readTokenReply(reply, this.setup.now());
      return { tokens, identity: await this.setup.identityOf(tokens.accessToken, claims) };
    }
  };
}

function challenge(code: LegChallenge['code']): LegChallenge & { readonly message: string } {
  return { code, message: code };
}

/** Known to whoever holds the verifier, and telling nothing of it. */
function nonceOf(verifier: string): string {
  return createHash('sha256').update(`nonce ${verifier}`).digest('base64url');
}
