import { newId } from '@daybook/platform/crypto';
import { coveredListingSuite, type CoveredListingBench } from '@daybook/sync-engine/testing';
import { startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';
import { listCalendars } from '../../use-cases/calendars';
import { listFreshness } from '../../use-cases/list-meetings';
import { partReport } from '../../use-cases/part-report';
import { viewerOf } from '../../use-cases/viewer';
import { MongoCalendarSyncStore } from './mongo-calendar-sync-store';

/** One calendar that has been found, under a lease that ends with its case. */
async function startCovered(bench: SyncBench): Promise<CoveredListingBench> {
  await bench.run();
  const { calendars, meetings } = bench.collections;
  const lease = await bench.leases.acquire('connection:con_1', newId('run'), 1);
  if (!lease) throw new Error('the lease is held');
  return {
    store: async () => {
      const [calendar] = await bench.store.calendarsOf('con_1');
      if (!calendar) throw new Error('there is no calendar');
      return new MongoCalendarSyncStore(bench.surroundings, lease, calendar);
    },
    forgetCursor: async () => void (await calendars.updateMany({}, { $set: { cursor: null, listing: null } })),
    items: async () => {
      const records = await meetings.find().toArray();
      return new Map(
        records.map(({ remoteId, remoteVersion: version, content }) => [
          remoteId,
          { version, start: content?.start ?? null },
        ]),
      );
    },
  };
}

describe('a listing of a stretch of time, on the database', () => {
  const database = withTestDatabase();
  coveredListingSuite(async () => startCovered(await startSyncBench({ database: database() })));
});

describe('what a provider shows at all', () => {
  const database = withTestDatabase();
  const NARROW = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2027, 5, 1) };
  const TOLD = { from: '2026-09-01T00:00:00.000Z', to: '2027-06-01T00:00:00.000Z' };
  let bench: SyncBench;
  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
  });

  const finish = async (coverage: typeof NARROW | null): Promise<void> => {
    const store = await (await startCovered(bench)).store();
    await store.load();
    const page = { changes: [], continuation: null, resume: 'next', complete: true, ...(coverage && { coverage }) };
    const advance = { type: 'finished', resume: 'next', served: 1, listed: null } as const;
    await (await store.prepare(page)).commit({ removals: [], initial: false, advance });
  };
  const told = async () => {
    const { caller, reading, store, clock } = bench;
    const connection = await store.connection('con_1');
    const calendars = await store.calendarsOf('con_1');
    if (!connection) throw new Error('there is no connection');
    const viewer = await viewerOf(caller, store, reading.policy);
    return {
      ofCalendars: (await listCalendars(caller, {}, reading)).freshness.coverage,
      ofConnection: partReport(connection, calendars, new Date(clock.now())).coverage,
      ofList: listFreshness(viewer, reading).coverage,
    };
  };

  it('is told of calendars, connection and list', async () => {
    await finish(NARROW);
    expect(await told()).toEqual({
      ofCalendars: TOLD,
      ofConnection: { from: new Date(NARROW.from), to: new Date(NARROW.to) },
      ofList: TOLD,
    });
  });

  it('is nothing to tell of where it is everything; a list then names what is stored', async () => {
    await finish(null);
    const { ofCalendars, ofConnection, ofList } = await told();
    expect([ofCalendars, ofConnection]).toEqual([undefined, undefined]);
    expect(ofList).toEqual({ from: '2026-08-24T00:00:00.000Z', to: '2027-12-27T00:00:00.000Z' });
  });
});
