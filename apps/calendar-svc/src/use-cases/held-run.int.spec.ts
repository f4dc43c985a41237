import { at, content, single } from '@daybook/testing/fakes';
import { POLL_MS, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { requestSync } from './request-sync';

describe('a calendar from which too much would be removed', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let woken: string[];
  beforeEach(async () => {
    subject = await startSyncBench({ pageSize: 25, database: database() });
    woken = [];
    for (let n = 0; n < 60; n += 1) put(`e${n}`);
    await subject.run();
    for (let n = 0; n < 40; n += 1) subject.mailbox.remove(`e${n}`);
    await push();
    await subject.run();
  });

  const put = (name: string): void => {
    subject.mailbox.put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  };
  const calendar = async () => {
    const [first] = await subject.store.calendarsOf('con_1');
    if (!first) throw new Error('there is no calendar');
    return first;
  };
  const push = async (): Promise<void> => void (await subject.store.requestSync((await calendar())._id));
  const due = (): Promise<string[]> =>
    subject.store.dueConnections(new Date(subject.clock.now()), { limit: 9, push: false });
  const stored = (): Promise<number> => subject.collections.meetings.countDocuments();

  it('keeps what it has, and rests until the next poll', async () => {
    expect(await stored()).toBe(60);
    expect((await calendar()).review).toMatchObject({ removing: 40, existing: 60 });
    expect(subject.reports.at(-1)?.problem?.code).toBe('removal_review');
    expect(await due()).toEqual([]);
  });

  it('takes what is new at once when the provider calls, and holds the removals further', async () => {
    const { cursor, review } = await calendar();
    subject.clock.advance(1_000);
    put('new');
    await push();
    expect(await due()).toEqual(['con_1']);
    await subject.run();
    expect((await subject.list()).map(({ title }) => title)).toContain('new');
    expect(await stored()).toBe(61);
    expect(await calendar()).toMatchObject({ cursor, review: { since: review?.since, removing: 40 } });
    expect(await due()).toEqual([]);
  });

  it('writes nothing when the same pages come again', async () => {
    put('new');
    await push();
    await subject.run();
    const before = [await subject.collections.ledger.countDocuments(), (await calendar()).rev];
    await push();
    await subject.run();
    expect([await subject.collections.ledger.countDocuments(), (await calendar()).rev]).toEqual(before);
  });

  it('looks at once when a person asks', async () => {
    put('new');
    await requestSync(subject.caller, 'con_1', { ...subject.reading, wake: (id) => void woken.push(id) });
    expect(woken).toEqual(['con_1']);
    await subject.run();
    expect(await stored()).toBe(61);
  });

  it('is through with it by itself at the next poll after the items are back', async () => {
    for (let n = 0; n < 40; n += 1) put(`e${n}`);
    subject.clock.advance(POLL_MS);
    expect(await due()).toEqual(['con_1']);
    await subject.run();
    expect(await calendar()).toMatchObject({ review: null, problem: null });
    expect(subject.reports.at(-1)?.state).toBe('active');
    expect(await subject.collections.outbox.countDocuments({ subject: 'evt.calendar.meeting.cancelled.v1' })).toBe(0);
  });

  it('goes on taking what is new when its cursor expires meanwhile, and removes nothing by that listing', async () => {
    subject.mailbox.expireCursors();
    put('new');
    await push();
    await subject.run();
    expect(await stored()).toBe(61);
    put('newer');
    await push();
    await subject.run();
    expect(await stored()).toBe(62);
    expect((await calendar()).review).toMatchObject({ removing: 40 });
  });
});
