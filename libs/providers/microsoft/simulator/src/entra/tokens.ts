import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { SigningKeys, SimulatorClock } from '@daybook/simulator-kit';
import type { Mailbox } from '../mailbox/mailbox';
import type { Principal } from '../principal';
import { Sealer } from '../sealer';
import { PERSONAL_TENANT, uuidOf } from '../tenants';
import type { Directory, Grant } from './directory';

export const GRAPH_AUDIENCE = 'https://graph.microsoft.com';

/** Seconds. Entra varies the life of access tokens between 60 and 90 minutes. */
const SHORTEST_ACCESS = 3600;
const LONGEST_ACCESS = 5400;
const ID_LIFE = 3600;
/** A refresh token nobody uses so long is dead, in milliseconds. */
const IDLE_LIFE = 90 * 86_400_000;

/** What a refresh token carries. Each use gives a new one; the old one goes on working. */
export interface RefreshBody {
  /** Tells tokens of the same moment apart. */
  id: string;
  grantId: string;
  email: string;
  clientId: string;
  session: string;
  scopes: string[];
  issuedAt: number;
}

export interface AccessOrder {
  grant: Grant;
  person: Mailbox;
  /** Short names. */
  scopes: readonly string[];
}

export interface IdTokenOrder {
  person: Mailbox;
  clientId: string;
  scopes: readonly string[];
  /** Where the simulator was asked: issuers start with it. */
  origin: string;
  nonce: string | null;
  /** The code that is handed out beside it. */
  code?: string;
}

/** `clientId`: the application the token was given to. */
export type AccessVerdict = { principal: Principal; clientId: string } | { refusal: string };

/** Makes and reads the tokens of Entra. */
export class Tokens {
  private readonly refreshTokens: Sealer<RefreshBody>;

  constructor(
    private readonly directory: Directory,
    private readonly keys: SigningKeys,
    private readonly clock: SimulatorClock,
    refreshKey: string,
  ) {
    this.refreshTokens = new Sealer(refreshKey);
  }

  refreshToken({ id: grantId, email, clientId, session }: Grant, scopes: readonly string[]): string {
    const issuedAt = this.clock.now();
    const body = { id: randomUUID(), grantId, email, clientId, session, scopes: [...scopes], issuedAt };
    return `1.A${this.refreshTokens.seal(body)}`;
  }

  /** What a refresh token of ours says, however old; null for any other text. */
  readRefreshToken(token: string): RefreshBody | null {
    return token.startsWith('1.A') ? this.refreshTokens.open(token.slice(3)) : null;
  }

  isIdle({ issuedAt }: RefreshBody): boolean {
    return this.clock.now() - issuedAt > IDLE_LIFE;
  }

  /** The consent a refresh token comes from, as long as it lasts. */
  grantOf({ email, clientId, session }: RefreshBody): Grant | null {
    const grant = this.directory.grant(email, clientId);
    return grant?.session === session ? grant : null;
  }

  /** For Graph, on behalf of a person. `expiresIn` in seconds. */
  accessToken({ grant, person, scopes }: AccessOrder): { token: string; expiresIn: number } {
    return this.signed({
      ...this.personClaims(person, grant.clientId),
      appid: grant.clientId,
      idtyp: 'user',
      scp: scopes.join(' '),
      sid: grant.session,
      upn: person.email,
      unique_name: person.email,
    });
  }

  /** For Graph, on behalf of nobody: an application's own, with its roles. */
  appToken(clientId: string, tid: string, roles: readonly string[]): { token: string; expiresIn: number } {
    const oid = uuidOf(`service principal ${clientId} ${tid}`);
    return this.signed({ appid: clientId, idtyp: 'app', oid, sub: oid, tid, roles: [...roles] });
  }

  idToken({ person, clientId, scopes, origin, nonce, code }: IdTokenOrder): string {
    const now = this.seconds();
    const half = createHash('sha256')
      .update(code ?? '')
      .digest()
      .subarray(0, 16);
    return this.keys.sign({
      ver: '2.0',
      iss: `${origin}/${person.tenantId}/v2.0`,
      aud: clientId,
      exp: now + ID_LIFE,
      iat: now,
      nbf: now,
      ...this.personClaims(person, clientId),
      ...(scopes.includes('profile') ? { preferred_username: person.email } : {}),
      ...(scopes.includes('email') ? { email: person.email } : {}),
      ...(nonce === null ? {} : { nonce }),
      ...(code === undefined ? {} : { c_hash: half.toString('base64url') }),
    });
  }

  /** Who an access token speaks for, or why nobody believes it, in Graph's words. */
  judge(token: string): AccessVerdict {
    const claims = this.keys.read(token);
    if (claims === null) return { refusal: 'IDX14100: JWT is not well formed, or its signature is invalid.' };
    const text = (name: string): string => String(claims[name] ?? '');
    if (claims['aud'] !== GRAPH_AUDIENCE) return { refusal: 'Access token validation failure. Invalid audience.' };
    if (!(Number(claims['exp']) > this.seconds()) || !(Number(claims['nbf']) <= this.seconds() + 300)) {
      return { refusal: 'Lifetime validation failed, the token is expired.' };
    }
    const ids = { oid: text('oid'), tenantId: text('tid') };
    const clientId = text('appid');
    if (claims['idtyp'] === 'app') {
      const roles = Array.isArray(claims['roles']) ? claims['roles'].map(String) : [];
      return { principal: { ...ids, email: '', scopes: roles, appOnly: true }, clientId };
    }
    const email = text('upn');
    const grant = this.directory.grant(email, clientId);
    if (grant?.session !== claims['sid'] || this.directory.person(email) === undefined) {
      return { refusal: 'Continuous access evaluation resulted in claims challenge: the session was revoked.' };
    }
    return { principal: { ...ids, email, scopes: text('scp').split(' ').filter(Boolean), appOnly: false }, clientId };
  }

  private signed(claims: Record<string, unknown>): { token: string; expiresIn: number } {
    const expiresIn = randomInt(SHORTEST_ACCESS, LONGEST_ACCESS);
    const now = this.seconds();
    const common = { aud: GRAPH_AUDIENCE, iss: `https://sts.windows.net/${String(claims['tid'])}/`, ver: '1.0' };
    const times = { iat: now, nbf: now, exp: now + expiresIn, uti: randomUUID() };
    return { token: this.keys.sign({ ...common, ...times, ...claims }), expiresIn };
  }

  /** Who a person is to one client: another name for each, while `oid` stays the same. */
  subjectOf({ email }: Mailbox, clientId: string): string {
    return createHash('sha256').update(`${clientId} ${email}`).digest('base64url');
  }

  private personClaims(person: Mailbox, clientId: string): Record<string, unknown> {
    const { name, oid, tenantId } = person;
    const provider = tenantId === PERSONAL_TENANT ? { idp: 'live.com' } : {};
    return { name, oid, tid: tenantId, sub: this.subjectOf(person, clientId), ...provider };
  }

  private seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }
}
