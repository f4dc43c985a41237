import { createHash } from 'node:crypto';
import { jsonAnswer, type Answer, type Incoming, type SigningKeys, type SimulatorClock } from '@daybook/simulator-kit';
import type { Mailbox } from '../state/mailbox';
import type { World } from '../state/world';
import type { Grants } from './grants';
import { oauthRefusals } from './oauth-error';

const ID_TOKEN_LIFE = 3600;
const MAIL = 'https://www.googleapis.com/auth/userinfo.email';
const PROFILE = 'https://www.googleapis.com/auth/userinfo.profile';

export interface IdTokenOrder {
  box: Mailbox;
  scopes: readonly string[];
  clientId: string;
  /** The issuer is the address the simulator was asked at. */
  origin: string;
  nonce: string | null;
  accessToken: string;
}

/** A signed OpenID Connect id token with the claims Google puts into it. */
export function idTokenFor(
  { box, scopes, clientId, origin, nonce, accessToken }: IdTokenOrder,
  { keys, clock }: { keys: SigningKeys; clock: SimulatorClock },
): string {
  const issuedAt = Math.floor(clock.now() / 1000);
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  return keys.sign({
    iss: origin,
    azp: clientId,
    aud: clientId,
    sub: box.sub,
    at_hash: half.toString('base64url'),
    ...(nonce === null ? {} : { nonce }),
    ...claimsOf(box, scopes),
    iat: issuedAt,
    exp: issuedAt + ID_TOKEN_LIFE,
  });
}

/** What the identity scopes tell about a person. */
function claimsOf(box: Mailbox, scopes: readonly string[]): Record<string, unknown> {
  const [given = box.name, ...family] = box.name.split(' ');
  return {
    ...(scopes.includes(MAIL) ? { email: box.email, email_verified: true } : {}),
    ...(scopes.includes(PROFILE)
      ? { name: box.name, given_name: given, ...(family.length === 0 ? {} : { family_name: family.join(' ') }) }
      : {}),
  };
}

/** `GET /v1/userinfo`, `/oauth2/v3/userinfo`, `/tokeninfo`, discovery and keys. */
export class IdentityEndpoint {
  constructor(
    private readonly world: World,
    private readonly grants: Grants,
    private readonly keys: SigningKeys,
    private readonly clock: SimulatorClock,
  ) {}

  userInfo({ headers, query }: Incoming): Answer {
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? query.get('access_token') ?? '';
    const token = this.grants.findAccessToken(bearer);
    const box = token === null ? undefined : this.world.mailboxes.get(token.email);
    if (token === null || box === undefined) throw oauthRefusals.badBearer();
    return jsonAnswer(200, { sub: box.sub, ...claimsOf(box, token.scopes) });
  }

  tokenInfo({ query, body }: Incoming): Answer {
    const given = query.get('access_token') ?? new URLSearchParams(body).get('access_token') ?? '';
    const token = this.grants.findAccessToken(given);
    if (token === null) throw oauthRefusals.badRequest('Invalid Value');
    return jsonAnswer(200, {
      azp: token.clientId,
      aud: token.clientId,
      sub: this.world.mailboxes.get(token.email)?.sub ?? '',
      scope: token.scopes.join(' '),
      exp: String(Math.floor(token.expiresAt / 1000)),
      expires_in: String(Math.floor((token.expiresAt - this.clock.now()) / 1000)),
      ...(token.scopes.includes(MAIL) ? { email: token.email, email_verified: 'true' } : {}),
      access_type: 'offline',
    });
  }

  certificates(): Answer {
    return jsonAnswer(200, this.keys.published(), { 'cache-control': 'public, max-age=300' });
  }

  pems(): Answer {
    return jsonAnswer(200, this.keys.publishedPems(), { 'cache-control': 'public, max-age=300' });
  }

  discovery({ origin }: Incoming): Answer {
    return jsonAnswer(200, {
      issuer: origin,
      authorization_endpoint: `${origin}/o/oauth2/v2/auth`,
      token_endpoint: `${origin}/token`,
      userinfo_endpoint: `${origin}/v1/userinfo`,
      revocation_endpoint: `${origin}/revoke`,
      jwks_uri: `${origin}/oauth2/v3/certs`,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'email', 'profile'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      claims_supported: [
        'aud',
        'email',
        'email_verified',
        'exp',
        'family_name',
        'given_name',
        'iat',
        'iss',
        'name',
        'sub',
      ],
      code_challenge_methods_supported: ['plain', 'S256'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'password'],
    });
  }
}
