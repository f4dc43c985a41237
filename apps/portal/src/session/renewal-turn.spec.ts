import { describe, expect, it } from 'vitest';
import { inTurn, TURN_MS, type SharedTurn, type Turn } from './renewal-turn';

/** A browser without locks: tabs share a note and cookies, and time passes only while somebody waits. */
function browserWithoutLocks({ keeps = true } = {}) {
  let note: Turn | null = null;
  const state = { now: 1_000_000, mark: 'first', holders: 0, whileWaiting: () => {} };
  const shared: SharedTurn = {
    change: async (next) => {
      // A transaction takes a moment; of two, one comes first.
      await null;
      return (note = next(note));
    },
  };
  const tab = () =>
    inTurn({
      shared: async () => (keeps ? shared : null),
      mark: () => state.mark,
      now: () => state.now,
      wait: async (ms) => {
        state.now += ms;
        state.whileWaiting();
      },
      newHolder: () => `tab ${(state.holders += 1)}`,
    });
  return { state, tab };
}

const never = () => new Promise<never>(() => {});
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('inTurn', () => {
  it('lets tabs work one after the other, and tells each its own result', async () => {
    const { tab } = browserWithoutLocks();
    let running = 0;
    let most = 0;
    const work = (result: number) => async () => {
      most = Math.max(most, (running += 1));
      await null;
      await null;
      running -= 1;
      return result;
    };
    const results = [1, 2, 3].map((result) => tab()('refresh', work(result)));
    expect(await Promise.all(results)).toEqual([1, 2, 3]);
    expect(most).toBe(1);
  });

  it('ends a turn also when the work failed', async () => {
    const { state, tab } = browserWithoutLocks();
    await expect(tab()('refresh', () => Promise.reject(new Error('offline')))).rejects.toThrow('offline');
    await tab()('refresh', async () => null);
    expect(state.now).toBe(1_000_000);
  });

  it('goes on after a page that was left as soon as the reply has changed the cookies', async () => {
    const { state, tab } = browserWithoutLocks();
    void tab()('refresh', never);
    await settle();
    state.whileWaiting = () => {
      if (state.now >= 1_000_400) state.mark = 'second';
    };
    await tab()('refresh', async () => null);
    expect(state.now).toBe(1_000_400);
  });

  it('waits for a reply that does not come no longer than one can take', async () => {
    const { state, tab } = browserWithoutLocks();
    void tab()('refresh', never);
    await settle();
    await tab()('refresh', async () => null);
    expect(state.now - 1_000_000).toBeGreaterThan(TURN_MS);
    expect(state.now - 1_000_000).toBeLessThan(TURN_MS + 200);
  });

  it('leaves the turn of the next one alone when an earlier one ends late', async () => {
    const { state, tab } = browserWithoutLocks();
    let endFirst = () => {};
    const first = tab()('refresh', () => new Promise<void>((resolve) => (endFirst = resolve)));
    await settle();
    state.mark = 'second';
    void tab()('refresh', never);
    await settle();
    endFirst();
    await first;
    await tab()('refresh', async () => null);
    expect(state.now - 1_000_000).toBeGreaterThan(TURN_MS);
  });

  it('does not wait for ever when the clock was set back', async () => {
    const { state, tab } = browserWithoutLocks();
    void tab()('refresh', never);
    await settle();
    state.now -= 86_400_000;
    const began = state.now;
    await tab()('refresh', async () => null);
    expect(state.now).toBe(began);
  });

  it('works on its own where the browser keeps nothing', async () => {
    const { tab } = browserWithoutLocks({ keeps: false });
    expect(await tab()('refresh', async () => 'done')).toBe('done');
  });
});
