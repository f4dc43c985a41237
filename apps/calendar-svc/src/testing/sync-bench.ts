import type { Connection } from 'mongoose';
import { createJoinDetector } from '@daybook/domain';
import {
  AUDIT_SUBJECT,
  auditRecordSchema,
  calendarMeetingList,
  cloudEventOf,
  meetingEventDataSchema,
  type AuditRecord,
  type Caller,
  type Meeting,
  type MeetingEventData,
} from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import { inPlainSight, MongoKeptAnswers, Once } from '@daybook/platform/idempotency';
import { createLogger } from '@daybook/platform/logging';
import { connectMongo, ensureIndexes, LeaseStore, type ClientSession } from '@daybook/platform/mongo';
import { OutboxWriter } from '@daybook/platform/outbox';
import { defaultRemovalLimits } from '@daybook/sync-engine';
import { FakeClock, FakeProvider, type FakeMailbox } from '@daybook/testing/fakes';
import { KeptPages } from '../api/kept-pages';
import { calendarIndexes, collectionsOf, type CalendarCollections } from '../adapters/mongo/collections';
import { MongoCalendarStore } from '../adapters/mongo/mongo-calendar-store';
import { BuiltInHost } from '../adapters/built-in-host';
import { MongoMeetingWriter } from '../adapters/mongo/mongo-meeting-writer';
import { MongoRemovalUndo } from '../adapters/mongo/mongo-removal-undo';
import { MongoReviewStore } from '../adapters/mongo/mongo-review-store';
import { MongoTakeoverStore } from '../adapters/mongo/mongo-takeover-store';
import { MongoWriteQueue } from '../adapters/mongo/mongo-write-queue';
import { releaseOwn } from '../adapters/mongo/release-own';
import { MongoCalendarSyncStore } from '../adapters/mongo/mongo-calendar-sync-store';
import { MongoMeetingReader } from '../adapters/mongo/mongo-meeting-reader';
import type { SliceOutcome, SyncStoreSurroundings } from '../adapters/mongo/sync-store-surroundings';
import type { AccessSource, PartReport } from '../ports/access-source';
import type { ConnectionRecord } from '../ports/records';
import type { ListSurroundings } from '../use-cases/list-meetings';
import { readChanges } from '../use-cases/read-changes';
import type { WriteSurroundings } from '../use-cases/write-surroundings';
import { FirstLooks } from '../use-cases/first-looks';
import { KeptAccess } from '../use-cases/kept-access';
import { runConnection } from '../use-cases/run-connection';
import { beginRun } from '../use-cases/run-start';
import { ServerPlaces, type RunEnd } from '../use-cases/server-places';

export const ADDRESS = 'ada@example.com';
export const POLL_MS = 300_000;

/** The service's own stores on a real database, with a provider in memory in place of the network and of auth-svc. */
export interface SyncBench {
  readonly clock: FakeClock;
  readonly provider: FakeProvider;
  readonly mailbox: FakeMailbox;
  readonly collections: CalendarCollections;
  readonly store: MongoCalendarStore;
  readonly access: AccessSource;
  readonly providerFor: (of?: Pick<ConnectionRecord, 'method'> | string) => FakeProvider;
  readonly surroundings: SyncStoreSurroundings;
  readonly leases: LeaseStore;
  readonly reports: PartReport[];
  /** What auth-svc was told of access that the provider takes no more. */
  readonly revocations: {
    readonly connectionId: string;
    readonly rejected: string;
    readonly claims?: string | undefined;
  }[];
  readonly commits: SliceOutcome[];
  readonly logs: { readonly message: string; readonly [field: string]: string | number | boolean }[];
  readonly reading: ListSurroundings;
  readonly reviews: MongoReviewStore;
  readonly removals: MongoRemovalUndo;
  readonly caller: Caller;
  /** One run of the connection, under a lease of its own. */
  run(options?: {
    stopped?: () => boolean;
    sliceOver?: () => boolean;
    crashAfterCommits?: number;
    connectionId?: string;
  }): Promise<RunEnd>;
  /** Somebody else with a connection of their own; gives their mailbox. */
  addPerson(person: Pick<ConnectionRecord, '_id' | 'userId' | 'accountId'>, address: string): Promise<FakeMailbox>;
  /** The connection works by another method from now on, whose provider is this one. */
  changeTo(method: ConnectionRecord['method'], provider: FakeProvider): Promise<void>;
  /** Runs as long as the scheduler would wake somebody; how often that was. */
  runWhileDue(): Promise<number>;
  /** Every calendar is due. */
  hint(): Promise<void>;
  list(query?: Record<string, unknown>, as?: Caller): Promise<Meeting[]>;
  /** What a client holds that started with nothing and applied every change since. */
  replay(mirror: Map<string, Meeting>, since: string | undefined, as?: Caller): Promise<string>;
  /** What scheduling, changing and deleting need; whoever waits for the provider makes a run happen. */
  writing: WriteSurroundings<ClientSession>;
  close(): Promise<void>;
}

/** An empty database of its own with all indexes; dropped by whoever made it. */
export async function openTestDatabase(): Promise<Connection> {
  const uri = process.env.MONGODB_URI;
  if (!uri) throw new Error('MONGODB_URI is not set: run the tests through npm test');
  const logger = createLogger({ service: 'calendar-svc-test', level: 'error' });
  const connection = await connectMongo({ uri, dbName: newId('test').slice(0, 38), logger });
  await ensureIndexes(connection, calendarIndexes);
  return connection;
}

/** One database for all cases of a `describe`, which begin by emptying it. */
export function withTestDatabase(): () => Connection {
  let database: Connection | null = null;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database?.db?.dropDatabase();
    await database?.close();
  });
  return () => {
    if (!database) throw new Error('the database is not open');
    return database;
  };
}

/** With a `database` that is already there the bench begins by emptying it: much faster than a new one for each history. */
export async function startSyncBench(
  options: {
    pageSize?: number;
    database?: Connection;
    mailsAttendees?: 'always';
    serverOf?: (address: string) => string;
  } = {},
): Promise<SyncBench> {
  const connection = options.database ?? (await openTestDatabase());
  if (options.database)
    await Promise.all(Object.values(collectionsOf(connection)).map((collection) => collection.deleteMany({})));
  const clock = new FakeClock();
  const { pageSize = 10, mailsAttendees, serverOf } = options;
  const provider = new FakeProvider({
    clock,
    pageSize,
    remoteIdForm: 'ewsId',
    ...(mailsAttendees ? { mailsAttendees } : {}),
    ...(serverOf ? { serverOf } : {}),
  });
  const mailbox = provider.mailbox(ADDRESS);
  const collections = collectionsOf(connection);
  const outbox = new OutboxWriter({ source: '/daybook/calendar-svc', clock: clock.asDates });
  const commits: SliceOutcome[] = [];
  const surroundings: SyncStoreSurroundings = {
    ...{ connection, collections, outbox, clock, pollEveryMs: POLL_MS },
    detectJoin: createJoinDetector('Zoom'),
    deployment: 'test',
    committed: (outcome) => void commits.push(outcome),
  };
  const store = new MongoCalendarStore(collections, {
    ...{ connection, outbox, clock, listEveryMs: POLL_MS },
    releaseOwn: (calendar) => releaseOwn(calendar, surroundings),
  });
  const leases = new LeaseStore(connection);
  const reports: PartReport[] = [];
  const revocations: SyncBench['revocations'] = [];
  const logs: SyncBench['logs'] = [];
  await store.followConnection(connectionRecord(clock.now()));
  const reading: ListSurroundings = {
    store,
    reader: new MongoMeetingReader(collections),
    policy: { of: async () => ({ enabled: true, twoWaySync: true, reschedule: 'separate' }) },
    clock,
    pollEveryMs: POLL_MS,
  };
  const pages = new KeptPages(reading);
  const ways = new Map<ConnectionRecord['method'], FakeProvider>([['oauth2', provider]]);
  let way: ConnectionRecord['method'] = 'oauth2';
  const providerFor: SyncBench['providerFor'] = (of = '') =>
    (typeof of === 'string' ? undefined : ways.get(of.method)) ?? provider;
  const addresses = new Map<string, string>();
  const access: AccessSource = {
    get: async (connectionId) => ({
      type: 'access',
      token: providerFor({ method: way }).access(addresses.get(connectionId) ?? ADDRESS).token,
      expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
      notBefore: null,
    }),
    throttle: async () => undefined,
    revoked: async (connectionId, rejected, claims) => void revocations.push({ connectionId, rejected, claims }),
  };
  const caller: Caller = { userId: 'usr_ada', accountId: 'acc_1', role: 'member', client: { kind: 'portal' } };

  const servers = new ServerPlaces({ most: 2, mostAtOne: 1, clock, random: () => 0.5, wake: () => undefined });

  const run: SyncBench['run'] = async ({
    stopped = () => false,
    sliceOver = () => false,
    crashAfterCommits = Infinity,
    connectionId = 'con_1',
  } = {}) => {
    let left = crashAfterCommits;
    const crashing = (outcome: SliceOutcome): void => {
      commits.push(outcome);
      left -= 1;
      if (left < 0) throw new CrashedOnPurpose();
    };
    const ran = await leases.withLease(`connection:${connectionId}`, { owner: newId('run'), ttlMs: 15_000 }, (lease) =>
      runConnection(
        beginRun(connectionId, {
          ...{ store, access: new KeptAccess(access, clock), clock },
          firstLooks: new FirstLooks({ providerFor, clock, servers }),
        }),
        {
          store,
          takeovers: new MongoTakeoverStore(surroundings),
          access,
          reporter: { report: async (report) => void reports.push(report) },
          clock,
          random: () => 0.5,
          removalLimits: defaultRemovalLimits,
          providerFor,
          stopped,
          sliceOver,
          servers,
          writesWait: () => false,
          wakeAt: () => undefined,
          writesSeen: () => undefined,
          writeQueue: (id, remoteIdOf) =>
            new MongoWriteQueue({ ...surroundings, committed: crashing }, lease, { connectionId: id, remoteIdOf }),
          log: (message, fields) => void logs.push({ message, ...fields }),
          syncStore: (calendar) =>
            new MongoCalendarSyncStore({ ...surroundings, committed: crashing }, lease, calendar),
        },
      ),
    );
    if (ran === 'held') throw new Error('the lease was held');
    return ran;
  };

  const writing: WriteSurroundings<ClientSession> = {
    ...reading,
    writer: new MongoMeetingWriter(surroundings),
    host: new BuiltInHost('Zoom'),
    brand: 'Zoom',
    detectJoin: createJoinDetector('Zoom'),
    once: new Once(new MongoKeptAnswers(connection, (session: ClientSession) => session), inPlainSight, clock.asDates),
    providerFor,
    person: async () => ({ name: 'Ada', email: ADDRESS }),
    wake: () => undefined,
    pause: async () => void (await run()),
    patienceMs: 400,
  };

  return {
    clock,
    provider,
    mailbox,
    collections,
    store,
    access,
    providerFor,
    surroundings,
    leases,
    reports,
    revocations,
    commits,
    logs,
    reading,
    reviews: new MongoReviewStore({ connection, collections, outbox, clock }),
    removals: new MongoRemovalUndo(surroundings),
    caller,
    run,
    writing,
    addPerson: async (person, address) => {
      addresses.set(person._id, address);
      await store.followConnection({ ...connectionRecord(clock.now()), ...person, addresses: [address] });
      return provider.mailbox(address);
    },
    changeTo: async (method, other) => {
      ways.set(method, other);
      way = method;
      const now = await store.connection('con_1');
      if (!now) throw new Error('there is no connection');
      const { namedBy: _before, ...word } = now;
      await store.followConnection({ ...word, method, revision: now.revision + 1, listDueAt: new Date(clock.now()) });
    },
    runWhileDue: async () => {
      let runs = 0;
      while ((await store.dueConnections(new Date(clock.now()), { limit: 9, push: true })).length > 0) {
        await run();
        if ((runs += 1) > 20) throw new Error('it is due again and again');
      }
      return runs;
    },
    hint: () => store.requestSyncOfConnection('con_1', new Date(clock.now())),
    list: async (query = {}, as = caller) => {
      const page: unknown = JSON.parse((await pages.read(as, { limit: 500, ...query })).toString('utf8'));
      return calendarMeetingList.output.parse(page).items;
    },
    replay: async (mirror, since, as = caller) => {
      let cursor = since;
      for (;;) {
        const page = await readChanges(as, { limit: 7, ...(cursor === undefined ? {} : { since: cursor }) }, reading);
        for (const change of page.items) {
          if (change.type === 'removed') mirror.delete(change.id);
          else mirror.set(change.meeting.id, change.meeting);
        }
        cursor = page.next;
        if (!page.more) return cursor;
      }
    },
    close: async () => {
      if (options.database) return;
      await connection.db?.dropDatabase();
      await connection.close();
    },
  };
}

/** The data of all events with a subject, in the order in which they were written. */
export async function eventsOf({ collections }: SyncBench, subject: string): Promise<MeetingEventData[]> {
  const rows = await collections.outbox.find({ subject }).sort({ _id: 1 }).toArray();
  return rows.map(({ body }) => cloudEventOf(meetingEventDataSchema).parse(JSON.parse(body)).data);
}

export async function auditRecordsOf({ collections }: SyncBench): Promise<AuditRecord[]> {
  const rows = await collections.outbox.find({ subject: AUDIT_SUBJECT }).sort({ _id: 1 }).toArray();
  return rows.map(({ body }) => cloudEventOf(auditRecordSchema).parse(JSON.parse(body)).data);
}

/** Stands for a process that dies right after a commit: nothing after it happens. */
export class CrashedOnPurpose extends Error {}

function connectionRecord(now: number): ConnectionRecord {
  return {
    _id: 'con_1',
    accountId: 'acc_1',
    userId: 'usr_ada',
    service: 'google',
    method: 'oauth2',
    addresses: [ADDRESS],
    status: 'live',
    readable: true,
    writable: true,
    revision: 1,
    receiptId: null,
    listDueAt: new Date(now),
    listedAt: null,
    notBefore: null,
    failures: 0,
    problem: null,
  };
}
