import { FakeClock } from '@daybook/testing/fakes';
import { PacedHints } from './paced-hints';

describe('hints of a server that tells without end', () => {
  let clock: FakeClock;
  let raised: string[];
  let pauses: { readonly ms: number; readonly over: () => void }[];
  let fault: Error | null;
  let subject: PacedHints<string>;
  beforeEach(() => {
    clock = new FakeClock();
    raised = [];
    pauses = [];
    fault = null;
    subject = new PacedHints<string>({
      clock,
      raise: async (calendar) => {
        if (fault) throw fault;
        raised.push(calendar);
      },
      pause: (ms, signal) =>
        new Promise((resolve) => {
          pauses.push({ ms, over: resolve });
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
    });
  });

  const told = async (calendar: string, times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) await subject.take(calendar);
  };
  const pass = async (): Promise<void> => {
    const waiting = pauses.splice(0);
    for (const { ms, over } of waiting) {
      clock.advance(ms);
      over();
    }
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('are raised once a second for each calendar, the first at once', async () => {
    await told('one', 500);
    await told('two', 500);
    expect(raised).toEqual(['one', 'two']);
    expect(pauses.map(({ ms }) => ms)).toEqual([1_000, 1_000]);
    await pass();
    expect(raised).toEqual(['one', 'two', 'one', 'two']);
    await told('one', 500);
    expect([raised.length, pauses.length]).toEqual([4, 1]);
  });

  it('are raised at once where they come far apart', async () => {
    for (let time = 0; time < 3; time += 1) {
      await told('one', 1);
      clock.advance(1_000);
    }
    expect([raised, pauses]).toEqual([['one', 'one', 'one'], []]);
  });

  it('are not lost with the end of what tells them', async () => {
    await told('one', 2);
    await subject.end();
    expect(raised).toEqual(['one', 'one']);
  });

  it('say where one that was held back could not be raised', async () => {
    await told('one', 2);
    fault = new Error('the database is away');
    await pass();
    expect(subject.failed.aborted).toBe(true);
    await expect(subject.end()).rejects.toThrow('the database is away');
  });
});
