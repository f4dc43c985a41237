import type { CalendarRecord } from '../ports/records';
import { GatheredHints } from './gathered-hints';

describe('GatheredHints', () => {
  let sent: string[][];
  let finish: ((error?: Error) => void)[];
  let looked: number;
  let now: number;
  let found: CalendarRecord | null;
  let heard: string[];
  let subject: GatheredHints;
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    [sent, finish, looked, now, found, heard] = [[], [], 0, 0, null, []];
    subject = new GatheredHints(
      {
        calendarOfChannel: async () => {
          looked += 1;
          return found;
        },
        hearOfChannel: async (...said) => void heard.push(said.join()),
        requestSyncs: (ids) => {
          sent.push([...ids]);
          return new Promise((resolve, reject) => finish.push((error) => (error ? reject(error) : resolve())));
        },
      },
      () => now,
    );
  });

  it('sends the first at once, and all that come meanwhile together, each calendar once', async () => {
    const answered: string[] = [];
    const ask = (id: string) => subject.requestSync(id).then(() => answered.push(id));
    void ask('a');
    await turn();
    for (const id of ['b', 'c', 'b', 'a']) void ask(id);
    await turn();
    expect([sent, answered]).toEqual([[['a']], []]);
    finish[0]?.();
    await turn();
    expect([sent, answered]).toEqual([[['a'], ['b', 'c', 'a']], ['a']]);
    finish[1]?.();
    await turn();
    expect(answered.sort()).toEqual(['a', 'a', 'b', 'b', 'c']);
  });

  it('answers nobody whose hint was not made durable, and goes on with the next', async () => {
    const first = subject.requestSync('a');
    await turn();
    const second = subject.requestSync('b');
    finish[0]?.(new Error('no database'));
    await expect(first).rejects.toThrow('no database');
    await turn();
    finish[1]?.();
    await expect(second).resolves.toBe(true);
  });

  it('passes on at once what befalls a channel', async () => {
    void subject.requestSync('a');
    await subject.hearOfChannel('a', 'x', 'gone');
    expect(heard).toEqual(['a,x,gone']);
  });

  it('looks a known channel up once a minute, an unknown one each time', async () => {
    await subject.calendarOfChannel('x');
    await subject.calendarOfChannel('x');
    expect(looked).toBe(2);
    found = { _id: 'cal_1' } as CalendarRecord;
    await Promise.all([subject.calendarOfChannel('x'), subject.calendarOfChannel('x')]);
    expect(looked).toBe(3);
    now = 60_001;
    await subject.calendarOfChannel('x');
    expect(looked).toBe(4);
  });
});
