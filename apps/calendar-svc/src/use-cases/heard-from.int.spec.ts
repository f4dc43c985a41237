import { at, content, single } from '@daybook/testing/fakes';
import { listMeetings } from './list-meetings';
import { POLL_MS, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';

describe('a provider that calls nobody', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
  });

  const put = (name: string, day = '2026-11-24'): void => {
    subject.mailbox.put(single(name, content(name, at(`${day}T10:00`), at(`${day}T11:00`))));
  };
  const due = (): Promise<string[]> =>
    subject.store.dueConnections(new Date(subject.clock.now()), { limit: 9, push: false });
  const titles = async (): Promise<(string | null)[]> => (await subject.list()).map(({ title }) => title).sort();
  const freshness = async () => (await listMeetings(subject.caller, {}, subject.reading)).freshness;

  it('is asked again when the poll interval is over, and its change arrives', async () => {
    put('first');
    await subject.run();
    // Once more, because a channel was opened; none of its calls ever arrives here.
    await subject.run();
    put('second');
    subject.mailbox.remove('first');
    expect(await due()).toEqual([]);
    subject.clock.advance(POLL_MS);
    expect(await due()).toEqual(['con_1']);
    await subject.run();
    expect(await titles()).toEqual(['second']);
    expect(await due()).toEqual([]);
  });

  it('is said to be heard a moment ago, asked again at the next poll, and stale once two polls went by unheard', async () => {
    put('first');
    await subject.run();
    const heard = subject.clock.now();
    expect(await freshness()).toMatchObject({
      stale: false,
      sources: [
        {
          connectionId: 'con_1',
          part: 'calendar',
          lastSuccessAt: new Date(heard).toISOString(),
          nextAttemptAt: new Date(heard + POLL_MS).toISOString(),
        },
      ],
    });
    subject.clock.advance(2 * POLL_MS);
    expect((await freshness()).stale).toBe(false);
    subject.clock.advance(1);
    expect((await freshness()).stale).toBe(true);
    await subject.run();
    expect((await freshness()).stale).toBe(false);
  });

  it('shows how far a first sync is: the next days before everything, how many so far, nothing when it is through', async () => {
    for (let n = 0; n < 25; n += 1) put(`far ${n}`, '2027-08-01');
    put('soon');
    // The glance comes through; the listing breaks off on its second page.
    subject.provider.faults.add({ kind: 'unavailable', on: 'changes', after: 2 });
    await subject.run();
    const [said] = subject.reports.slice(-1);
    expect(said).toMatchObject({ progress: { total: null, soonReady: true } });
    expect(said?.progress?.done).toBeGreaterThan(1);
    expect(said?.progress?.done).toBeLessThan(26);
    subject.clock.advance(3_600_000);
    await subject.run();
    expect(subject.reports.at(-1)).toMatchObject({ state: 'active' });
    expect(subject.reports.at(-1)?.progress).toBeUndefined();
  });
});
