import { setTimeout as sleep } from 'node:timers/promises';
import { at, content, single } from '@daybook/testing/fakes';
import { defaultRemovalLimits } from '@daybook/sync-engine';
import { MongoCalendarSyncStore } from '../adapters/mongo/mongo-calendar-sync-store';
import { MongoTakeoverStore } from '../adapters/mongo/mongo-takeover-store';
import { MongoWriteQueue } from '../adapters/mongo/mongo-write-queue';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { WorkQueue } from '../testing/work-queue';
import { FirstLooks } from '../use-cases/first-looks';
import { KeptAccess } from '../use-cases/kept-access';
import { ServerPlaces } from '../use-cases/server-places';
import { PLACES, SyncWorker } from './sync-worker';

/** So long a page of an endless calendar takes, by the clock. */
const PAGE_MS = 2_000;
const PATIENCE = 2_000;

describe('the connections of one process', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let queue: WorkQueue;
  let worker: SyncWorker;
  let inside: Map<string, number>;
  let most: Map<string, number>;

  const start = async (serverOf?: (address: string) => string): Promise<void> => {
    bench = await startSyncBench({ pageSize: 2, database: database(), ...(serverOf ? { serverOf } : {}) });
    queue = new WorkQueue();
    [inside, most] = [new Map(), new Map()];
    const { store, access, providerFor, leases, surroundings, clock } = bench;
    const random = (): number => 0.5;
    const servers = new ServerPlaces({ ...PLACES, clock, random, wake: queue.wake });
    worker = new SyncWorker({
      ...{ jobs: queue, leases, store, wake: queue.wake, servers },
      syncStore: (lease, calendar) => new MongoCalendarSyncStore(surroundings, lease, calendar),
      writeQueue: (lease, connectionId, remoteIdOf) =>
        new MongoWriteQueue(surroundings, lease, { connectionId, remoteIdOf }),
      purges: { purged: async () => undefined },
      run: {
        ...{ store, clock, providerFor, removalLimits: defaultRemovalLimits },
        takeovers: new MongoTakeoverStore(surroundings),
        access: new KeptAccess(access, clock),
        firstLooks: new FirstLooks({ providerFor, clock, servers }),
        reporter: { report: async () => undefined },
        random,
        wakeAt: () => undefined,
        log: () => undefined,
      },
    });
  };
  afterEach(async () => {
    await worker.stop();
    jest.restoreAllMocks();
  });

  const connect = async (name: string, server: string): Promise<string> => {
    const address = `${name}@${server}.example`;
    const person = { _id: `con_${name}`, userId: `usr_${name}`, accountId: 'acc_1' };
    const mailbox = await bench.addPerson(person, address);
    mailbox.put(single(name, content(name, at('2027-03-24T10:00'), at('2027-03-24T11:00'))));
    return address;
  };
  /** A calendar that never comes to an end, as soon as its next days are told. */
  const connectEndless = async (name: string, server: string): Promise<void> => {
    const address = await connect(name, server);
    bench.provider.faults.add({ kind: 'endless_items', times: Infinity, address, on: 'changes', after: 1 });
  };
  /** Pages take time, and who is being listed is counted. */
  const watched = (): void => {
    const open = bench.provider.calendar.open.bind(bench.provider.calendar);
    jest.spyOn(bench.provider.calendar, 'open').mockImplementation((access) => {
      const session = open(access);
      const [, server = ''] = bench.provider.auth.holderOf(access.token).split('@');
      return {
        ...session,
        async *changes(request) {
          // The next days of whoever has just connected are asked for ahead, without a slot.
          const counts = request.window.type === 'all' ? 1 : 0;
          const now = (inside.get(server) ?? 0) + counts;
          inside.set(server, now);
          most.set(server, Math.max(most.get(server) ?? 0, now));
          try {
            for await (const page of session.changes(request)) {
              bench.clock.advance(PAGE_MS);
              yield page;
            }
          } finally {
            inside.set(server, (inside.get(server) ?? 0) - counts);
          }
        },
      };
    });
  };
  const titles = async (connectionId: string): Promise<(string | undefined)[]> =>
    (await bench.collections.meetings.find({ connectionId }).toArray()).map(({ content: its }) => its?.title);
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (let round = 0; round < PATIENCE; round += 1) {
      if (await isSo()) return;
      await sleep(10);
    }
    throw new Error('it never came to that');
  };
  const isServed = (name: string) => async (): Promise<boolean> => (await titles(`con_${name}`)).includes(name);

  it('are all served, also where as many as there are slots have no end', async () => {
    await start();
    for (let n = 0; n < 6; n += 1) await connectEndless(`endless${n}`, 'cloud');
    await connect('healthy', 'cloud');
    watched();
    for (let n = 0; n < 6; n += 1) queue.wake(`con_endless${n}`);
    await worker.start();
    await until(() => queue.begun.length >= 6);
    queue.wake('con_healthy');
    await until(isServed('healthy'));
    // And those that had to give way go on.
    await until(() => queue.begun.lastIndexOf('con_endless0') > 6);
  });

  it('are all served, also where servers that people have named have no end and take all the places for such', async () => {
    await start((address) => address.split('@')[1] ?? '');
    for (const name of ['one', 'two', 'three']) await connectEndless(name, name);
    await connect('healthy', 'four');
    watched();
    for (const name of ['one', 'two', 'three']) queue.wake(`con_${name}`);
    await worker.start();
    await until(() => ['one', 'two', 'three'].every((name) => inside.get(`${name}.example`) === 1));
    queue.wake('con_healthy');
    await until(isServed('healthy'));
  });

  it('share a server that people have named two at a time, and leave slots to others', async () => {
    await start((address) => address.split('@')[1] ?? '');
    const names = Array.from({ length: 6 }, (_none, n) => `same${n}`);
    for (const name of names) await connectEndless(name, 'corp');
    await connect('healthy', 'four');
    watched();
    names.forEach((name) => queue.wake(`con_${name}`));
    queue.wake('con_healthy');
    await worker.start();
    await until(isServed('healthy'));
    const turns = (): number => new Set(queue.begun.slice(6)).size;
    // Two at once meet in their listings sooner or later; three never do.
    await until(() => turns() >= 6 && (most.get('corp.example') ?? 0) >= 2);
    expect(most.get('corp.example')).toBe(2);
  });
});
