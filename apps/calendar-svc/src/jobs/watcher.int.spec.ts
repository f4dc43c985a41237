import { setTimeout as sleep } from 'node:timers/promises';
import { at, content, single } from '@daybook/testing/fakes';
import { MongoWatchableConnections } from '../adapters/mongo/mongo-watchable-connections';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { Watcher } from './watcher';

const PACE = { lookEvery: 20, lease: 400, heldAgain: 50 };
const PATIENCE = 200;

describe('processes that listen to connections', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let running: Watcher[];
  /** What was looked for: connections by name, or all. */
  let reads: (readonly string[] | undefined)[];
  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    bench.mailbox.addCalendar({ remoteId: 'second' });
    await bench.runWhileDue();
    running = [];
    reads = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop()));
  });

  /** One that dies keeps its leases without renewing them. */
  const start = (options: { most?: number; dies?: AbortSignal } = {}): Watcher => {
    const { most = 10, dies } = options;
    const watcher = new Watcher({
      connections: {
        find: (ways, among) => (reads.push(among), new MongoWatchableConnections(bench.collections).find(ways, among)),
      },
      ways: [{ service: 'google', method: 'oauth2' }],
      leases: dies ? { withLease: deadly(bench.leases, dies) } : bench.leases,
      most,
      pace: PACE,
      log: () => undefined,
      watching: {
        ...{ store: bench.store, access: bench.access, clock: bench.clock, providerFor: () => bench.provider },
        hints: { store: bench.store, wake: () => undefined },
        random: () => 0,
        pause: async (ms, signal) => void (await sleep(Math.min(ms, 20), undefined, { signal }).catch(() => undefined)),
        failed: (error) => {
          throw error;
        },
      },
    });
    running.push(watcher);
    watcher.start();
    return watcher;
  };
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (let round = 0; round < PATIENCE; round += 1) {
      if (await isSo()) return;
      await sleep(25);
    }
    throw new Error('it never came to that');
  };
  const listening = (): number => bench.provider.watching.listening.length;
  const put = (id: string): void => {
    bench.mailbox.put(single(id, content(id, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  };
  const titles = async (): Promise<(string | null)[]> => (await bench.list()).map(({ title }) => title).sort();
  const synced = async (): Promise<boolean> => (await bench.runWhileDue()) >= 0;

  it('share them: each connection has one listener, however many processes there are', async () => {
    await bench.addPerson({ _id: 'con_2', userId: 'usr_bob', accountId: 'acc_2' }, 'bob@example.com');
    await bench.run({ connectionId: 'con_2' });
    const both = [start({ most: 1 }), start({ most: 1 })];
    await until(() => listening() === 2);
    expect(both.map((one) => one.listening.length)).toEqual([1, 1]);
    await sleep(300);
    expect(listening()).toBe(2);
    expect(bench.provider.watching.asked).toHaveLength(2);
  });

  it('bring a change to whoever reads, without a poll', async () => {
    start();
    await until(() => listening() === 1);
    await synced();
    put('new');
    await until(async () => (await synced()) && (await titles()).includes('new'));
  });

  it('take over from one that died, and look for what nobody heard meanwhile', async () => {
    const death = new AbortController();
    start({ dies: death.signal });
    await until(() => listening() === 1);
    await synced();
    bench.provider.watching.isDeaf = true;
    death.abort();
    put('unheard');
    const heir = start();
    await until(() => heir.listening.length === 1);
    // It looks as soon as it hears, which is a little after it has taken its place.
    await until(async () => (await synced()) && (await titles()).length > 0);
    expect(await titles()).toEqual(['unheard']);
  });

  it('hand over at once when one ends in good order', async () => {
    const first = start();
    await until(() => first.listening.length === 1);
    const second = start();
    await first.stop();
    await until(() => second.listening.length === 1);
    expect(listening()).toBe(1);
  });

  it('listen to what is selected, and follow a change of that', async () => {
    start();
    await until(() => listening() === 1);
    expect(bench.provider.watching.listening[0]?.slice().sort()).toEqual(['primary', 'second']);
    await bench.collections.calendars.updateOne({ remoteId: 'second' }, { $set: { selected: false } });
    await until(() => String(bench.provider.watching.listening) === 'primary');
  });

  it.each([
    ['suspended', { status: 'stopped' }],
    ['deleted', { status: 'deleted' }],
    ['not readable any more', { readable: false }],
    ['worked on in another way', { method: 'ews' }],
    ['known by names of another provider', { namedBy: 'ews' }],
  ] as const)('stop when a connection is %s, and begin again when that is over', async (_what, change) => {
    const before = await bench.store.connection('con_1');
    start();
    await until(() => listening() === 1);
    await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: change });
    await until(() => listening() === 0);
    if (!before) throw new Error('there was no connection');
    const { _id, ...rest } = before;
    await bench.collections.connections.replaceOne({ _id }, rest);
    await until(() => listening() === 1);
  });

  it('read nothing of what others listen to while they have no room', async () => {
    await bench.addPerson({ _id: 'con_2', userId: 'usr_bob', accountId: 'acc_2' }, 'bob@example.com');
    await bench.run({ connectionId: 'con_2' });
    const watcher = start({ most: 1 });
    await until(() => watcher.listening.length === 1);
    const before = reads.length;
    await until(() => reads.length > before + 2);
    expect(reads.slice(before + 1, before + 3)).toEqual([watcher.listening, watcher.listening]);
    await bench.collections.connections.updateOne({ _id: watcher.listening[0] ?? '' }, { $set: { status: 'stopped' } });
    await until(() => watcher.listening.length === 1 && !reads.at(-1)?.includes(reads[before + 1]?.[0] ?? ''));
  });

  it('do not show again what a person has replaced, nor keep listening with it', async () => {
    start();
    await until(() => listening() === 1);
    await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { decisions: 7 }, $inc: { revision: 1 } });
    await until(() => bench.provider.watching.asked.length === 2 && listening() === 1);
    expect(bench.provider.watching.withdrawn).toBe(1);
  });

  it('listen to nothing that was never read, or has no calendars', async () => {
    await bench.addPerson({ _id: 'con_2', userId: 'usr_bob', accountId: 'acc_2' }, 'bob@example.com');
    const found = () =>
      new MongoWatchableConnections(bench.collections).find([{ service: 'google', method: 'oauth2' }]);
    expect((await found()).map(({ connectionId }) => connectionId)).toEqual(['con_1']);
    await bench.collections.calendars.updateMany({}, { $set: { selected: false } });
    expect(await found()).toEqual([]);
  });
});

/** `withLease` of a process that dies: what it held is neither renewed nor given back, and nothing of it goes on. */
function deadly(leases: SyncBench['leases'], dies: AbortSignal): SyncBench['leases']['withLease'] {
  return async (id, { owner, ttlMs }, work) => {
    const lease = await leases.acquire(id, owner, ttlMs);
    if (!lease) return 'held';
    const renewing = setInterval(() => void leases.renew(lease, ttlMs), ttlMs / 3);
    dies.addEventListener('abort', () => clearInterval(renewing), { once: true });
    const done = await work(lease, dies);
    clearInterval(renewing);
    return done;
  };
}
