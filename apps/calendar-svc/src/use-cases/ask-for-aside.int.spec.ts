import { at, content, series, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';

const HOUR_MS = 3_600_000;

describe('an item that could not be read', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
  });

  const put = (name: string, title = name): void => {
    subject.mailbox.put(single(name, content(title, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  };
  /** The provider's push: nobody asks for what was given up. */
  const push = async (): Promise<void> => {
    for (const { _id } of await subject.store.calendarsOf('con_1')) await subject.store.requestSync(_id);
  };
  const titles = async (): Promise<(string | null)[]> => (await subject.list()).map(({ title }) => title).sort();
  const aside = async (): Promise<{ rows: number; unreadable: number | undefined }> => ({
    rows: await subject.collections.quarantine.countDocuments(),
    unreadable: (await subject.store.calendarsOf('con_1'))[0]?.unreadable,
  });

  it('is there when only the glance was spoilt, and no longer counts', async () => {
    put('a');
    put('b');
    subject.provider.faults.add({ kind: 'bad_item', on: 'changes' });
    await subject.run();
    expect(await titles()).toEqual(['a', 'b']);
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });
  });

  it('is asked for again when a delta was spoilt, although it does not change any more', async () => {
    put('a');
    await subject.run();
    put('a', 'a renamed');
    subject.provider.faults.add({ kind: 'bad_item', on: 'changes' });
    await push();
    await subject.run();
    expect(await titles()).toEqual(['a']);
    expect(await aside()).toEqual({ rows: 1, unreadable: 1 });
    expect(await subject.store.dueConnections(new Date(subject.clock.now()), { limit: 9, push: false })).toEqual([]);
    subject.clock.advance(11_000);
    expect(await subject.store.dueConnections(new Date(subject.clock.now()), { limit: 9, push: false })).toEqual([
      'con_1',
    ]);
    await subject.run();
    expect(await titles()).toEqual(['a renamed']);
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });
    expect(await subject.collections.outbox.countDocuments({ subject: 'evt.calendar.meeting.updated.v1' })).toBe(1);
  });

  it('is no longer counted when it is removed, whether a delta says so or a complete listing does not show it', async () => {
    put('a');
    put('b');
    put('c');
    subject.provider.faults.add({ kind: 'bad_item', on: 'changes', times: 2 });
    await subject.run();
    expect(await aside()).toEqual({ rows: 1, unreadable: 1 });
    subject.mailbox.remove('a');
    await push();
    await subject.run();
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });

    put('a');
    subject.provider.faults.add({ kind: 'bad_item', on: 'changes' });
    await push();
    await subject.run();
    expect(await aside()).toEqual({ rows: 1, unreadable: 1 });
    subject.mailbox.remove('a');
    subject.mailbox.expireCursors();
    await push();
    await subject.run();
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });
    expect(await titles()).toEqual(['b', 'c']);
  });

  it('is given up after three tries with one word to an operator, stays counted, and leaves when it can be read', async () => {
    const bad = (rule: string) =>
      subject.mailbox.put(series('bad', content('Bad', at('2026-11-24T10:00'), at('2026-11-24T11:00')), rule));
    bad('RRULE:FREQ=SECONDLY');
    for (let hour = 0; hour < 6; hour += 1) {
      await subject.run();
      subject.clock.advance(HOUR_MS);
    }
    expect(subject.provider.requests.filter((request) => request === 'item')).toHaveLength(3);
    expect(subject.logs.filter(({ mustAct }) => mustAct === true)).toEqual([
      {
        message: 'an item cannot be read and is given up',
        calendarId: expect.stringMatching(/^cal_/),
        itemId: expect.stringMatching(/^qua_/),
        reason: 'recurrence_sub_daily',
        mustAct: true,
      },
    ]);
    expect(await aside()).toEqual({ rows: 1, unreadable: 1 });
    bad('RRULE:FREQ=DAILY;COUNT=2');
    await push();
    await subject.run();
    expect(await titles()).toEqual(['Bad', 'Bad']);
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });
  });

  it('is tried once more when a person asks for a sync after it was given up', async () => {
    put('a');
    subject.provider.faults.add({ kind: 'bad_item', times: Infinity });
    for (let hour = 0; hour < 6; hour += 1) {
      await subject.run();
      subject.clock.advance(HOUR_MS);
    }
    subject.provider.faults.clear();
    await subject.run();
    expect(await titles()).toEqual([]);
    await subject.hint();
    await subject.run();
    expect(await titles()).toEqual(['a']);
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });
  });

  it('comes back by itself while the process is killed after any commit', async () => {
    for (let n = 0; n < 6; n += 1) put(`e${n}`);
    subject.provider.faults.add({ kind: 'bad_item', on: 'changes', times: 3 });
    for (let crash = 0; crash < 6; crash += 1) {
      await subject.run({ crashAfterCommits: crash }).catch(() => undefined);
      subject.clock.advance(1_000_000);
    }
    await subject.run();
    expect(await titles()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']);
    expect(await aside()).toEqual({ rows: 0, unreadable: 0 });
  });
});
