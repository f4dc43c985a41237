import type { Caller, Meeting } from '@daybook/contracts';
import { at, content, single } from '@daybook/testing/fakes';
import { auditRecordsOf, eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { answerReview, getReview } from './reviews';

const CANCELLED = 'evt.calendar.meeting.cancelled.v1';

describe('a run that is held', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let woken: string[];

  const put = (name: string, more: { day?: number; visibility?: 'private' } = {}): void => {
    const day = String(more.day ?? 24).padStart(2, '0');
    const item = content(name, at(`2026-11-${day}T10:00`), at(`2026-11-${day}T11:00`));
    subject.mailbox.put(single(name, { ...item, ...(more.visibility ? { visibility: more.visibility } : {}) }));
  };
  const remove = (from: number, to: number): void => {
    for (let n = from; n < to; n += 1) subject.mailbox.remove(`e${n}`);
  };
  const calendar = async () => {
    const [first] = await subject.store.calendarsOf('con_1');
    if (!first) throw new Error('there is no calendar');
    return first;
  };
  const run = async (): Promise<void> => {
    await subject.hint();
    await subject.run();
  };
  const around = () => ({
    ...subject.reading,
    reviews: subject.reviews,
    wake: (id: string) => void woken.push(id),
  });
  const review = async (query: Record<string, unknown> = {}, as: Caller = subject.caller) =>
    getReview(as, { id: (await calendar())._id, query }, around());
  const answer = async (action: string, ifMatch?: string, as: Caller = subject.caller) =>
    answerReview(as, { id: (await calendar())._id, ifMatch, body: { type: 'json', value: { action } } }, around());
  const stored = (): Promise<number> => subject.collections.meetings.countDocuments();
  const actions = async (): Promise<string[]> => (await auditRecordsOf(subject)).map(({ action }) => action);

  beforeEach(async () => {
    subject = await startSyncBench({ pageSize: 100, database: database() });
    woken = [];
    for (let n = 0; n < 200; n += 1) put(`e${n}`, { day: n < 150 ? 24 + (n % 5) : 1 + (n % 5) });
    put('secret', { visibility: 'private' });
    await subject.run();
    subject.mailbox.remove('secret');
    remove(0, 160);
    await run();
  });

  it('says what would vanish, a page at a time: what lies ahead first, then the latest of what is over', async () => {
    const first = await review();
    expect(first).toMatchObject({ removing: 161, existing: 201, applied: false });
    expect(first.items).toHaveLength(100);
    const second = await review({ cursor: first.next ?? '' });
    expect(second.next).toBeNull();
    const all = [...first.items, ...second.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(161);
    const days = all.map(({ start }) => ('dateTime' in start ? start.dateTime.slice(8, 10) : ''));
    expect(days.slice(0, 151)).toEqual(days.slice(0, 151).sort());
    expect(days.slice(151)).toEqual(days.slice(151).sort().reverse());
    expect(all.find(({ title }) => title === 'secret')?.redacted).toBe(false);
  });

  it('tells a service only when a private meeting is', async () => {
    const key: Caller = { ...subject.caller, userId: 'key_1', role: 'service', scopes: ['meetings:read'] };
    const first = await review({}, key);
    const second = await review({ cursor: first.next ?? '' }, key);
    const hidden = [...first.items, ...second.items].filter(({ redacted }) => redacted);
    expect(hidden).toMatchObject([{ title: null, start: { dateTime: expect.stringContaining('2026-11-24') } }]);
  });

  it('takes an answer from no service', async () => {
    const key: Caller = { ...subject.caller, userId: 'key_1', role: 'service', scopes: ['meetings:read'] };
    await expect(answer('apply', '*', key)).rejects.toMatchObject({ problem: { code: 'forbidden' } });
  });

  it('names nothing that may not be read now', async () => {
    await subject.collections.connections.updateOne({ _id: 'con_1' }, { $set: { readable: false } });
    expect(await review()).toMatchObject({ removing: 161, items: [] });
  });

  it('is nobody else’s, and not there where nothing is held', async () => {
    const stranger: Caller = { ...subject.caller, userId: 'usr_eve' };
    await expect(review({}, stranger)).rejects.toMatchObject({ problem: { code: 'not_found' } });
    await expect(answer('apply', '*', stranger)).rejects.toMatchObject({ problem: { code: 'not_found' } });
    for (let n = 0; n < 160; n += 1) put(`e${n}`);
    await run();
    await expect(review()).rejects.toMatchObject({ problem: { code: 'not_found' } });
    await expect(answer('apply')).rejects.toMatchObject({ problem: { code: 'not_found' } });
    expect(await subject.collections.reviews.countDocuments()).toBe(0);
  });

  it('removes what was let through with the next run, told of like every removal', async () => {
    const { version } = await review();
    await answer('apply', version);
    await answer('apply', version);
    expect(woken).toEqual(['con_1']);
    expect(await review()).toMatchObject({ applied: true, version });
    const mirror = new Map<string, Meeting>();
    const cursor = await subject.replay(mirror, undefined);
    expect(mirror.size).toBe(201);
    expect(await subject.runWhileDue()).toBe(1);
    expect(await stored()).toBe(40);
    expect(await calendar()).toMatchObject({ review: null, problem: null });
    expect(await subject.collections.reviews.countDocuments()).toBe(0);
    expect(await eventsOf(subject, CANCELLED)).toHaveLength(161);
    await subject.replay(mirror, cursor);
    expect(mirror.size).toBe(40);
    expect(await actions()).toEqual(['run.held', 'review.applied', 'run.released']);
    expect((await auditRecordsOf(subject))[1]).toMatchObject({ actorId: 'usr_ada', details: { removing: 161 } });
    expect(subject.reports.at(-1)?.state).toBe('active');
  });

  it('is another one when its set has changed: what was seen before is stale', async () => {
    const { version, since } = await review();
    remove(160, 170);
    await run();
    const now = await review();
    expect(now).toMatchObject({ removing: 171, since });
    expect(now.version).not.toBe(version);
    for (const action of ['apply', 'resync'])
      await expect(answer(action, version)).rejects.toMatchObject({
        problem: { code: 'version_conflict', currentVersion: now.version },
      });
    await expect(answer('apply')).rejects.toMatchObject({ problem: { code: 'bad_request' } });
    await expect(review({ cursor: `${version}.1` })).rejects.toMatchObject({ problem: { code: 'cursor_expired' } });
    expect(await stored()).toBe(201);
  });

  it('stays the same review while its set stays the same', async () => {
    const before = await review();
    await run();
    expect(await review()).toEqual(before);
    expect(await actions()).toEqual(['run.held']);
  });

  it('lets nothing through that was not looked at, and holds that in its turn', async () => {
    const { version } = await review();
    await answer('apply', version);
    remove(160, 190);
    await run();
    expect(await stored()).toBe(40);
    const rest = await review();
    expect(rest).toMatchObject({ removing: 30, existing: 40, applied: false });
    expect(rest.items).toHaveLength(30);
    await answer('apply', rest.version);
    await subject.run();
    expect(await stored()).toBe(10);
    expect(await actions()).toEqual(['run.held', 'review.applied', 'run.held', 'review.applied', 'run.released']);
  });

  it('goes on where a process died in the middle of what was let through', async () => {
    await answer('apply', (await review()).version);
    for (let crashAfterCommits = 0; crashAfterCommits < 3; crashAfterCommits += 1)
      await subject.run({ crashAfterCommits }).catch(() => undefined);
    subject.clock.advance(60_000);
    await run();
    expect(await stored()).toBe(40);
    expect(await eventsOf(subject, CANCELLED)).toHaveLength(161);
    expect(await calendar()).toMatchObject({ review: null });
  });

  it('is planned again when the answer comes while it is under way', async () => {
    const { version } = await review();
    let answered: Promise<unknown> | null = null;
    await subject.hint();
    put('new');
    await subject.run({
      stopped: () => {
        answered ??= answer('apply', version);
        return false;
      },
    });
    await answered;
    await run();
    expect(await stored()).toBe(41);
    expect(await calendar()).toMatchObject({ review: null });
  });

  it('keeps everything with keep and resync, and lists the calendar again', async () => {
    const generation = (await calendar()).generation;
    await answer('resync', (await review()).version);
    expect(await calendar()).toMatchObject({ cursor: null, review: null, problem: null });
    expect(await subject.collections.reviews.countDocuments()).toBe(0);
    for (let n = 0; n < 160; n += 1) put(`e${n}`);
    put('secret', { visibility: 'private' });
    await subject.run();
    expect((await calendar()).generation).toBe(generation + 1);
    expect(await stored()).toBe(201);
    expect(await calendar()).toMatchObject({ review: null, problem: null });
    expect(await eventsOf(subject, CANCELLED)).toHaveLength(0);
    expect(await actions()).toEqual(['run.held', 'review.resynced']);
  });

  it('is held again when the complete listing says the same', async () => {
    await answer('resync');
    await subject.run();
    expect(await stored()).toBe(201);
    expect(await review()).toMatchObject({ removing: 161, existing: 201, applied: false });
    expect(await actions()).toEqual(['run.held', 'review.resynced', 'run.held']);
  });

  it('removes nothing of a calendar that is left out meanwhile', async () => {
    await subject.store.select({ calendar: await calendar(), selected: false, ifVersion: null, actorId: 'usr_ada' });
    await expect(review()).rejects.toMatchObject({ problem: { code: 'not_found' } });
    await expect(answer('apply')).rejects.toMatchObject({ problem: { code: 'not_found' } });
    expect(await stored()).toBe(201);
  });
});
