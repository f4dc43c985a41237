import { ProviderError, type CalendarSession, type RemoteChange, type RemoteMeeting } from '@daybook/provider-port';
import { at, content, FakeClock, FakeProvider, single } from '@daybook/testing/fakes';
import { askAgain } from './ask-again';
import { FakeCalendarSyncStore } from './testing/fake-calendar-sync-store';

const HOUR_MS = 3_600_000;

describe('askAgain', () => {
  let clock: FakeClock;
  let store: FakeCalendarSyncStore;
  let asked: string[];
  let answers: (RemoteChange<RemoteMeeting> | ProviderError)[];

  beforeEach(() => {
    clock = new FakeClock();
    store = new FakeCalendarSyncStore(clock.now);
    asked = [];
    answers = [];
  });

  const unreadable = (remoteId: string) => ({ type: 'unreadable', remoteId, reason: 'start' }) as const;
  const readWell = (remoteId: string) => {
    const item = new FakeProvider()
      .mailbox('ada@example.com')
      .put(single(remoteId, content(remoteId, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    return { type: 'upserted', item } as const;
  };
  const setAside = async (...remoteIds: string[]): Promise<void> => {
    const page = { changes: remoteIds.map(unreadable), continuation: null, resume: null, complete: false };
    await (await store.prepare(page)).commit({ removals: [], initial: false, advance: { type: 'none' } });
  };
  const session = (): CalendarSession => ({
    async *calendars() {
      yield [];
    },
    async *changes() {
      yield { changes: [], continuation: null, resume: null, complete: true };
    },
    item: async ({ remoteId }) => {
      asked.push(remoteId);
      const answer = answers.shift() ?? unreadable(remoteId);
      if (answer instanceof ProviderError) throw answer;
      return answer;
    },
  });
  const run = (using = session()) =>
    askAgain({
      session: using,
      calendarRemoteId: 'primary',
      timeZone: null,
      store,
      now: clock.now,
      stopped: () => false,
    });

  it('asks for nothing before it is time', async () => {
    await setAside('a');
    await run();
    expect(asked).toEqual([]);
  });

  it('stores an item that is read well, which then is no longer aside', async () => {
    await setAside('a');
    clock.advance(10_000);
    answers = [readWell('a')];
    await run();
    expect([...store.items.keys()]).toEqual(['a']);
    expect(store.aside.size).toBe(0);
  });

  it('lets an item leave that the provider names as removed', async () => {
    await setAside('a');
    clock.advance(10_000);
    answers = [{ type: 'removed', remoteId: 'a' }];
    await run();
    expect(store.aside.size).toBe(0);
  });

  it('gives up after three tries, further and further apart, and says so once', async () => {
    await setAside('a');
    const dead: string[] = [];
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      clock.advance(60_000);
      dead.push(...(await run()).map(({ id }) => id));
    }
    expect(asked).toEqual(['a', 'a', 'a']);
    expect(dead).toEqual(['qua_a']);
    expect(store.aside.get('a')).toMatchObject({ tries: 3, nextTryAt: null });
    await setAside('a');
    for (let hour = 0; hour < 24; hour += 1) {
      clock.advance(HOUR_MS);
      store.aside.set('a', { reason: 'start', tries: 2, nextTryAt: new Date(clock.now()), wasDead: true });
      dead.push(...(await run()).map(({ id }) => id));
    }
    expect(dead).toHaveLength(1);
  });

  it('does not take silence of the provider for a try, and asks nothing more in that run', async () => {
    await setAside('a', 'b');
    clock.advance(10_000);
    answers = [new ProviderError('Unavailable', { detail: 'x' })];
    expect(await run()).toEqual([]);
    expect(asked).toEqual(['a']);
    expect([...store.aside.values()].map(({ tries }) => tries)).toEqual([0, 0]);
  });

  it('never takes "not found" for removed, because the whole calendar may be out of sight', async () => {
    await setAside('a');
    clock.advance(10_000);
    answers = [new ProviderError('Gone', { detail: 'x' })];
    await run();
    expect(store.aside.get('a')).toMatchObject({ tries: 1, reason: 'Gone' });
  });

  it('throws what concerns the whole connection', async () => {
    await setAside('a');
    clock.advance(10_000);
    answers = [new ProviderError('Throttled', { detail: 'x', retryAfterMs: 1 })];
    await expect(run()).rejects.toMatchObject({ kind: 'Throttled' });
    expect(store.aside.get('a')?.tries).toBe(0);
  });

  it('gives up at once where the provider cannot name an item', async () => {
    await setAside('a');
    clock.advance(10_000);
    const { calendars, changes } = session();
    expect(await run({ calendars, changes })).toEqual([{ id: 'qua_a', reason: 'start' }]);
    expect(store.aside.get('a')?.nextTryAt).toBeNull();
  });
});
