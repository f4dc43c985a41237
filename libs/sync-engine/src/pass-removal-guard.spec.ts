import { at, content, FakeProvider, single } from '@daybook/testing/fakes';
import { runCalendar } from './calendar-run';
import { FakeCalendarSyncStore } from './testing/fake-calendar-sync-store';

const ADDRESS = 'ada@example.com';
const names = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `e${from + n}`);

describe('removals that a person has let through', () => {
  let provider: FakeProvider;
  let store: FakeCalendarSyncStore;
  const run = () =>
    runCalendar({
      session: provider.calendar.open(provider.access(ADDRESS)),
      calendarRemoteId: 'primary',
      store,
      now: () => Date.UTC(2026, 10, 22, 8),
    });
  const put = (name: string): void => {
    provider.mailbox(ADDRESS).put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  };
  const remove = (remoteIds: readonly string[]): void =>
    remoteIds.forEach((id) => provider.mailbox(ADDRESS).remove(id));
  const letThrough = (): void => {
    store.approved = new Set(store.review?.removals);
  };

  beforeEach(async () => {
    provider = new FakeProvider({ pageSize: 25 });
    store = new FakeCalendarSyncStore();
    names(0, 100).forEach(put);
    await run();
    remove(names(0, 40));
    await run();
  });

  it('go with the next run, and its cursor moves', async () => {
    expect(store.review?.removals.length).toBe(40);
    const { cursor } = store.state;
    letThrough();
    expect(await run()).toMatchObject({ type: 'done', removed: 40 });
    expect(store.items.size).toBe(60);
    expect(store.state.cursor).not.toBe(cursor);
  });

  it('go also where the next run is a listing', async () => {
    letThrough();
    provider.mailbox(ADDRESS).expireCursors();
    expect(await run()).toMatchObject({ type: 'done', removed: 40 });
    expect(store.items.size).toBe(60);
  });

  it('take along what may go by itself', async () => {
    letThrough();
    remove(names(40, 50));
    expect(await run()).toMatchObject({ type: 'done', removed: 50 });
  });

  it.each([
    ['a delta run', false],
    ['a listing', true],
  ])('go alone where the rest of %s is too much by itself, and that is held', async (_kind, listing) => {
    letThrough();
    const { cursor } = store.state;
    remove(names(40, 75));
    if (listing) provider.mailbox(ADDRESS).expireCursors();
    expect(await run()).toEqual({ type: 'review', removing: 35, existing: 60 });
    expect([...store.items.keys()].sort()).toEqual(names(40, 100).sort());
    expect([...(store.review?.removals ?? [])].sort()).toEqual(names(40, 75).sort());
    if (!listing) expect(store.state.cursor).toBe(cursor);
    letThrough();
    expect(await run()).toMatchObject({ type: 'done', removed: 35 });
    expect(store.items.size).toBe(25);
  });

  it('do not go where the provider shows them again', async () => {
    letThrough();
    put('e0');
    put('e1');
    expect(await run()).toMatchObject({ type: 'done', removed: 38 });
    expect([...store.items.keys()]).toEqual(expect.arrayContaining(['e0', 'e1']));
  });

  it('count no more when the provider names them again after they went', async () => {
    letThrough();
    remove(names(40, 75));
    await run();
    names(50, 75).forEach(put);
    expect(await run()).toMatchObject({ type: 'done', removed: 10 });
    expect(store.items.size).toBe(50);
  });
});
