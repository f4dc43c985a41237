import {
  clientCredentials,
  jsonAnswer,
  secretMatches,
  verifierMatches,
  type Answer,
  type Incoming,
  type OAuthClient,
} from '@daybook/simulator-kit';
import type { Mailbox } from '../mailbox/mailbox';
import { PERSONAL_TENANT } from '../tenants';
import { letsIn, type Authority } from './authority';
import type { IssuedCode } from './authorization';
import type { Grant } from './directory';
import { entraRefusals } from './entra-error';
import { DEFAULT_SCOPE, isIdentityScope, readScopes, type AskedScope } from './scopes';
import type { EntraSetting } from './setting';

/** What one token answer is made of. */
interface TokenParts {
  grant: Grant;
  person: Mailbox;
  scopes: readonly AskedScope[];
  nonce: string | null;
}

/** A token request whose client is known. */
interface TokenCall {
  form: URLSearchParams;
  client: OAuthClient;
  authority: Authority;
  origin: string;
}

/** `POST /{tenant}/oauth2/v2.0/token` */
export class TokenEndpoint {
  constructor(private readonly setting: EntraSetting) {}

  /** @throws EntraError */
  token(incoming: Incoming, authority: Authority): Answer {
    const form = readForm(incoming);
    const call = { form, client: this.clientOf(incoming, form), authority, origin: incoming.origin };
    const type = need(form, 'grant_type');
    switch (type) {
      case 'authorization_code':
        return this.byCode(call);
      case 'refresh_token':
        return this.byRefreshToken(call);
      case 'client_credentials':
        return this.bySecret(call);
      case 'password':
        return this.byPassword(call);
      default:
        throw entraRefusals.badGrantType(type.slice(0, 100));
    }
  }

  private clientOf({ headers }: Incoming, form: URLSearchParams): OAuthClient {
    const { id, secret } = clientCredentials(headers, form);
    const client = this.setting.authorizations.client(id);
    if (!secretMatches(client, secret)) throw entraRefusals.wrongSecret(client.id);
    return client;
  }

  private byCode({ form, client, authority, origin }: TokenCall): Answer {
    const { authorizations, directory } = this.setting;
    const issued = authorizations.findCode(need(form, 'code'));
    const redirectUri = need(form, 'redirect_uri');
    if (issued.request.client.id !== client.id) throw entraRefusals.foreignCode();
    if (issued.used) throw entraRefusals.usedCode();
    if (issued.request.redirectUri !== redirectUri) throw entraRefusals.otherRedirect();
    checkVerifier(issued, form.get('code_verifier'));
    const person = directory.person(issued.email);
    const grant = directory.grant(issued.email, client.id);
    if (person === undefined || grant === undefined) throw entraRefusals.revoked();
    if (!letsIn(authority, person)) throw entraRefusals.wrongTenant();
    issued.used = true;
    return this.answer({ grant, person, scopes: issued.scopes, nonce: issued.request.nonce }, origin);
  }

  private byRefreshToken({ form, client, authority, origin }: TokenCall): Answer {
    const { tokens, directory, faults } = this.setting;
    const body = tokens.readRefreshToken(need(form, 'refresh_token'));
    const person = directory.person(body?.email ?? '');
    if (body === null || body.clientId !== client.id || person === undefined) throw entraRefusals.malformed();
    if (tokens.isIdle(body)) throw entraRefusals.idle();
    const isPersonal = person.tenantId === PERSONAL_TENANT;
    const grant = tokens.grantOf(body);
    if (grant === null) throw isPersonal ? entraRefusals.personalGrantGone() : entraRefusals.revoked();
    if (!letsIn(authority, person)) throw entraRefusals.wrongTenant();
    const scopes = wanted(form, body.scopes);
    const approved = directory.approved(person.tenantId, client.id);
    const known = [...body.scopes, ...grant.scopes, ...approved];
    if (scopes.some(({ name }) => !isIdentityScope(name) && !known.includes(name))) {
      throw isPersonal ? entraRefusals.personalGrantGone() : entraRefusals.notConsented();
    }
    if (!isPersonal && faults.strike('admin_approval', person.email) !== null && !covers(approved, scopes)) {
      throw entraRefusals.adminNeededForGrant();
    }
    return this.answer({ grant, person, scopes, nonce: null }, origin);
  }

  /** An application acts for nobody, with what an administrator has approved. */
  private bySecret({ form, client, authority }: TokenCall): Answer {
    if (authority.tenantId === null) throw entraRefusals.noTenant();
    const scope = need(form, 'scope');
    const asked = readScopes(scope, (one) => entraRefusals.badScope(one.slice(0, 100)));
    if (asked.length !== 1 || asked[0]?.name !== DEFAULT_SCOPE) throw entraRefusals.appScope(scope.slice(0, 100));
    const { directory, tokens } = this.setting;
    const roles = directory.approved(authority.tenantId, client.id);
    const { token, expiresIn } = tokens.appToken(client.id, authority.tenantId, roles);
    return tokenAnswer({ expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token });
  }

  /** For scripts: consents to all that is asked, as the person would by Allow. */
  private byPassword({ form, client, authority, origin }: TokenCall): Answer {
    const { directory } = this.setting;
    const person = directory.signIn(need(form, 'username'), need(form, 'password'));
    if (person === undefined || !letsIn(authority, person)) throw entraRefusals.wrongPassword();
    const scopes = readScopes(need(form, 'scope'), (one) => entraRefusals.badScope(one.slice(0, 100)));
    const names = scopes.map(({ name }) => name).filter((name) => name !== DEFAULT_SCOPE);
    return this.answer({ grant: directory.allow(person.email, client.id, names), person, scopes, nonce: null }, origin);
  }

  private answer({ grant, person, scopes, nonce }: TokenParts, origin: string): Answer {
    const { tokens } = this.setting;
    const names = scopes.flatMap(({ name }) => (name === DEFAULT_SCOPE ? grant.scopes : [name]));
    const has = (name: string): boolean => names.includes(name);
    const data = names.filter((name) => !isIdentityScope(name));
    const { token, expiresIn } = tokens.accessToken({ grant, person, scopes: data });
    const idOrder = { person, clientId: grant.clientId, scopes: names, origin, nonce };
    return tokenAnswer({
      scope: echoed(scopes, data).join(' '),
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      access_token: token,
      ...(has('offline_access') ? { refresh_token: tokens.refreshToken(grant, names) } : {}),
      ...(has('openid') ? { id_token: tokens.idToken(idOrder) } : {}),
    });
  }
}

/** Permissions as they were asked for; that a refresh token comes along is not said among them. */
const echoed = (scopes: readonly AskedScope[], data: readonly string[]): readonly string[] =>
  scopes.flatMap(({ asked, name }) => (name === DEFAULT_SCOPE ? data : name === 'offline_access' ? [] : [asked]));

const covers = (approved: readonly string[], scopes: readonly AskedScope[]): boolean =>
  scopes.every(({ name }) => isIdentityScope(name) || approved.includes(name));

/** What a refresh asks for: what the token stands for, unless it names its permissions. */
function wanted(form: URLSearchParams, held: readonly string[]): AskedScope[] {
  const asked = readScopes(form.get('scope') ?? '', (one) => entraRefusals.badScope(one.slice(0, 100)));
  if (asked.length === 0 || asked.some(({ name }) => name === DEFAULT_SCOPE)) {
    return held.map((name) => ({ asked: name, name }));
  }
  // Who refreshes goes on refreshing, and goes on being told who it is.
  const kept = held.filter((name) => isIdentityScope(name) && !asked.some((one) => one.name === name));
  return [...asked, ...kept.map((name) => ({ asked: name, name }))];
}

const tokenAnswer = (body: Record<string, unknown>): Answer =>
  jsonAnswer(200, { token_type: 'Bearer', ...body }, { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });

function checkVerifier({ request }: IssuedCode, verifier: string | null): void {
  if (request.challenge === null) return;
  if (verifier === null) throw entraRefusals.missingVerifier();
  if (!verifierMatches(request.challenge, verifier)) throw entraRefusals.wrongVerifier();
}

function readForm({ headers, body }: Incoming): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '');
  if (body !== '' && !isForm) throw entraRefusals.badValue('content-type');
  return new URLSearchParams(body);
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw entraRefusals.missing(name);
  return value;
}
