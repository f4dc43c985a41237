import { createKeyring, parseMasterKey, type Keyring } from '@daybook/platform/crypto';
import {
  AddressGuard,
  createHttpClient,
  findServers,
  type HttpClient,
  type HttpClientOptions,
} from '@daybook/platform/http';
import { MongoKeptAnswers } from '@daybook/platform/idempotency';
import type { Logger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes, LeaseStore, runMigrations } from '@daybook/platform/mongo';
import { answerMetrics, connectNats, PushPublisher, RpcClient, type NatsClient } from '@daybook/platform/nats';
import { OutboxRelay } from '@daybook/platform/outbox';
import { createMetrics, processName, startTracing, type Metrics, type Tracing } from '@daybook/platform/telemetry';
import { allowedHosts, createCatalog, type Catalog, type CatalogSettings } from '@daybook/providers/catalog';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { authIndexes, authMigrations } from './adapters/mongo/auth-schema';
import { MongoApiKeyStore } from './adapters/mongo/mongo-api-key-store';
import { MongoBrowserLegStore } from './adapters/mongo/mongo-browser-leg-store';
import { MongoConnectionStore } from './adapters/mongo/mongo-connection-store';
import { MongoCredentialVault } from './adapters/mongo/mongo-credential-vault';
import { MongoInvitationStore } from './adapters/mongo/mongo-invitation-store';
import { MongoLeases } from './adapters/mongo/mongo-leases';
import { MongoPersonStore } from './adapters/mongo/mongo-person-store';
import { MongoPolicyShelf } from './adapters/mongo/mongo-policy-shelf';
import { MongoReceiptStore } from './adapters/mongo/mongo-receipt-store';
import { MongoSessionStore } from './adapters/mongo/mongo-session-store';
import { MongoSignInAttempts } from './adapters/mongo/mongo-sign-in-attempts';
import { MongoSigningKeyStore } from './adapters/mongo/mongo-signing-key-store';
import { MongoUnitOfWork, sessionOf } from './adapters/mongo/mongo-unit-of-work';
import { OutboxAnnouncer } from './adapters/mongo/outbox-announcer';
import { NatsLivePush } from './adapters/nats/nats-live-push';
import { NatsPolicySource } from './adapters/nats/nats-policy-source';
import { NatsSyncingServices } from './adapters/nats/nats-syncing-services';
import { PassportBrowserLegs } from './adapters/providers/passport-browser-legs';
import { CachedPolicyCopies } from './adapters/system/cached-policy-copies';
import { SystemClock } from './adapters/system/system-clock';
import type { AuthPorts } from './auth-use-cases';
import type { AuthSettings } from './config';
import type { Clock } from './ports/clock';

export const RELEASE = '0.1.0';

/** What the running service holds open. */
export interface AuthRuntime {
  readonly connection: Connection;
  readonly client: NatsClient;
  readonly http: HttpClient;
  readonly typedHttp: HttpClient;
  readonly relay: OutboxRelay;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly ports: AuthPorts;
}

/** Opens the database and brings it to this release. */
export async function openDatabase(settings: AuthSettings, logger: Logger): Promise<Connection> {
  const dbName = `${settings.MONGODB_DB_PREFIX}_auth`;
  const connection = await connectMongo({ uri: settings.MONGODB_URI, dbName, logger });
  await runMigrations(connection, authMigrations, { serviceVersion: RELEASE, logger });
  await ensureIndexes(connection, authIndexes);
  return connection;
}

/** Waits for database and broker, whichever comes first, and connects everything to them. */
export async function openRuntime(settings: AuthSettings, logger: Logger): Promise<AuthRuntime> {
  const tracing = await startTracing({ service: 'auth-svc', endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT });
  const metrics = createMetrics({ service: 'auth-svc', process: processName() });
  const [connection, client] = await Promise.all([openDatabase(settings, logger), openBroker(settings, logger)]);
  const owner = `auth-svc:${randomUUID()}`;
  const relay = new OutboxRelay({ connection, client, leases: new LeaseStore(connection), owner, logger, metrics });
  answerMetrics(client, 'auth', { metrics, logger });
  const clock = new SystemClock();
  const { catalog, http, typedHttp } = openProviders(settings, logger, clock);
  const rpc = new RpcClient({ client, from: 'auth-svc', metrics });
  const ports: AuthPorts = {
    ...mongoPorts(connection, { keyring: openKeyring(settings), clock, wakeRelay: () => relay.wake() }),
    policies: new CachedPolicyCopies(new NatsPolicySource(rpc), new MongoPolicyShelf(connection), logger, clock),
    push: new NatsLivePush(new PushPublisher(client)),
    services: new NatsSyncingServices(rpc, logger),
    browserLegs: new PassportBrowserLegs(catalog, settings.PUBLIC_URL, logger),
    catalog,
    logger,
    ...deploymentFacts(settings),
  };
  return { connection, client, http, typedHttp, relay, metrics, tracing, ports };
}

/** The ports that live in the database, for the service, its sub-command and its tests. */
export function mongoPorts(
  connection: Connection,
  { keyring, clock, wakeRelay }: { keyring: Keyring; clock: Clock; wakeRelay: () => void },
) {
  return {
    people: new MongoPersonStore(connection),
    invitations: new MongoInvitationStore(connection),
    sessions: new MongoSessionStore(connection),
    attempts: new MongoSignInAttempts(connection),
    signingKeys: new MongoSigningKeyStore(connection),
    apiKeys: new MongoApiKeyStore(connection),
    keptAnswers: new MongoKeptAnswers(connection, sessionOf),
    connections: new MongoConnectionStore(connection),
    vault: new MongoCredentialVault(connection, keyring),
    legs: new MongoBrowserLegStore(connection),
    receipts: new MongoReceiptStore(connection),
    work: new MongoUnitOfWork(connection),
    leases: new MongoLeases(connection),
    announcer: new OutboxAnnouncer(connection, clock, wakeRelay),
    keyring,
    clock,
  };
}

export function openKeyring({ MASTER_KEY, MASTER_KEY_PREVIOUS }: AuthSettings): Keyring {
  const previous = MASTER_KEY_PREVIOUS ? [parseMasterKey(MASTER_KEY_PREVIOUS)] : [];
  return createKeyring({ current: parseMasterKey(MASTER_KEY), previous });
}

export function deploymentFacts(settings: AuthSettings) {
  return {
    publicUrl: settings.PUBLIC_URL,
    brand: settings.MEETING_BRAND,
    defaultTimeZone: settings.DEFAULT_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function openBroker(settings: AuthSettings, logger: Logger): Promise<NatsClient> {
  return connectNats({
    url: settings.NATS_URL,
    name: 'auth-svc',
    logger,
    ...(settings.NATS_USER !== undefined && { user: settings.NATS_USER }),
    ...(settings.NATS_PASSWORD !== undefined && { password: settings.NATS_PASSWORD }),
    ...(settings.NATS_INBOX_PREFIX !== undefined && { inboxPrefix: settings.NATS_INBOX_PREFIX }),
  });
}

function openProviders(settings: AuthSettings, logger: Logger, clock: Clock) {
  const catalogSettings = catalogSettingsOf(settings);
  const hosts = [...allowedHosts(catalogSettings), ...(settings.HTTP_ALLOWED_HOSTS ?? [])];
  const http = openHttp(hosts);
  const typedHttp = openHttp(settings.EWS_ALLOWED_HOSTS ?? [], { tellsCertificates: true });
  const catalog: Catalog = createCatalog(catalogSettings, {
    http,
    typedHttp,
    findServers: { srv: findServers },
    clock: { now: () => clock.now().getTime() },
    log: {
      warn: (fields: Readonly<Record<string, unknown>>, message: string) => logger.warn(message, fields),
      debug: (fields: Readonly<Record<string, unknown>>, message: string) => logger.debug(message, fields),
    },
  });
  return { catalog, http, typedHttp };
}

function catalogSettingsOf(settings: AuthSettings): CatalogSettings {
  return {
    publicUrl: settings.PUBLIC_URL,
    google: {
      clientId: settings.GOOGLE_CLIENT_ID ?? null,
      clientSecret: settings.GOOGLE_CLIENT_SECRET?.reveal() ?? null,
      baseUrl: settings.GOOGLE_BASE_URL ?? null,
    },
    microsoft: {
      clientId: settings.MICROSOFT_CLIENT_ID ?? null,
      clientSecret: settings.MICROSOFT_CLIENT_SECRET?.reveal() ?? null,
      loginUrl: settings.MICROSOFT_LOGIN_URL ?? null,
      graphUrl: settings.MICROSOFT_GRAPH_URL ?? null,
    },
    exchange: {
      autodiscoverHosts: settings.EWS_AUTODISCOVER ?? [],
      listedHosts: settings.EWS_ALLOWED_HOSTS ?? [],
    },
  };
}

function openHttp(allowHosts: readonly string[], more: Pick<HttpClientOptions, 'tellsCertificates'> = {}): HttpClient {
  return createHttpClient({
    userAgent: `Daybook/${RELEASE}`,
    guard: new AddressGuard({ allowHosts }),
    maxBytes: 1024 * 1024,
    ...more,
  });
}
