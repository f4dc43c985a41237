import { at, content, series, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { CoverageRoller } from './coverage-roller';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

describe('the stored stretch of days', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let failures: unknown[];
  let subject: CoverageRoller;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    failures = [];
    subject = new CoverageRoller({
      collections: bench.collections,
      leases: bench.leases,
      surroundings: bench.surroundings,
      clock: bench.clock,
      failed: (error) => failures.push(error),
    });
    const daily = (name: string): void => {
      const its = content(name, at('2026-01-01T09:00'), at('2026-01-01T09:15'));
      bench.mailbox.put(series(name, its, 'RRULE:FREQ=DAILY'));
    };
    daily('moves');
    daily('stays');
    bench.mailbox.put(single('far', content('far', at('2027-12-29T10:00'), at('2027-12-29T11:00'))));
    await bench.run();
  });
  afterEach(() => expect(failures).toEqual([]));

  const titlesOn = async (day: string): Promise<string[]> => {
    const rows = await bench.collections.occurrences
      .find({ startsAt: { $gte: new Date(`${day}T00:00:00Z`), $lt: new Date(`${day}T23:59:00Z`) } })
      .toArray();
    const items = await bench.collections.meetings.find({ _id: { $in: rows.map(({ itemId }) => itemId) } }).toArray();
    return items.map(({ content: its }) => its?.title ?? '').sort();
  };
  const events = (): Promise<number> => bench.collections.outbox.countDocuments();

  it('moves with every day: what comes into reach is there, what is behind is gone', async () => {
    expect(await titlesOn('2027-12-29')).toEqual([]);
    for (let day = 0; day < 3; day += 1) {
      bench.clock.advance(DAY_MS);
      await subject.rollAll();
    }
    expect(await titlesOn('2027-12-29')).toEqual(['far', 'moves', 'stays']);
    const [calendar] = await bench.store.calendarsOf('con_1');
    expect(calendar?.coverage.to).toEqual(new Date('2027-12-30T00:00:00Z'));
    const oldest = await bench.collections.occurrences.findOne({}, { sort: { endsAt: 1 } });
    expect(oldest?.endsAt.getTime()).toBeGreaterThan(calendar?.coverage.from.getTime() ?? Infinity);
    expect(await bench.collections.occurrences.countDocuments()).toBe(2 * 490 + 1);
  });

  it('is nobody’s news: no event and no push', async () => {
    const before = await events();
    const commits = bench.commits.length;
    bench.clock.advance(3 * DAY_MS);
    await subject.rollAll();
    expect(await events()).toBe(before);
    const rolled = bench.commits.slice(commits);
    expect(rolled.length).toBeGreaterThan(0);
    expect(rolled.every(({ visible, written, removed }) => !visible && written + removed === 0)).toBe(true);
  });

  it('writes nothing on the same day again', async () => {
    bench.clock.advance(DAY_MS);
    await subject.rollAll();
    const commits = bench.commits.length;
    await subject.rollAll();
    expect(bench.commits.length).toBe(commits);
  });

  it('is computed again when zone data is newer, with an update only for what moved and is still ahead', async () => {
    const { occurrences, calendars, meetings } = bench.collections;
    const head = await meetings.findOne({ remoteId: 'moves' });
    const next = await occurrences.findOne({
      seriesId: head?._id ?? '',
      startsAt: { $gt: new Date(bench.clock.now()) },
    });
    if (!next) throw new Error('there is no next day');
    // As older zone data had it: an hour late.
    const late = {
      startsAt: new Date(next.startsAt.getTime() + HOUR_MS),
      endsAt: new Date(next.endsAt.getTime() + HOUR_MS),
    };
    await occurrences.updateOne({ _id: next._id }, { $set: late });
    await calendars.updateMany({}, { $set: { 'coverage.zoneData': 'older' } });
    const before = await events();
    await subject.rollAll();
    expect((await occurrences.findOne({ _id: next._id }))?.startsAt).toEqual(next.startsAt);
    expect(await events()).toBe(before + 1);
    const [updated] = await bench.collections.outbox.find({ subject: 'evt.calendar.meeting.updated.v1' }).toArray();
    expect(updated).toMatchObject({ itemKey: head?._id, sequence: 2 });
  });

  it('says nothing when newer zone data only moves what is over', async () => {
    const { occurrences, calendars } = bench.collections;
    const past = await occurrences.findOne({ endsAt: { $lt: new Date(bench.clock.now()) } });
    if (!past) throw new Error('there is no past day');
    await occurrences.updateOne({ _id: past._id }, { $set: { startsAt: new Date(past.startsAt.getTime() + 60_000) } });
    await calendars.updateMany({}, { $set: { 'coverage.zoneData': 'older' } });
    const before = await events();
    await subject.rollAll();
    expect(await events()).toBe(before);
  });
});
