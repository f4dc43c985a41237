import { ProviderError, type CalendarSession, type DeltaPage, type RemoteMeeting } from '@daybook/provider-port';
import { at, content, FakeProvider, single } from '@daybook/testing/fakes';
import { beginDelta, runCalendar, type Delta } from './calendar-run';
import { FakeCalendarSyncStore } from './testing/fake-calendar-sync-store';

const ADDRESS = 'ada@example.com';

describe('runCalendar', () => {
  let provider: FakeProvider;
  let store: FakeCalendarSyncStore;
  const run = (ahead: { delta?: Delta } = {}) =>
    runCalendar({
      ...ahead,
      session: provider.calendar.open(provider.access(ADDRESS)),
      calendarRemoteId: 'primary',
      store,
      now: () => Date.UTC(2026, 10, 22, 8),
    });
  const put = (name: string, day: string): void => {
    provider.mailbox(ADDRESS).put(single(name, content(name, at(`${day}T10:00`), at(`${day}T11:00`))));
  };

  beforeEach(() => {
    provider = new FakeProvider({ pageSize: 3 });
    store = new FakeCalendarSyncStore();
  });

  it('brings the next fourteen days before anything else', async () => {
    put('far', '2027-08-01');
    put('soon', '2026-11-24');
    await run();
    const [first] = store.commits;
    expect(first?.upserts.map((item) => item.remoteId)).toEqual(['soon']);
    expect(first?.advance).toEqual({ type: 'glanced' });
    expect([...store.items.keys()].sort()).toEqual(['far', 'soon']);
  });

  it('moves the cursor only with the last page', async () => {
    for (let n = 0; n < 8; n += 1) put(`e${n}`, '2026-11-24');
    await run();
    const advances = store.commits.map((commit) => commit.advance.type);
    expect(advances.filter((type) => type === 'finished')).toHaveLength(1);
    expect(advances.at(-1)).toBe('finished');
  });

  it('goes on after an empty page in the middle', async () => {
    for (let n = 0; n < 8; n += 1) put(`e${n}`, '2026-11-24');
    provider.faults.add({ kind: 'empty_page', after: 1 });
    await run();
    expect(store.items.size).toBe(8);
  });

  it('removes nothing after a listing that was cut short, and does after a complete one', async () => {
    for (let n = 0; n < 8; n += 1) put(`e${n}`, '2026-11-24');
    await run();
    provider.mailbox(ADDRESS).remove('e1');
    provider.mailbox(ADDRESS).expireCursors();
    provider.faults.add({ kind: 'cut', after: 1 });
    await expect(run()).rejects.toMatchObject({ kind: 'Unavailable' });
    expect(store.items.size).toBe(8);
    provider.faults.clear();
    await run();
    expect([...store.items.keys()]).not.toContain('e1');
  });

  it('goes on where a listing broke off', async () => {
    for (let n = 0; n < 12; n += 1) put(`e${`${n}`.padStart(2, '0')}`, '2027-11-24');
    provider.faults.add({ kind: 'unavailable', after: 3 });
    await expect(run()).rejects.toMatchObject({ kind: 'Unavailable' });
    const before = provider.requests.length;
    await run();
    expect(store.items.size).toBe(12);
    expect(provider.requests.length - before).toBeLessThan(4);
  });

  it('begins again under a new generation when the continuation is refused', async () => {
    for (let n = 0; n < 12; n += 1) put(`e${`${n}`.padStart(2, '0')}`, '2027-11-24');
    provider.faults.add({ kind: 'unavailable', after: 3 });
    await expect(run()).rejects.toMatchObject({ kind: 'Unavailable' });
    provider.mailbox(ADDRESS).remove('e00');
    provider.mailbox(ADDRESS).expireCursors();
    await run();
    expect([...store.items.keys()].sort()).toEqual(
      provider
        .mailbox(ADDRESS)
        .items()
        .map((item) => item.remoteId)
        .sort(),
    );
  });

  it('lists everything again when the cursor has expired', async () => {
    put('kept', '2026-11-24');
    await run();
    provider.mailbox(ADDRESS).expireCursors();
    put('new', '2026-11-25');
    await run();
    expect([...store.items.keys()].sort()).toEqual(['kept', 'new']);
    expect(store.commits.at(-1)?.initial).toBe(false);
  });

  it('holds a run in which too much would go, and keeps the cursor', async () => {
    for (let n = 0; n < 60; n += 1) put(`e${n}`, '2026-11-24');
    await run();
    const { cursor } = store.state;
    for (let n = 0; n < 40; n += 1) provider.mailbox(ADDRESS).remove(`e${n}`);
    expect(await run()).toEqual({ type: 'review', removing: 40, existing: 60 });
    expect(store.items.size).toBe(60);
    expect(store.state.cursor).toBe(cursor);
  });

  it('ends a listing that turns in a circle as a fault of the provider', async () => {
    put('one', '2026-11-24');
    provider.faults.add({ kind: 'endless_page', times: Infinity });
    await expect(run()).rejects.toBeInstanceOf(ProviderError);
    expect(store.state.cursor).toBeNull();
  });

  it('takes the last word on an item that goes and comes back within one run', async () => {
    put('phoenix', '2026-11-24');
    await run();
    const [item] = provider.mailbox(ADDRESS).items();
    const pages: DeltaPage<RemoteMeeting>[] = [
      { changes: [{ type: 'removed', remoteId: 'phoenix' }], continuation: 'p2', resume: null, complete: false },
      { changes: item ? [{ type: 'upserted', item }] : [], continuation: null, resume: 'next', complete: true },
    ];
    await runCalendar({ session: scripted(pages), calendarRemoteId: 'primary', store, now: () => 0 });
    expect(store.items.size).toBe(1);
    expect(store.state.cursor).toBe('next');
  });

  it('takes the changes asked for ahead, unless they follow another cursor than the one stored', async () => {
    put('one', '2026-11-24');
    await run();
    put('two', '2026-11-24');
    const delta = beginDelta(provider.calendar.open(provider.access(ADDRESS)), 'primary', store.state.cursor ?? '');
    const asked = provider.requests.length;
    await run({ delta });
    expect([...store.items.keys()].sort()).toEqual(['one', 'two']);
    expect(provider.requests).toHaveLength(asked);
    put('three', '2026-11-24');
    await run({ delta });
    expect([...store.items.keys()].sort()).toEqual(['one', 'three', 'two']);
  });

  it('stops between pages when it is asked to, keeping what is there', async () => {
    for (let n = 0; n < 12; n += 1) put(`e${n}`, '2027-11-24');
    let looks = 0;
    const outcome = await runCalendar({
      session: provider.calendar.open(provider.access(ADDRESS)),
      calendarRemoteId: 'primary',
      store,
      now: () => Date.UTC(2026, 10, 22),
      stopped: () => (looks += 1) > 2,
    });
    expect(outcome).toEqual({ type: 'stopped' });
    expect(store.items.size).toBeGreaterThan(0);
    expect(store.state.cursor).toBeNull();
  });
});

function scripted(pages: readonly DeltaPage<RemoteMeeting>[]): CalendarSession {
  return {
    async *calendars() {
      yield [];
    },
    async *changes() {
      yield* pages;
    },
  };
}
