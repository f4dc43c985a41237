import {
  DEFAULT_CLIENTS,
  DEFAULT_SLOWNESS,
  emptyAnswer,
  Faults,
  noRecorder,
  pageAnswer,
  ShiftableClock,
  SigningKeys,
  type Answer,
  type FaultOrder,
  type Incoming,
  type Recorder,
  type ServedSimulator,
} from '@daybook/simulator-kit';
import { CalendarApi, CALENDAR_PREFIX } from './calendar/calendar-api';
import { EventWriter } from './calendar/event-writer';
import { ListTokens } from './calendar/list-tokens';
import { PushChannels } from './calendar/push-channels';
import { GoogleError, refusals } from './http/google-error';
import { Authorizations } from './oauth/authorization';
import { AuthorizeEndpoint } from './oauth/authorize-endpoint';
import { Grants } from './oauth/grants';
import { IdentityEndpoint } from './oauth/identity';
import { OAuthError } from './oauth/oauth-error';
import { TokenEndpoint } from './oauth/token-endpoint';
import type { GoogleSimulatorOptions } from './options';
import { eventPage } from './http/event-page';
import { homePage, missingPage } from './http/home-page';
import { World } from './state/world';

const SYNC_TOKEN_LIFE = 28 * 86_400_000;

type Handler = (incoming: Incoming) => Answer;

/** One simulated Google: state, rules and addresses, without the sockets. */
export class GoogleSimulator implements ServedSimulator {
  readonly clock: ShiftableClock;
  readonly world: World;
  readonly faults: Faults;
  readonly grants: Grants;
  readonly keys: SigningKeys;
  readonly writer: EventWriter;
  readonly recorder: Recorder;
  /** Where it can be reached; set once it listens. */
  origin = 'http://localhost';
  latencyMs: number;
  private readonly push: PushChannels;
  private readonly calendar: CalendarApi;
  private readonly routes: ReadonlyMap<string, Handler>;

  constructor(options: GoogleSimulatorOptions) {
    this.clock = new ShiftableClock(options.clock);
    this.world = new World(options.journalFile);
    this.faults = new Faults(this.clock);
    this.grants = new Grants(this.world, this.clock);
    this.keys = new SigningKeys(this.world.secrets);
    this.recorder = options.recorder ?? noRecorder;
    this.latencyMs = options.latencyMs ?? 0;
    this.writer = new EventWriter(this.world, this.clock, () => this.origin);
    this.push = new PushChannels(this.world, this.clock, (exchange) => this.recorder.record(exchange));
    this.world.onChange((store) => this.push.changed(`events:${store.facts.id}`));
    const setting = {
      world: this.world,
      clock: this.clock,
      faults: this.faults,
      tokens: new ListTokens(this.world.secret('list-tokens')),
      writer: this.writer,
      push: this.push,
      syncTokenLife: options.syncTokenLife ?? SYNC_TOKEN_LIFE,
    };
    this.calendar = new CalendarApi(setting, this.grants);
    this.routes = this.oauthRoutes(options.clients ?? DEFAULT_CLIENTS);
    this.world.flush();
  }

  /** Answers one request. Never throws: what goes wrong is an answer too. */
  answer(incoming: Incoming): Answer {
    const api = incoming.path.startsWith(CALENDAR_PREFIX);
    try {
      const answer = api ? this.apiAnswer(incoming) : this.pageOrOAuth(incoming);
      this.world.flush();
      return incoming.method === 'HEAD' ? { ...answer, body: '' } : answer;
    } catch (error) {
      this.world.flush();
      if (error instanceof GoogleError) return refusal(error);
      if (error instanceof OAuthError) return error.answer;
      return refusal(refusals.backend());
    }
  }

  readonly headers = {
    server: 'ESF',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=0, must-revalidate',
  };
  readonly varies = 'Origin, X-Origin, Referer, Accept-Encoding';

  tooLarge(): Answer {
    const { status, body } = refusals.tooLarge();
    return { status, headers: { 'content-type': 'application/json', connection: 'close' }, body };
  }

  /** How long to wait before answering: the set latency and a `slow` fault. */
  delayOf(incoming: Incoming): number {
    const slow = this.faults.strike('slow', this.emailOf(incoming));
    return this.latencyMs + (slow === null ? 0 : (slow.ms ?? DEFAULT_SLOWNESS));
  }

  /** Is the connection to be dropped before anything is done? */
  cuts(incoming: Incoming): boolean {
    return isForPrograms(incoming) && this.faults.strike('cut', this.emailOf(incoming)) !== null;
  }

  addFault(order: FaultOrder): void {
    // A revoked grant is an event, not a state: who consents again afterwards is let in.
    if (order.kind === 'grant_revoked') this.grants.revokeAll(order.email ?? null);
    else this.faults.add(order);
    this.world.flush();
  }

  close(): void {
    this.push.close();
    this.world.close();
  }

  private apiAnswer(incoming: Incoming): Answer {
    const email = this.emailOf(incoming);
    const struck = (kind: 'throttled' | 'quota' | 'server_error' | 'unavailable') =>
      this.faults.strike(kind, email) !== null;
    if (struck('throttled')) throw refusals.rateLimit(429);
    if (struck('quota')) throw refusals.rateLimit(403);
    if (struck('server_error')) throw refusals.backend();
    if (struck('unavailable')) throw refusals.unavailable();
    const answer = this.calendar.answer(incoming);
    const lost = this.calendar.isWrite(incoming) && this.faults.strike('timeout_after_write', email) !== null;
    return lost ? { ...answer, cut: true } : answer;
  }

  private pageOrOAuth(incoming: Incoming): Answer {
    const verb = incoming.method === 'HEAD' ? 'GET' : incoming.method;
    const handler = this.routes.get(`${verb} ${incoming.path}`);
    if (handler === undefined) {
      const known = [...this.routes.keys()].some((route) => route.endsWith(` ${incoming.path}`));
      throw known ? refusals.methodNotAllowed() : refusals.notFound();
    }
    if (isForPrograms(incoming) && this.faults.strike('unavailable', this.emailOf(incoming)) !== null) {
      throw refusals.unavailable();
    }
    return handler(incoming);
  }

  private eventAnswer(eid: string): Answer {
    const page = eventPage(this.world, eid);
    return page === null ? pageAnswer(404, missingPage()) : pageAnswer(200, page);
  }

  /** Whose request it is, as far as it shows: by access token or by refresh token. */
  private emailOf(incoming: Incoming): string | null {
    const token = this.calendar.personOf(incoming);
    if (token !== null) return token.email;
    if (!incoming.body.includes('refresh_token=')) return null;
    const refresh = new URLSearchParams(incoming.body).get('refresh_token') ?? '';
    return this.grants.findRefreshToken(refresh)?.grant.email ?? null;
  }

  private oauthRoutes(clients: NonNullable<GoogleSimulatorOptions['clients']>): ReadonlyMap<string, Handler> {
    const { world, grants, keys, faults, clock } = this;
    const authorizations = new Authorizations(clients, clock);
    const authorize = new AuthorizeEndpoint(world, authorizations, grants, faults);
    const tokens = new TokenEndpoint({ world, clients, authorizations, grants, keys, faults, clock });
    const identity = new IdentityEndpoint(world, grants, keys, clock);
    const token: Handler = (incoming) => tokens.token(incoming);
    const userInfo: Handler = (incoming) => identity.userInfo(incoming);
    const tokenInfo: Handler = (incoming) => identity.tokenInfo(incoming);
    return new Map<string, Handler>([
      ['GET /', () => pageAnswer(200, homePage())],
      ['GET /calendar/event', ({ query }) => this.eventAnswer(query.get('eid') ?? '')],
      ['GET /favicon.ico', () => emptyAnswer(204)],
      ['GET /o/oauth2/v2/auth', (incoming) => authorize.open(incoming)],
      ['GET /o/oauth2/auth', (incoming) => authorize.open(incoming)],
      ['POST /o/oauth2/v2/auth/account', (incoming) => authorize.chooseAccount(incoming)],
      ['POST /o/oauth2/v2/auth/consent', (incoming) => authorize.decide(incoming)],
      ['POST /token', token],
      ['POST /oauth2/v4/token', token],
      ['POST /oauth2/v3/token', token],
      ['POST /revoke', (incoming) => tokens.revoke(incoming)],
      ['POST /o/oauth2/revoke', (incoming) => tokens.revoke(incoming)],
      ['GET /v1/userinfo', userInfo],
      ['POST /v1/userinfo', userInfo],
      ['GET /oauth2/v3/userinfo', userInfo],
      ['POST /oauth2/v3/userinfo', userInfo],
      ['GET /tokeninfo', tokenInfo],
      ['POST /tokeninfo', tokenInfo],
      ['GET /oauth2/v3/tokeninfo', tokenInfo],
      ['GET /.well-known/openid-configuration', (incoming) => identity.discovery(incoming)],
      ['GET /oauth2/v3/certs', () => identity.certificates()],
      ['GET /oauth2/v1/certs', () => identity.pems()],
    ]);
  }
}

const isForPrograms = ({ path }: Incoming): boolean =>
  !path.startsWith('/o/oauth2/') && path !== '/' && path !== '/calendar/event';

const refusal = (error: GoogleError): Answer => ({
  status: error.status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...error.headers },
  body: error.body,
});
