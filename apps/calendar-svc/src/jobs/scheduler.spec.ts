import { Scheduler } from './scheduler';

const NOW = Date.UTC(2026, 10, 22, 8);

describe('the scheduler', () => {
  let published: unknown[];
  let now: number;
  let due: string[];
  let subject: Scheduler;

  beforeEach(() => {
    jest.useFakeTimers();
    published = [];
    due = [];
    now = NOW;
    subject = new Scheduler({
      store: {
        dueConnections: async (_now, { limit, after = '' }) => due.filter((id) => id > after).slice(0, limit),
      },
      jobs: { publish: async (_subject, job) => void published.push(job) },
      clock: { now: () => now },
      push: false,
      failed: () => undefined,
    });
    subject.start();
  });
  afterEach(() => {
    subject.stop();
    jest.useRealTimers();
  });

  const pass = (ms: number) => {
    now += ms;
    jest.advanceTimersByTime(ms);
  };

  it('wakes a connection at the moment that its provider has named, once, and not before', () => {
    subject.wakeAt('con_1', new Date(NOW + 5_000));
    pass(5_000);
    expect(published).toEqual([]);
    pass(10);
    expect(published).toEqual([{ connectionId: 'con_1' }]);
    pass(60_000);
    expect(published).toHaveLength(1);
  });

  it('takes the last word of a provider', () => {
    subject.wakeAt('con_1', new Date(NOW + 5_000));
    subject.wakeAt('con_1', new Date(NOW + 9_000));
    pass(6_000);
    expect(published).toEqual([]);
    pass(4_000);
    expect(published).toHaveLength(1);
  });

  it('leaves long waits to its looks, and rings no more once it is stopped', () => {
    subject.wakeAt('con_1', new Date(NOW + 86_400_000));
    subject.wakeAt('con_2', new Date(NOW + 5_000));
    expect(jest.getTimerCount()).toBe(2);
    subject.stop();
    expect(jest.getTimerCount()).toBe(0);
    pass(10_000);
    expect(published).toEqual([]);
  });

  it('finds also who stands behind many that are due for long', async () => {
    due = Array.from({ length: 450 }, (_none, n) => `con_${1_000 + n}`);
    for (let look = 0; look < 3; look += 1) await jest.advanceTimersByTimeAsync(1_000);
    expect(published).toEqual(due.map((connectionId) => ({ connectionId })));
    published = [];
    for (let look = 0; look < 9; look += 1) await jest.advanceTimersByTimeAsync(1_000);
    expect(new Set(published.map((job) => JSON.stringify(job))).size).toBe(450);
  });
});
