import { at, content, single } from '@daybook/testing/fakes';
import { refusal, WatchBench, WATCHED } from '../testing/watch-bench';
import type { Watch } from './watch';

const BOTH = ['cal_primary', 'cal_second'];

describe('a watch over a connection', () => {
  let bench: WatchBench;
  let subject: Watch;
  beforeEach(async () => {
    bench = new WatchBench();
    subject = bench.begin();
    await bench.quiet();
  });
  afterEach(async () => {
    subject.stop();
    await subject.done;
  });

  const change = (calendarRemoteId = 'primary'): void => {
    bench.mailbox.put(single('new', content('new', at('2026-11-24T10:00'), at('2026-11-24T11:00'))), calendarRemoteId);
  };

  it('begins some seconds later, so that many do not begin at once', async () => {
    expect([bench.pauses, bench.provider.watching.asked]).toEqual([[2_500], []]);
    await bench.go();
    expect(bench.provider.watching.listening).toEqual([['primary', 'second']]);
    expect(subject.isListening).toBe(true);
  });

  it('looks at every calendar when it begins, and at those that change', async () => {
    await bench.go();
    expect(bench.takeHints()).toEqual(BOTH);
    change('second');
    change('third');
    await bench.quiet();
    expect(bench.takeHints()).toEqual(['cal_second']);
    expect(bench.woken.at(-1)).toBe('con_1');
  });

  it('misses nothing of what happens between two watches', async () => {
    await bench.go();
    bench.takeHints();
    bench.provider.watching.endAll();
    await bench.quiet();
    change();
    expect([bench.takeHints(), subject.isListening, bench.ends]).toEqual([[], false, ['closed']]);
    await bench.go();
    expect(bench.takeHints()).toEqual(BOTH);
  });

  it('goes on after a hint that could not be stored, and looks at everything then', async () => {
    await bench.go();
    bench.takeHints();
    bench.isStoring = false;
    change();
    await bench.quiet();
    expect([bench.ends, bench.provider.watching.listening]).toEqual([['Unknown'], []]);
    bench.isStoring = true;
    await bench.go();
    expect(bench.takeHints()).toEqual(BOTH);
  });

  it('comes back with new access, once, after what it had was not taken', async () => {
    bench.provider.watching.refuses = refusal('AccessExpired');
    await bench.go();
    expect(bench.pauses.at(-1)).toBe(0);
    bench.provider.watching.refuses = null;
    await bench.go();
    expect(bench.rejected).toEqual([undefined, expect.stringContaining('fake-access')]);
    expect(subject.isListening).toBe(true);
  });

  it('shows a refused password once, tells of it, and rests', async () => {
    bench.provider.watching.refuses = refusal('ConsentRevoked');
    await bench.go();
    expect(bench.told).toEqual(['revoked']);
    expect(bench.provider.watching.asked).toHaveLength(1);
    expect(bench.pauses.at(-1)).toBe(900_000);
  });

  it('shows a refused password to nobody again where that could not be told', async () => {
    bench.isTelling = false;
    bench.provider.watching.refuses = refusal('ConsentRevoked');
    await bench.go();
    bench.isAnswering = false;
    await bench.go();
    bench.isAnswering = true;
    await bench.go();
    expect(bench.rejected).toEqual([undefined, bench.token, bench.token]);
    expect(bench.provider.watching.asked).toHaveLength(1);
  });

  it.each([
    ['works in another way', { method: 'oauth2' }],
    ['is stopped', { status: 'stopped' }],
    ['goes by names of another provider', { namedBy: 'oauth2' }],
  ] as const)('asks for nothing once its connection %s', async (_what, change) => {
    bench.record = { ...bench.record, ...change };
    await bench.go();
    expect([bench.rejected, bench.provider.watching.asked]).toEqual([[], []]);
  });

  it('ends, and begins anew, when the person has signed in again', async () => {
    await bench.go();
    expect(subject.isFor({ ...WATCHED, revision: 2, decisions: 2 })).toBe(false);
  });

  it('is not told to say good-bye with access that is none any more', async () => {
    await bench.go();
    subject.stop('withdrawn');
    await subject.done;
    expect(bench.provider.watching.withdrawn).toBe(1);
  });

  it('is for other calendars no more, nor for a new word on who was refused', async () => {
    await bench.go();
    expect(subject.isFor({ ...WATCHED, revision: 2 })).toBe(true);
    expect(subject.isFor({ ...WATCHED, calendars: WATCHED.calendars.slice(1) })).toBe(false);
    expect(subject.isFor({ ...WATCHED, service: 'office365' })).toBe(false);
    bench.provider.watching.endAll(refusal('ConsentRevoked'));
    await bench.quiet();
    expect([subject.isFor(WATCHED), subject.isFor({ ...WATCHED, revision: 2 })]).toEqual([true, false]);
  });

  it('asks for nothing while the connection has to wait', async () => {
    bench.record = { notBefore: new Date(bench.clock.now() + 30_000) };
    await bench.go();
    expect([bench.provider.watching.asked, bench.rejected, bench.pauses.at(-1)]).toEqual([[], [], 30_500]);
  });

  it('lets a provider that has to be asked be asked, but not while the connection has to wait', async () => {
    await bench.go();
    const { watching } = bench.provider;
    expect(await watching.mayAsk()).toBe(true);
    bench.record = { notBefore: new Date(bench.clock.now() + 30_000) };
    expect(await watching.mayAsk()).toBe(false);
    bench.clock.advance(30_000);
    expect(await watching.mayAsk()).toBe(true);
  });

  it.each(['stop', 'lose its lease'])('ends where it listens, told to %s', async (how) => {
    await bench.go();
    if (how === 'stop') subject.stop();
    else bench.lost.abort();
    await subject.done;
    expect([bench.provider.watching.listening, bench.ends, bench.faults]).toEqual([[], [], []]);
  });

  it('ends in the middle of a pause', async () => {
    subject.stop();
    await subject.done;
    expect(bench.provider.watching.asked).toEqual([]);
  });
});
