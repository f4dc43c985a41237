import type { Logger } from '@daybook/platform/logging';
import { AddressGuard, createHttpClient, type HttpClient } from '@daybook/platform/http';
import { RpcClient, type NatsClient } from '@daybook/platform/nats';
import type { Metrics } from '@daybook/platform/telemetry';
import { Module, type DynamicModule, type OnModuleDestroy, type Provider } from '@nestjs/common';
import { publicUrlOf, type GatewaySettings } from './config';
import { AccessTokens } from './doors/access-tokens';
import { AccountPolicies } from './doors/account-policies';
import { ApiKeys } from './doors/api-keys';
import { systemClock, type Clock } from './doors/clock';
import { Doors } from './doors/doors';
import { EndedSessions } from './doors/ended-sessions';
import { RateLimit } from './doors/rate-limit';
import { Revocations } from './doors/revocations';
import { KnownRoutes } from './http/known-routes';
import { PublicAddress } from './http/public-address';
import { RefreshCookie } from './http/refresh-cookie';
import { serviceMetrics } from './http/service-metrics';
import { DocsController } from './openapi/docs.controller';
import { LiveStreams } from './push/live-streams';
import { PushIntake } from './push/push-intake';
import { SessionEnd } from './push/session-end';
import { StepStreams } from './push/step-streams';
import { StreamController } from './push/stream.controller';
import { ApiKeysController } from './rest/api-keys.controller';
import { CalendarsController } from './rest/calendars.controller';
import { FreeBusyController } from './rest/free-busy.controller';
import { ConnectController } from './rest/connect.controller';
import { ConnectionsController } from './rest/connections.controller';
import { DiagnosisController } from './rest/diagnosis.controller';
import { HealthController } from './rest/health.controller';
import { HooksController } from './rest/hooks.controller';
import { MeController } from './rest/me.controller';
import { MeetingsController } from './rest/meetings.controller';
import { METRICS_DOOR, MetricsController, type MetricsDoor } from './rest/metrics.controller';
import { OAUTH_DOOR, OAuthController, type OAuthDoor } from './rest/oauth.controller';
import { PolicyController } from './rest/policy.controller';
import { ReceiptsController } from './rest/receipts.controller';
import { ServicesController } from './rest/services.controller';
import { SignInController } from './rest/sign-in.controller';

export interface GatewayParts {
  readonly settings: GatewaySettings;
  readonly client: NatsClient;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock?: Clock;
  /** Of the live streams' heartbeat. */
  readonly beatMs?: number;
}

/** What runs besides requests; ends before the server stops taking connections, so that no stream keeps it open. */
class Background implements OnModuleDestroy {
  constructor(
    private readonly intake: PushIntake,
    private readonly streams: readonly { stop(): void }[],
    private readonly http: HttpClient,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.intake.stop();
    this.streams.forEach((streams) => streams.stop());
    await this.http.close();
  }
}

/** Everything of the gateway, put together by hand: each part says what it needs, and nothing is looked up by name. */
@Module({
  controllers: [
    SignInController,
    MeController,
    ServicesController,
    ConnectController,
    ConnectionsController,
    DiagnosisController,
    ReceiptsController,
    OAuthController,
    CalendarsController,
    FreeBusyController,
    MeetingsController,
    StreamController,
    PolicyController,
    ApiKeysController,
    HooksController,
    HealthController,
    MetricsController,
    DocsController,
  ],
})
export class GatewayModule {
  static with(parts: GatewayParts): DynamicModule {
    return { module: GatewayModule, providers: providersOf(parts) };
  }
}

function providersOf({ settings, client, logger, metrics, clock = systemClock, beatMs }: GatewayParts): Provider[] {
  const address = new PublicAddress(publicUrlOf(settings));
  const rpc = new RpcClient({ client, from: 'gateway', metrics });
  const revocations = new Revocations(clock);
  const keys = new ApiKeys(rpc, clock);
  const policies = new AccountPolicies(rpc, clock);
  const perPerson = settings.STREAMS_PER_PERSON;
  const streams = new LiveStreams({ rpc, clock, logger, perPerson, ...(beatMs === undefined ? {} : { beatMs }) });
  const steps = new StepStreams(client);
  const sessionEnd = new SessionEnd(revocations, keys, streams);
  const tell = (sessionIds: readonly string[]) => sessionEnd.end({ sessionIds, keyIds: [] });
  const endedSessions = new EndedSessions({ rpc, clock, tell });
  const intake = new PushIntake({ client, streams, sessionEnd, endedSessions, keys, policies });
  const limits = {
    person: new RateLimit(settings.RATE_PERSON_PER_MINUTE, clock),
    signIn: new RateLimit(settings.RATE_SIGN_IN_PER_MINUTE, clock),
    hooks: new RateLimit(settings.RATE_HOOKS_PER_MINUTE, clock),
  };
  const tokens = new AccessTokens(rpc, clock);
  const publicOrigin = address.origin;
  const http = authClient(settings.AUTH_HTTP_URL);
  const oauth: OAuthDoor = { http, url: settings.AUTH_HTTP_URL };
  const measured: MetricsDoor = {
    metrics,
    others: serviceMetrics(client, metrics),
    token: settings.METRICS_TOKEN,
  };
  metrics.gauge({
    name: 'daybook_live_streams',
    help: 'Live streams that are open',
    collect: () => streams.size,
  });
  intake.start();
  return [
    { provide: RpcClient, useValue: rpc },
    { provide: KnownRoutes, useValue: new KnownRoutes() },
    { provide: PublicAddress, useValue: address },
    {
      provide: Doors,
      useValue: new Doors({ tokens, keys, policies, revocations, endedSessions, limits, publicOrigin }),
    },
    { provide: AccountPolicies, useValue: policies },
    { provide: LiveStreams, useValue: streams },
    { provide: StepStreams, useValue: steps },
    { provide: SessionEnd, useValue: sessionEnd },
    { provide: RefreshCookie, useValue: new RefreshCookie({ port: settings.GATEWAY_PORT, https: address.https }) },
    { provide: Background, useValue: new Background(intake, [streams, steps], http) },
    { provide: OAUTH_DOOR, useValue: oauth },
    { provide: METRICS_DOOR, useValue: measured },
  ];
}

/** Reaches auth-svc and nothing else. */
function authClient(url: string): HttpClient {
  const { host, hostname, port, protocol } = new URL(url);
  const standardPort = protocol === 'https:' ? '443' : '80';
  const allowHosts = [host, `${hostname}:${port || standardPort}`];
  return createHttpClient({ userAgent: 'daybook-gateway', guard: new AddressGuard({ allowHosts }) });
}
