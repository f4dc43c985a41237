import {
  clientCredentials,
  emptyAnswer,
  jsonAnswer,
  secretMatches,
  verifierMatches,
  type Answer,
  type Faults,
  type Incoming,
  type OAuthClient,
  type SigningKeys,
  type SimulatorClock,
} from '@daybook/simulator-kit';
import type { Grant } from '../state/mailbox';
import type { World } from '../state/world';
import type { Authorizations, IssuedCode } from './authorization';
import type { Grants } from './grants';
import { idTokenFor } from './identity';
import { oauthRefusals } from './oauth-error';
import { canonicalScope, isKnownScope, splitScopes } from './scopes';

export interface TokenSetting {
  world: World;
  clients: readonly OAuthClient[];
  authorizations: Authorizations;
  grants: Grants;
  keys: SigningKeys;
  faults: Faults;
  clock: SimulatorClock;
}

/** What one token answer is made of. */
interface TokenParts {
  grant: Grant;
  scopes: readonly string[];
  refreshToken?: string | undefined;
  nonce?: string | null;
}

/** `POST /token` and `POST /revoke`. */
export class TokenEndpoint {
  constructor(private readonly setting: TokenSetting) {}

  /** @throws OAuthError in the words of Google. */
  token(incoming: Incoming): Answer {
    const form = readForm(incoming);
    const client = this.clientOf(incoming, form);
    const type = need(form, 'grant_type');
    if (type === 'authorization_code') return this.byCode(incoming, form, client);
    if (type === 'refresh_token') return this.byRefreshToken(incoming, form, client);
    if (type === 'password') return this.byPassword(incoming, form, client);
    throw oauthRefusals.badGrantType(type);
  }

  /** Revoking any token ends the whole consent. */
  revoke(incoming: Incoming): Answer {
    const token = incoming.query.get('token') ?? readForm(incoming).get('token');
    if (token === null || token === '') throw oauthRefusals.missing('token');
    const { grants } = this.setting;
    const grantId = grants.findRefreshToken(token)?.grant.id ?? grants.findAccessToken(token)?.grantId;
    if (grantId === undefined) throw oauthRefusals.badToken();
    grants.revoke(grantId);
    return emptyAnswer(200, { 'content-type': 'application/json; charset=utf-8' });
  }

  private clientOf(incoming: Incoming, form: URLSearchParams): OAuthClient {
    const { id, secret } = clientCredentials(incoming.headers, form);
    if (id === null) throw oauthRefusals.noClient();
    const client = this.setting.clients.find((one) => one.id === id);
    if (client === undefined) throw oauthRefusals.unknownClient();
    if (!secretMatches(client, secret)) throw oauthRefusals.wrongSecret();
    return client;
  }

  private byCode(incoming: Incoming, form: URLSearchParams, client: OAuthClient): Answer {
    const code = need(form, 'code');
    const redirectUri = need(form, 'redirect_uri');
    const { authorizations, grants } = this.setting;
    const issued = authorizations.findCode(code);
    if (issued === null) throw oauthRefusals.badCode();
    if (issued.used || issued.request.client.id !== client.id) throw oauthRefusals.usedCode();
    if (issued.request.redirectUri !== redirectUri) throw oauthRefusals.redirectMismatch();
    checkVerifier(issued, form.get('code_verifier'));
    issued.used = true;
    const grant = grants.of(issued.email, client.id);
    if (grant === undefined) throw oauthRefusals.deadGrant();
    const refreshToken = issued.refreshable ? grants.issueRefreshToken(grant, issued.scopes) : undefined;
    return this.answer(incoming, { grant, scopes: issued.scopes, refreshToken, nonce: issued.request.nonce });
  }

  private byRefreshToken(incoming: Incoming, form: URLSearchParams, client: OAuthClient): Answer {
    const known = this.setting.grants.findRefreshToken(need(form, 'refresh_token'));
    if (known === null || known.grant.clientId !== client.id) throw oauthRefusals.deadGrant();
    if (this.setting.faults.strike('admin_approval', known.grant.email) !== null) throw oauthRefusals.adminPolicy();
    const asked = splitScopes(form.get('scope') ?? '').map(canonicalScope);
    if (asked.some((scope) => !known.scopes.includes(scope))) throw oauthRefusals.badScope();
    return this.answer(incoming, { grant: known.grant, scopes: asked.length > 0 ? asked : known.scopes });
  }

  /** For scripts: consents to all that is asked, as the person would by Allow. */
  private byPassword(incoming: Incoming, form: URLSearchParams, client: OAuthClient): Answer {
    const box = this.setting.world.mailboxes.get(need(form, 'username').trim().toLowerCase());
    if (box === undefined || box.password !== need(form, 'password')) throw oauthRefusals.wrongPassword();
    const scopes = splitScopes(need(form, 'scope')).map(canonicalScope);
    if (!scopes.every(isKnownScope)) throw oauthRefusals.badScope();
    const grant = this.setting.grants.allow(box.email, client.id, scopes);
    const refreshToken = this.setting.grants.issueRefreshToken(grant, scopes);
    return this.answer(incoming, { grant, scopes, refreshToken });
  }

  private answer(incoming: Incoming, { grant, scopes, refreshToken, nonce }: TokenParts): Answer {
    const { token, expiresIn } = this.setting.grants.issueAccessToken(grant, scopes);
    const box = this.setting.world.mailboxes.get(grant.email);
    const signed =
      box !== undefined && scopes.includes('openid')
        ? idTokenFor(
            {
              box,
              scopes,
              clientId: grant.clientId,
              origin: incoming.origin,
              nonce: nonce ?? null,
              accessToken: token,
            },
            this.setting,
          )
        : undefined;
    return jsonAnswer(
      200,
      {
        access_token: token,
        expires_in: expiresIn,
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        scope: scopes.join(' '),
        token_type: 'Bearer',
        ...(signed === undefined ? {} : { id_token: signed }),
      },
      { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate', pragma: 'no-cache' },
    );
  }
}

function checkVerifier({ request }: IssuedCode, verifier: string | null): void {
  if (request.challenge === null) return;
  if (verifier === null) throw oauthRefusals.missingVerifier();
  if (!verifierMatches(request.challenge, verifier)) throw oauthRefusals.wrongVerifier();
}

function readForm({ headers, body }: Incoming): URLSearchParams {
  const type = headers['content-type'] ?? '';
  if (body !== '' && !/^application\/x-www-form-urlencoded/i.test(type)) {
    throw oauthRefusals.badRequest('The content type must be application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(body);
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw oauthRefusals.missing(name);
  return value;
}
