import {
  pageAnswer,
  SigningKeys,
  SimulatorRefusal,
  type Answer,
  type Faults,
  type Incoming,
  type Journal,
  type JournalLine,
  type JournalPart,
  type OAuthClient,
  type SimulatorClock,
} from '@daybook/simulator-kit';
import type { Identify } from '../graph/identify';
import type { MailboxStore } from '../mailbox/mailbox-store';
import { ADMIN_CONSENT_PATH, ADMIN_LOGIN_PATH, AdminConsent } from './admin-consent';
import { readAuthority, type Authority } from './authority';
import { Authorizations, RefusedAtClient } from './authorization';
import { AuthorizeEndpoint, CONSENT_PATH, LOGIN_PATH } from './authorize-endpoint';
import { Directory } from './directory';
import { EntraError } from './entra-error';
import { wordsPage } from './entra-pages';
import { graphIdentity } from './graph-identity';
import { OpenIdEndpoint } from './open-id-endpoint';
import { DEFAULT_SCOPE, isIdentityScope, readScopes } from './scopes';
import { TokenEndpoint } from './token-endpoint';
import { Tokens } from './tokens';
import { goBackRefused } from './way-back';

export interface EntraSurroundings {
  journal: () => Journal;
  clock: SimulatorClock;
  faults: Faults;
  /** Who there is. */
  world: MailboxStore;
  clients: readonly OAuthClient[];
}

type Handler = (incoming: Incoming, authority: Authority) => Answer;

/** `/{tenant}/…` */
const OF_TENANT = /^\/([A-Za-z0-9.-]{1,100})(\/.+)$/;
/** What people see; everything else is for programs. */
const PAGES = ['/oauth2/v2.0/authorize', '/oauth2/v2.0/logout', '/v2.0/adminconsent'];
const FORMS = [LOGIN_PATH, CONSENT_PATH, ADMIN_LOGIN_PATH, ADMIN_CONSENT_PATH];

/** Microsoft Entra v2.0: people sign in, consent and come back with tokens. State and rules, without sockets. */
export class EntraSide implements JournalPart {
  readonly keys: SigningKeys;
  private readonly directory: Directory;
  private readonly authorizations: Authorizations;
  private opened: { tokens: Tokens; identify: Identify; routes: ReadonlyMap<string, Handler> } | null = null;

  constructor(private readonly surroundings: EntraSurroundings) {
    const { journal, world, clients, clock } = surroundings;
    this.directory = new Directory(journal, world);
    this.keys = new SigningKeys(this.directory.secrets);
    this.authorizations = new Authorizations(clients, clock);
  }

  /** A secret made at first use and kept. */
  secret(name: string): string {
    return this.directory.secret(name);
  }

  setPassword(email: string, password: string): void {
    this.directory.setPassword(email, password);
  }

  /** Whether an address is one of the sign-in side. */
  handles(path: string): boolean {
    return this.routeOf('GET', path) !== null || this.routeOf('POST', path) !== null;
  }

  /** Faults strike programs only: pages are where people get out of them. */
  isForPrograms(path: string): boolean {
    const rest = OF_TENANT.exec(path)?.[2] ?? '';
    return !PAGES.includes(rest) && !FORMS.includes(path.toLowerCase());
  }

  /** Answers one request. Never throws: what goes wrong is an answer too. */
  answer(incoming: Incoming): Answer {
    const now = this.surroundings.clock.now();
    try {
      const verb = incoming.method === 'HEAD' ? 'GET' : incoming.method;
      const route = this.routeOf(verb, incoming.path);
      if (route === null)
        return pageAnswer(405, wordsPage('Method not allowed', 'This address is used in another way.'));
      return route.handler(incoming, readAuthority(route.tenant, this.directory));
    } catch (error) {
      if (error instanceof RefusedAtClient) return goBackRefused(error.to, error.refusal, now);
      const known =
        error instanceof EntraError
          ? error
          : new EntraError('server_error', 90033, 'Try again later.', { status: 500 });
      if (this.isForPrograms(incoming.path)) return known.answer(now, incoming.origin);
      return pageAnswer(
        known.more.status ?? 400,
        wordsPage('Sorry, but we’re having trouble signing you in', known.description(now)),
      );
    }
  }

  /** Whose request it is, as far as it shows: by the tokens or the name in it. */
  emailOf({ body, headers }: Incoming): string | null {
    const form = new URLSearchParams(body.length < 20_000 ? body : '');
    const refresh = this.parts.tokens.readRefreshToken(form.get('refresh_token') ?? '');
    if (refresh !== null) return refresh.email;
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    const verdict = bearer === undefined ? null : this.parts.tokens.judge(bearer);
    if (verdict !== null && 'principal' in verdict) return verdict.principal.email;
    return this.directory.person(form.get('username') ?? '')?.email ?? null;
  }

  /** Who is behind a request to Graph. @throws GraphError 401 */
  readonly identify: Identify = (incoming) => this.parts.identify(incoming);

  /** Access and refresh token, as if the person had allowed it all to a client. @throws SimulatorRefusal `invalid` */
  issueGrant(
    email: string,
    scope: string,
    clientId = this.surroundings.clients[0]?.id ?? '',
  ): { accessToken: string; refreshToken: string; expiresIn: number } {
    const unknown = (one: string): Error => new SimulatorRefusal('invalid', `scope is unknown: ${one}`);
    const names = this.scopeNames(scope, unknown);
    const person = this.directory.person(email);
    if (person === undefined) throw new SimulatorRefusal('unknown_mailbox', `there is no mailbox ${email}`);
    if (names.length === 0) throw unknown('(empty)');
    const grant = this.directory.allow(person.email, clientId, names);
    const data = names.filter((name) => !isIdentityScope(name));
    const { token, expiresIn } = this.parts.tokens.accessToken({ grant, person, scopes: data });
    return { accessToken: token, refreshToken: this.parts.tokens.refreshToken(grant, names), expiresIn };
  }

  /** Ends the consents of one person, or of all, with all their tokens. */
  revokeAll(email: string | null): void {
    this.directory.revokeAll(email);
  }

  restore(line: JournalLine): boolean {
    return this.directory.restore(line);
  }

  get size(): number {
    return this.directory.size;
  }

  lines(): Iterable<JournalLine> {
    return this.directory.lines();
  }

  /** Forgets passwords, consents and approvals; keys stay, so that running clients can sign in again. */
  clear(): void {
    this.directory.clear();
  }

  /** Made at first use: by then the journal is read, and the keys that lie in it are known. */
  private get parts(): NonNullable<typeof this.opened> {
    this.opened ??= this.open();
    return this.opened;
  }

  private open(): NonNullable<typeof this.opened> {
    const { clock, faults } = this.surroundings;
    const { directory, authorizations, keys } = this;
    const tokens = new Tokens(directory, keys, clock, this.secret('refresh-tokens'));
    const setting = { directory, authorizations, tokens, keys, faults, clock };
    const authorize = new AuthorizeEndpoint(setting);
    const admin = new AdminConsent(setting);
    const token = new TokenEndpoint(setting);
    const openId = new OpenIdEndpoint(setting);
    const userInfo: Handler = (incoming) => openId.userInfo(incoming);
    const logout: Handler = (incoming) => openId.logout(incoming);
    const routes = new Map<string, Handler>([
      ['GET /v2.0/.well-known/openid-configuration', (incoming, authority) => openId.discovery(incoming, authority)],
      ['GET /discovery/v2.0/keys', (incoming, authority) => openId.keys(incoming, authority)],
      ['GET /oauth2/v2.0/authorize', (incoming, authority) => authorize.open(incoming, authority)],
      ['POST /oauth2/v2.0/token', (incoming, authority) => token.token(incoming, authority)],
      ['GET /oauth2/v2.0/logout', logout],
      ['GET /v2.0/adminconsent', (incoming, authority) => admin.open(incoming, authority)],
      [`POST ${withoutTenant(LOGIN_PATH)}`, (incoming) => authorize.chooseAccount(incoming)],
      [`POST ${withoutTenant(CONSENT_PATH)}`, (incoming) => authorize.decide(incoming)],
      [`POST ${withoutTenant(ADMIN_LOGIN_PATH)}`, (incoming) => admin.chooseAccount(incoming)],
      [`POST ${withoutTenant(ADMIN_CONSENT_PATH)}`, (incoming) => admin.decide(incoming)],
      ['GET /oidc/userinfo', userInfo],
      ['POST /oidc/userinfo', userInfo],
    ]);
    return { tokens, identify: graphIdentity(tokens, faults), routes };
  }

  private routeOf(verb: string, path: string): { tenant: string; handler: Handler } | null {
    const { routes } = this.parts;
    const whole = routes.get(`${verb} ${path.toLowerCase()}`);
    if (whole !== undefined) return { tenant: 'common', handler: whole };
    const [, tenant = '', rest = ''] = OF_TENANT.exec(path) ?? [];
    const handler = routes.get(`${verb} ${rest.toLowerCase()}`);
    return handler === undefined ? null : { tenant, handler };
  }

  private scopeNames(scope: string, unknown: (one: string) => Error): string[] {
    try {
      return readScopes(scope, unknown)
        .map(({ name }) => name)
        .filter((name) => name !== DEFAULT_SCOPE);
    } catch (error) {
      throw error instanceof EntraError ? unknown(scope) : error;
    }
  }
}

const withoutTenant = (path: string): string => path.slice('/common'.length);
