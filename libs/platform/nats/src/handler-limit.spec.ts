import { HandlerLimit } from './handler-limit';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('HandlerLimit', () => {
  it('runs up to its limit, then in the order of arrival, and refuses beyond its queue', async () => {
    const subject = new HandlerLimit(2, 2);
    const started: number[] = [];
    const finish: (() => void)[] = [];
    const work = (n: number) => () => {
      started.push(n);
      return new Promise<void>((resolve) => finish.push(resolve));
    };
    expect([1, 2, 3, 4, 5].map((n) => subject.run(work(n)))).toEqual([true, true, true, true, false]);
    expect(started).toEqual([1, 2]);
    expect(subject.load).toBe(4);
    finish[1]?.();
    await settle();
    expect(started).toEqual([1, 2, 3]);
    finish[0]?.();
    finish[2]?.();
    await settle();
    expect(started).toEqual([1, 2, 3, 4]);
    finish[3]?.();
    await settle();
    expect(subject.load).toBe(0);
  });

  it('gives the slot back when the work fails', async () => {
    const subject = new HandlerLimit(1, 1);
    const done: string[] = [];
    subject.run(async () => {
      await Promise.reject(new Error('broken')).catch(() => done.push('broken'));
    });
    subject.run(async () => void done.push('next'));
    await settle();
    expect(done).toEqual(['broken', 'next']);
  });
});
