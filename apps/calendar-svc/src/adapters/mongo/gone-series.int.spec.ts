import type { RemoteChange, RemoteMeeting } from '@daybook/provider-port';
import { newId } from '@daybook/platform/crypto';
import { at, content, exception, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';
import { MongoCalendarSyncStore } from './mongo-calendar-sync-store';

const [START, END] = [at('2026-11-25T10:00'), at('2026-11-25T11:00')];

/** An occurrence that was renamed there, of a series that has been removed from here before anybody had read it. */
describe('an occurrence of a series that is gone', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let store: MongoCalendarSyncStore;
  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    await bench.run();
    const [calendar] = await bench.store.calendarsOf('con_1');
    const lease = await bench.leases.acquire('connection:con_1', newId('run'), 1);
    if (!calendar || !lease) throw new Error('there is no calendar, or its lease is held');
    store = new MongoCalendarSyncStore(bench.surroundings, lease, calendar);
    await store.load();
  });

  const renamed: RemoteChange<RemoteMeeting> = {
    type: 'upserted',
    item: {
      ...exception('ours_2', 'ours', { instant: Date.UTC(2026, 10, 25, 9) }, content('Renamed', START, END)),
      version: 'v1',
    },
  };
  const other: RemoteChange<RemoteMeeting> = {
    type: 'upserted',
    item: { ...single('other', content('Other', START, END)), version: 'v1' },
  };
  const removed: RemoteChange<RemoteMeeting> = { type: 'removed', remoteId: 'ours' };
  const commit = async (changes: readonly RemoteChange<RemoteMeeting>[]) => {
    const page = await store.prepare({ changes, continuation: null, resume: null, complete: true });
    const removals = changes.flatMap((change) => (change.type === 'removed' ? [change.remoteId] : []));
    await page.commit({ removals, initial: false, advance: { type: 'none' } });
  };
  const titles = async (): Promise<(string | null)[]> => (await bench.list()).map(({ title }) => title);

  it.each([
    ['before its series', [renamed, removed, other]],
    ['after its series', [removed, renamed, other]],
  ])('does not come when it is told %s', async (_order, changes) => {
    await commit(changes);
    expect(await titles()).toEqual(['Other']);
  });

  it('goes when its series is told to be gone later', async () => {
    await commit([renamed, other]);
    await commit([removed]);
    expect(await titles()).toEqual(['Other']);
  });
});
