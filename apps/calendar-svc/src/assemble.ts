import { createJoinDetector } from '@daybook/domain';
import { allowedHosts, createCatalog, type CatalogSettings } from '@daybook/providers/catalog';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@daybook/platform/crypto';
import { inPlainSight, MongoKeptAnswers, Once } from '@daybook/platform/idempotency';
import {
  AddressGuard,
  createHttpClient,
  findServers,
  type HttpClient,
  type HttpClientOptions,
} from '@daybook/platform/http';
import type { Logger } from '@daybook/platform/logging';
import {
  connectMongo,
  ensureIndexes,
  type ClientSession,
  LeaseStore,
  pingMongo,
  runMigrations,
} from '@daybook/platform/mongo';
import { connectNats, ensureStreams, EventConsumer, JobQueue, PushPublisher, RpcClient } from '@daybook/platform/nats';
import { OutboxRelay, OutboxWriter } from '@daybook/platform/outbox';
import type { Metrics } from '@daybook/platform/telemetry';
import { AuthService } from './adapters/nats/auth-service';
import { ChangeAnnouncer } from './adapters/nats/change-announcer';
import { PolicyCopies } from './adapters/nats/policy-copies';
import { calendarIndexes, collectionsOf } from './adapters/mongo/collections';
import { migrations } from './adapters/mongo/migrations';
import { diagnosisIndexes } from './adapters/mongo/mongo-diagnosis-store';
import { MongoCalendarStore } from './adapters/mongo/mongo-calendar-store';
import { MongoCalendarSyncStore } from './adapters/mongo/mongo-calendar-sync-store';
import { MongoMeetingReader } from './adapters/mongo/mongo-meeting-reader';
import { MongoMeetingWriter } from './adapters/mongo/mongo-meeting-writer';
import { MongoRemovalUndo } from './adapters/mongo/mongo-removal-undo';
import { MongoReviewStore } from './adapters/mongo/mongo-review-store';
import { MongoTakeoverStore } from './adapters/mongo/mongo-takeover-store';
import { MongoWriteQueue } from './adapters/mongo/mongo-write-queue';
import { releaseOwn } from './adapters/mongo/release-own';
import type { SyncStoreSurroundings } from './adapters/mongo/sync-store-surroundings';
import { deploymentName } from './adapters/mongo/deployment-name';
import { BuiltInHost } from './adapters/built-in-host';
import type { Handling } from './app.module';
import { assembleDiagnosing } from './assemble-diagnosing';
import { assembleWatching } from './assemble-watching';
import { removalLimitsOf, type CalendarSettings } from './config';
import { ConnectionFollower } from './jobs/connection-follower';
import { CoverageRoller } from './jobs/coverage-roller';
import { Scheduler } from './jobs/scheduler';
import { PLACES, SyncWorker } from './jobs/sync-worker';
import { FirstLooks } from './use-cases/first-looks';
import { KeptAccess } from './use-cases/kept-access';
import { ServerPlaces } from './use-cases/server-places';
import type { ConnectionRecord } from './ports/records';

/** Events of a first listing give way to the person who reads what has just been stored. */
const GIVES_WAY_MS = 50;

/** A person waits for what others' providers tell. */
const ASKING_LIMITS = { askMs: 12_000, wholeMs: 20_000 };

/** Everything of the service that is not Nest: connections, stores, jobs. `start` begins the work, `stop` ends it in order. */
export interface Assembly extends Handling {
  readonly nats: Awaited<ReturnType<typeof connectNats>>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function assemble(settings: CalendarSettings, logger: Logger, metrics: Metrics): Promise<Assembly> {
  const clock = { now: () => Date.now() };
  const [connection, nats] = await Promise.all([
    connectMongo({ uri: settings.MONGODB_URI, dbName: `${settings.MONGODB_DB_PREFIX}_calendar`, logger }),
    connectNats({
      url: settings.NATS_URL,
      name: 'calendar-svc',
      logger,
      ...(settings.NATS_USER === undefined ? {} : { user: settings.NATS_USER }),
      ...(settings.NATS_PASSWORD === undefined ? {} : { password: settings.NATS_PASSWORD }),
      ...(settings.NATS_INBOX_PREFIX === undefined ? {} : { inboxPrefix: settings.NATS_INBOX_PREFIX }),
    }),
  ]);
  await runMigrations(connection, migrations, { serviceVersion: '0.1.0', logger });
  await Promise.all([ensureIndexes(connection, { ...calendarIndexes, ...diagnosisIndexes }), ensureStreams(nats)]);

  const catalogSettings: CatalogSettings = {
    publicUrl: settings.PUBLIC_URL,
    google: {
      clientId: settings.GOOGLE_CLIENT_ID ?? null,
      clientSecret: null,
      baseUrl: settings.GOOGLE_BASE_URL ?? null,
    },
    microsoft: {
      clientId: settings.MICROSOFT_CLIENT_ID ?? null,
      clientSecret: null,
      loginUrl: settings.MICROSOFT_LOGIN_URL ?? null,
      graphUrl: settings.MICROSOFT_GRAPH_URL ?? null,
    },
    // Nobody signs in here, so no server is looked for.
    exchange: { autodiscoverHosts: [] },
  };
  const http = openHttp([...settings.HTTP_ALLOWED_HOSTS, ...allowedHosts(catalogSettings)]);
  const typedHttp = openHttp(settings.EWS_ALLOWED_HOSTS, { tellsCertificates: true });
  const catalog = createCatalog(catalogSettings, {
    http,
    typedHttp,
    findServers: { srv: findServers },
    clock,
    log: {
      warn: (fields, message) => logger.warn(message, fields),
      debug: (fields, message) => logger.debug(message, fields),
    },
  });

  const collections = collectionsOf(connection);
  const deployment = await deploymentName(connection);
  const leases = new LeaseStore(connection);
  const pollEveryMs = settings.POLL_SECONDS * 1_000;
  const outbox = new OutboxWriter({ source: '/daybook/calendar-svc' });
  const reader = new MongoMeetingReader(collections);
  const rpc = new RpcClient({ client: nats, from: 'calendar-svc', metrics });
  const jobs = new JobQueue({ client: nats, logger, metrics });
  const auth = new AuthService(rpc);
  const policy = new PolicyCopies(rpc, nats);
  const push = new PushPublisher(nats);
  const relay = new OutboxRelay({ connection, client: nats, leases, owner: newId('calendar'), logger, metrics });
  const detectJoin = createJoinDetector(settings.MEETING_BRAND);
  const syncSurroundings: SyncStoreSurroundings = {
    connection,
    collections,
    outbox,
    clock,
    deployment,
    detectJoin,
    pollEveryMs,
    committed: ({ userId, visible, initial }) => {
      relay.wake(initial ? GIVES_WAY_MS : 0);
      if (visible) announcer.changed(userId);
    },
  };
  const store = new MongoCalendarStore(collections, {
    ...{ connection, outbox, clock, listEveryMs: pollEveryMs },
    releaseOwn: (calendar) => releaseOwn(calendar, syncSurroundings),
  });
  const announcer = new ChangeAnnouncer(push, store, clock);
  const providerFor = (record: ConnectionRecord) => catalog.providerFor(record.service, record.method);
  const failed = (error: unknown): void =>
    logger.warn('background work failed and is tried again', { error: asError(error) });
  const scheduler = new Scheduler({
    store,
    jobs,
    clock,
    push: catalog.providers().some((provider) => provider.notifications),
    failed,
  });
  const wake = (connectionId: string): void => scheduler.wake(connectionId);
  const access = new KeptAccess(auth, clock);
  const servers = new ServerPlaces({ ...PLACES, clock, random: Math.random, wake });
  const firstLooks = new FirstLooks({ providerFor, clock, servers });

  const worker = new SyncWorker({
    jobs,
    leases,
    store,
    syncStore: (lease, calendar) => new MongoCalendarSyncStore(syncSurroundings, lease, calendar),
    writeQueue: (lease, connectionId, remoteIdOf) =>
      new MongoWriteQueue(syncSurroundings, lease, { connectionId, remoteIdOf }),
    purges: auth,
    ...{ wake, servers },
    run: {
      store,
      takeovers: new MongoTakeoverStore({ connection, collections, deployment }),
      access,
      firstLooks,
      reporter: auth,
      clock,
      random: Math.random,
      removalLimits: removalLimitsOf(settings),
      providerFor,
      wakeAt: (connectionId, at) => scheduler.wakeAt(connectionId, at),
      log: (message, { mustAct, ...fields }) =>
        mustAct === true ? logger.error(message, fields) : logger.info(message, fields),
    },
  });
  const follower = new ConnectionFollower({
    events: new EventConsumer({ client: nats, logger, metrics }),
    auth,
    access,
    firstLooks,
    around: { store, clock, wake },
    failed,
  });
  const roller = new CoverageRoller({ collections, leases, surroundings: syncSurroundings, clock, failed });

  const watcher = assembleWatching({
    ...{ collections, store, leases, access, catalog, clock, logger, metrics, wake, failed },
    most: settings.WATCHED_CONNECTIONS,
  });

  const { diagnosing, remover } = assembleDiagnosing({
    ...{ connection, rpc, push, catalog, store, clock, logger, failed },
    access: auth,
  });

  return {
    nats,
    diagnosing,
    freeBusy: {
      ...{ store, reader, policy, clock, pollEveryMs, access: auth, colleagues: auth, providerFor },
      limits: ASKING_LIMITS,
    },
    reading: {
      store,
      reader,
      reviews: new MongoReviewStore({ connection, collections, outbox, clock }),
      removals: new MongoRemovalUndo(syncSurroundings),
      policy,
      clock,
      pollEveryMs,
      access: auth,
      providerFor,
      providerByKey: (key) => catalog.providerByKey(key),
      wake,
      changed: (userId) => announcer.changed(userId),
      writer: new MongoMeetingWriter(syncSurroundings),
      host: new BuiltInHost(settings.MEETING_BRAND),
      brand: settings.MEETING_BRAND,
      detectJoin,
      once: new Once(new MongoKeptAnswers(connection, (session: ClientSession) => session), inPlainSight, {
        now: () => new Date(clock.now()),
      }),
      person: (caller) => auth.person(caller),
      pause: (ms) => sleep(ms),
      patienceMs: 5_000,
      health: async () => ({ database: (await pingMongo(connection)).ok, broker: nats.isConnected() }),
    },
    start: async () => {
      relay.start();
      await Promise.all([worker.start(), follower.start()]);
      scheduler.start();
      roller.start();
      remover.start();
      watcher.start();
    },
    stop: async () => {
      scheduler.stop();
      announcer.close();
      policy.close();
      await Promise.all([roller.stop(), follower.stop(), worker.stop(), remover.stop(), watcher.stop()]);
      await relay.stop();
      await Promise.all([http.close(), typedHttp.close()]);
      await nats.close();
      await connection.close();
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function openHttp(allowHosts: readonly string[], more: Pick<HttpClientOptions, 'tellsCertificates'> = {}): HttpClient {
  const guard = new AddressGuard({ allowHosts });
  const limits = { deadlineMs: 60_000, maxBytes: 64 * 1024 * 1024 };
  return createHttpClient({ userAgent: 'Daybook', guard, ...limits, ...more });
}
