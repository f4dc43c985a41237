import { newId } from '@daybook/platform/crypto';
import { LeaseLost, type Lease } from '@daybook/platform/mongo';
import { at, content, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';
import { MongoCalendarSyncStore } from './mongo-calendar-sync-store';

const LEASE = 'connection:con_1';

describe('a run that has lost its lease', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    bench.mailbox.put(single('a', content('Before', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    await bench.run();
  });

  const holder = async (): Promise<Lease> => {
    const lease = await bench.leases.acquire(LEASE, newId('run'), 1);
    if (!lease) throw new Error('the lease was held');
    return lease;
  };
  const storeOf = async (lease: Lease): Promise<MongoCalendarSyncStore> => {
    const [calendar] = await bench.store.calendarsOf('con_1');
    if (!calendar) throw new Error('there is no calendar');
    return new MongoCalendarSyncStore(bench.surroundings, lease, calendar);
  };
  /** A page with one change, ready to be committed. */
  const readyPage = async (store: MongoCalendarSyncStore, title: string) => {
    const item = bench.mailbox.put(single('a', content(title, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    await store.load();
    return store.prepare({ changes: [{ type: 'upserted', item }], continuation: null, resume: null, complete: true });
  };
  const rest = { removals: [], initial: false, advance: { type: 'none' } } as const;
  const titles = async (): Promise<(string | null)[]> => (await bench.list()).map(({ title }) => title);

  it('writes nothing once the next holder has begun to read', async () => {
    const old = await readyPage(await storeOf(await holder()), 'From the old run');
    await bench.collections.outbox.deleteMany({});
    const next = await storeOf(await holder());
    await next.load();
    await expect(old.commit(rest)).rejects.toBeInstanceOf(LeaseLost);
    expect(await titles()).toEqual(['Before']);
    expect(await bench.collections.outbox.countDocuments()).toBe(0);
  });

  it('cannot begin either', async () => {
    const lost = await holder();
    await (await storeOf(await holder())).load();
    await expect((await storeOf(lost)).load()).rejects.toBeInstanceOf(LeaseLost);
    await expect((await storeOf(lost)).asideDue(bench.clock.now())).rejects.toBeInstanceOf(LeaseLost);
  });

  it('does not stand in the way of the one that has it', async () => {
    await readyPage(await storeOf(await holder()), 'From the old run');
    const next = await readyPage(await storeOf(await holder()), 'From the next run');
    await next.commit(rest);
    expect(await titles()).toEqual(['From the next run']);
  });
});
