/**
 * A process of its own that syncs on order, for measurements: engine, adapter and stores put together as `assemble` does,
 * with access handed in instead of auth-svc and without the relay. Orders come by `process.send`, one at a time; each is
 * answered with what it cost. Limits: reads no setting, knows one mailbox for each database.
 */
import { z } from 'zod';
import { createJoinDetector } from '@daybook/domain';
import { newId } from '@daybook/platform/crypto';
import { AddressGuard, createHttpClient } from '@daybook/platform/http';
import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes, LeaseStore } from '@daybook/platform/mongo';
import { OutboxWriter } from '@daybook/platform/outbox';
import type { Provider, ProviderHttpRequest } from '@daybook/provider-port';
import { defaultRemovalLimits } from '@daybook/sync-engine';
import { allowedHosts, createCatalog, type CatalogSettings } from '@daybook/providers/catalog';
import { calendarIndexes, collectionsOf } from '../adapters/mongo/collections';
import { MongoCalendarStore } from '../adapters/mongo/mongo-calendar-store';
import { MongoTakeoverStore } from '../adapters/mongo/mongo-takeover-store';
import { MongoWriteQueue } from '../adapters/mongo/mongo-write-queue';
import { MongoCalendarSyncStore } from '../adapters/mongo/mongo-calendar-sync-store';
import { keepHeapSmall } from '../heap';
import type { ConnectionRecord } from '../ports/records';
import { FirstLooks } from '../use-cases/first-looks';
import { KeptAccess } from '../use-cases/kept-access';
import { runConnection } from '../use-cases/run-connection';
import { beginRun } from '../use-cases/run-start';
import { ServerPlaces } from '../use-cases/server-places';

const order = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    mongodb: z.string(),
    dbName: z.string(),
    provider: z.string(),
    service: z.enum(['google', 'office365', 'exchange']),
    method: z.enum(['oauth2', 'ews']).default('oauth2'),
    email: z.string(),
    token: z.string(),
  }),
  /** One run of what is due; `again` makes the calendars due first, `listAnew` also forgets their cursors. */
  z.object({ type: z.literal('run'), dbName: z.string(), again: z.boolean(), listAnew: z.boolean() }),
  z.object({ type: z.literal('close'), dbName: z.string() }),
]);
type Order = z.output<typeof order>;
type Opened = Extract<Order, { type: 'open' }>;

interface Mailbox {
  run(again: boolean, listAnew: boolean): Promise<object>;
  close(): Promise<void>;
}

const CONNECTION = 'con_measured';
const POLL_MS = 300_000;
const LEASE_MS = 15_000;
const mailboxes = new Map<string, Mailbox>();
const logger = createLogger({ service: 'calendar-svc', level: 'warn' });
const clock = { now: (): number => Date.now() };

async function openMailbox({ mongodb, dbName, provider, token, ...person }: Opened) {
  const connection = await connectMongo({ uri: mongodb, dbName, logger });
  await ensureIndexes(connection, calendarIndexes);
  const settings: CatalogSettings = {
    publicUrl: 'http://localhost',
    google: { clientId: 'daybook-local', clientSecret: null, baseUrl: provider },
    microsoft: { clientId: 'daybook-local', clientSecret: null, loginUrl: provider, graphUrl: provider },
    exchange: { autodiscoverHosts: [] },
  };
  const guard = new AddressGuard({ allowHosts: [...allowedHosts(settings)] });
  const http = createHttpClient({ userAgent: 'Daybook', guard, deadlineMs: 60_000, maxBytes: 64 * 1024 * 1024 });
  const asked: { url: string; prefer: string | null; operation: string | null }[] = [];
  const noted = {
    request: (request: ProviderHttpRequest) => {
      asked.push({ url: request.url, prefer: request.headers?.['prefer'] ?? null, operation: operationOf(request) });
      return http.request(request);
    },
  };
  const catalog = createCatalog(settings, {
    http: noted,
    typedHttp: noted,
    findServers: { srv: async () => [] },
    clock,
    log: { warn: (fields, message) => logger.warn(message, fields), debug: () => undefined },
  });
  const collections = collectionsOf(connection);
  const outbox = new OutboxWriter({ source: '/daybook/calendar-svc' });
  const store = new MongoCalendarStore(collections, {
    ...{ connection, outbox, clock, listEveryMs: POLL_MS },
    releaseOwn: async () => undefined,
  });
  const leases = new LeaseStore(connection);
  const surroundings = {
    connection,
    collections,
    outbox,
    clock,
    detectJoin: createJoinDetector('Zoom'),
    deployment: 'test',
    pollEveryMs: POLL_MS,
    committed: () => undefined,
  };
  await store.followConnection(connectionOf(person));
  const granted = {
    type: 'access' as const,
    token,
    expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
    notBefore: null,
  };

  const access = { get: async () => granted, throttle: async () => undefined, revoked: async () => undefined };
  // No hooks: what is measured is reading.
  const providerFor = (record: ConnectionRecord): Provider | null => {
    const found = catalog.providerFor(record.service, record.method);
    return found && { key: found.key, describe: found.describe, auth: found.auth, ...calendarOf(found) };
  };

  const servers = new ServerPlaces({ most: 1, mostAtOne: 1, clock, random: Math.random, wake: () => undefined });

  async function syncOnce(): Promise<void> {
    const owner = newId('run');
    const ran = await leases.withLease(`connection:${CONNECTION}`, { owner, ttlMs: LEASE_MS }, async (lease, lost) =>
      runConnection(
        beginRun(CONNECTION, {
          ...{ store, access: new KeptAccess(access, clock), clock },
          firstLooks: new FirstLooks({ providerFor, clock, servers }),
        }),
        {
          store,
          takeovers: new MongoTakeoverStore(surroundings),
          access,
          reporter: { report: async () => undefined },
          clock,
          random: Math.random,
          removalLimits: defaultRemovalLimits,
          providerFor,
          syncStore: (calendar) => new MongoCalendarSyncStore(surroundings, lease, calendar),
          writeQueue: (connectionId, remoteIdOf) =>
            new MongoWriteQueue(surroundings, lease, { connectionId, remoteIdOf }),
          writesWait: () => false,
          wakeAt: () => undefined,
          writesSeen: () => undefined,
          servers,
          sliceOver: () => false,
          stopped: () => lost.aborted,
          log: () => undefined,
        },
      ),
    );
    if (ran === 'held') throw new Error('the lease was held');
    const failed = await collections.connections.findOne({ failures: { $gt: 0 } });
    if (failed) throw new Error(`the run failed: ${failed.problem?.code ?? 'unknown'}`);
  }

  return {
    run: async (again: boolean, listAnew: boolean) => {
      if (again) await collections.calendars.updateMany({}, { $inc: { requested: 1 } });
      if (listAnew) await collections.calendars.updateMany({}, { $set: { cursor: null } });
      asked.length = 0;
      const cpu = process.cpuUsage();
      const started = performance.now();
      await syncOnce();
      const ms = performance.now() - started;
      const { user, system } = process.cpuUsage(cpu);
      const unserved = await collections.calendars.countDocuments({ $expr: { $gt: ['$requested', '$served'] } });
      if (unserved > 0) throw new Error('the run did not serve what was due');
      return { ms, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024, asked: [...asked] };
    },
    close: async () => {
      await http.close();
      await connection.close();
    },
  };
}

/** What a SOAP request asks for; those of one kind all have the same address. */
function operationOf({ body }: ProviderHttpRequest): string | null {
  return typeof body === 'string' ? (/<m:(\w+)/.exec(body)?.[1] ?? null) : null;
}

function calendarOf<T extends { readonly calendar?: unknown }>(provider: T): Pick<T, 'calendar'> {
  return { calendar: provider.calendar };
}

function connectionOf({ service, method, email }: Pick<Opened, 'service' | 'method' | 'email'>): ConnectionRecord {
  return {
    _id: CONNECTION,
    accountId: 'acc_measured',
    userId: 'usr_measured',
    service,
    method,
    addresses: [email],
    status: 'live',
    readable: true,
    writable: true,
    revision: 1,
    receiptId: null,
    listDueAt: new Date(0),
    listedAt: null,
    notBefore: null,
    failures: 0,
    problem: null,
  };
}

async function carryOut(given: Order): Promise<object> {
  switch (given.type) {
    case 'open':
      mailboxes.set(given.dbName, await openMailbox(given));
      return {};
    case 'run': {
      const mailbox = mailboxes.get(given.dbName);
      if (!mailbox) throw new Error(`${given.dbName} is not open`);
      return mailbox.run(given.again, given.listAnew);
    }
    case 'close':
      await mailboxes.get(given.dbName)?.close();
      mailboxes.delete(given.dbName);
      return {};
  }
}

keepHeapSmall();
process.on('message', (message: unknown) => {
  carryOut(order.parse(message)).then(
    (value) => process.send?.({ value }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
