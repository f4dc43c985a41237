import { at, content, FakeProvider, single } from '@daybook/testing/fakes';
import { runCalendar, type CalendarRun } from './calendar-run';
import { TooManyItems } from './pass-bounds';
import { FakeCalendarSyncStore } from './testing/fake-calendar-sync-store';

const ADDRESS = 'ada@example.com';
const PAGE = 3;

describe('a run that gives way to others', () => {
  let provider: FakeProvider;
  let store: FakeCalendarSyncStore;
  beforeEach(() => {
    provider = new FakeProvider({ pageSize: PAGE });
    store = new FakeCalendarSyncStore();
  });

  const run = (more: Pick<CalendarRun, 'sliceOver' | 'mostItems'> = {}) =>
    runCalendar({
      ...more,
      session: provider.calendar.open(provider.access(ADDRESS)),
      calendarRemoteId: 'primary',
      store,
      now: () => Date.UTC(2026, 10, 22, 8),
    });
  /** One page for each run. How many runs it took. */
  const slices = async (between: (run: number) => void = () => undefined): Promise<number> => {
    for (let runs = 1; runs <= 100; runs += 1) {
      if ((await run({ sliceOver: () => true })).type === 'done') return runs;
      between(runs);
    }
    throw new Error('it never came to its end');
  };
  const name = (n: number): string => `e${`${n}`.padStart(3, '0')}`;
  const put = (n: number, day = '2027-08-01'): void => {
    provider.mailbox(ADDRESS).put(single(name(n), content(name(n), at(`${day}T10:00`), at(`${day}T11:00`))));
  };
  const there = (): string[] =>
    provider
      .mailbox(ADDRESS)
      .items()
      .map(({ remoteId }) => remoteId)
      .sort();
  const stored = (): string[] => [...store.items.keys()].sort();
  const upserts = (): number => store.commits.reduce((sum, commit) => sum + commit.upserts.length, 0);

  it('comes to the end of a long listing in many slices, and asks for no page twice', async () => {
    for (let n = 0; n < 60; n += 1) put(n);
    expect(await slices()).toBe(20);
    expect([stored(), upserts()]).toEqual([there(), 60]);
    // The days ahead, and a page that was read ahead of each end.
    expect(provider.requests.length).toBeLessThanOrEqual(1 + 2 * 20);
  });

  it('is cut only where others wait', async () => {
    for (let n = 0; n < 60; n += 1) put(n);
    expect(await run({ sliceOver: () => false })).toMatchObject({ type: 'done', written: 60 });
  });

  it('removes what no slice of the listing has shown, and nothing that an earlier one has', async () => {
    for (let n = 0; n < 60; n += 1) put(n);
    await run();
    for (const n of [5, 30, 55]) provider.mailbox(ADDRESS).remove(name(n));
    provider.mailbox(ADDRESS).expireCursors();
    await slices(() => expect(store.items.size).toBe(60));
    expect([stored(), store.items.size]).toEqual([there(), 57]);
  });

  it('misses nothing that happens between two slices', async () => {
    for (let n = 0; n < 30; n += 1) put(n);
    await slices((runs) => {
      provider.mailbox(ADDRESS).remove(name(runs));
      if (runs < 5) put(30 + runs);
    });
    await run();
    expect(stored()).toEqual(there());
  });

  it('goes over to the listing where the next days have no end', async () => {
    provider.faults.add({ kind: 'endless_items', times: 2 });
    put(1);
    await run({ sliceOver: () => true });
    expect(store.state.glanced).toBe(true);
    await slices();
    expect(stored()).not.toContain('invented-4');
    expect(stored()).toContain(name(1));
  });

  it('goes over to the listing as well where the next days have no end and nobody waits', async () => {
    provider.pageSize = 4_000;
    provider.faults.add({ kind: 'endless_items', times: 4 });
    put(1);
    await run();
    const glanced = store.commits.findIndex(({ advance }) => advance.type === 'glanced');
    expect([glanced, stored().at(0)]).toEqual([2, name(1)]);
  });

  it('reads a short delta to its end, and leaves a long one to a listing in slices', async () => {
    for (let n = 0; n < 60; n += 1) put(n);
    await run();
    for (let n = 0; n < 9; n += 1) put(n, '2027-08-02');
    expect(await run({ sliceOver: () => true })).toMatchObject({ type: 'done', written: 9 });
    for (const n of [1, 2]) provider.mailbox(ADDRESS).remove(name(n));
    for (let n = 40; n < 59; n += 1) put(n, '2027-08-03');
    expect(await run({ sliceOver: () => true })).toEqual({ type: 'stopped' });
    expect([store.state.cursor, store.items.size]).toEqual([null, 60]);
    await slices();
    expect(stored()).toEqual(there());
    expect([...store.items.values()].map(({ version }) => version).sort()).toEqual(
      provider
        .mailbox(ADDRESS)
        .items()
        .map(({ version }) => version)
        .sort(),
    );
  });

  describe('over a calendar without an end', () => {
    const most = 40;
    const endless = async (): Promise<unknown> => run({ mostItems: most }).catch((error: unknown) => error);

    it('ends as a fault of the provider, keeps what it has read, and takes no more of it when it comes again', async () => {
      provider.faults.add({ kind: 'endless_items', times: Infinity, after: 1 });
      expect(await endless()).toMatchObject({ name: 'TooManyItems', kind: 'Unknown', most });
      expect(store.items.size).toBe(39);
      const { length } = provider.requests;
      expect(await endless()).toBeInstanceOf(TooManyItems);
      expect(store.items.size).toBe(39);
      // One page, and one read ahead of it.
      expect(provider.requests.length - length).toBeLessThanOrEqual(2);
    });

    it('counts what it was shown in slices before', async () => {
      provider.faults.add({ kind: 'endless_items', times: Infinity, after: 1 });
      let error: unknown = null;
      for (let runs = 0; error === null && runs < 100; runs += 1)
        await run({ mostItems: most, sliceOver: () => true }).catch((thrown: unknown) => (error = thrown));
      expect(error).toBeInstanceOf(TooManyItems);
      expect(store.items.size).toBe(39);
    });

    it('is not taken in by a server that forgets where it was', async () => {
      provider.faults.add({ kind: 'endless_items', times: Infinity, after: 1 });
      for (let round = 0; round < 5; round += 1) {
        expect(await endless()).toBeInstanceOf(TooManyItems);
        provider.mailbox(ADDRESS).expireCursors();
      }
      expect(store.items.size).toBeLessThanOrEqual(2 * most);
    });

    it('is not taken in by a delta without an end either', async () => {
      put(1);
      await run();
      provider.faults.add({ kind: 'endless_items', times: Infinity });
      for (let round = 0; round < 5; round += 1) expect(await endless()).toBeInstanceOf(TooManyItems);
      expect(store.items.size).toBeLessThanOrEqual(2 * most);
    });
  });
});
