import type { Meeting } from '@daybook/contracts';
import { at, cancelled, content, exception, FakeProvider, series, single } from '@daybook/testing/fakes';
import { renamed, showElsewhere } from '../testing/same-mailbox';
import { ADDRESS, eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { CANCELLED, CREATED, UPDATED } from '../testing/writing-person';

const [START, END] = [at('2026-11-24T10:00'), at('2026-11-24T11:00')];
const SECOND = { instant: Date.UTC(2026, 10, 30, 8) };
const THIRD = { instant: Date.UTC(2026, 11, 7, 8) };

describe('a connection that changes to another provider of the same mailbox', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let other: FakeProvider;
  let before: readonly Meeting[];
  let events: number;
  let updates: number;

  beforeEach(async () => {
    subject = await startSyncBench({ database: database(), pageSize: 4 });
    const { mailbox } = subject;
    for (let n = 0; n < 9; n += 1) mailbox.put(single(`e${n}`, content(`Event ${n}`, START, END)));
    mailbox.put(
      series('weekly', content('Weekly', at('2026-11-23T09:00'), at('2026-11-23T09:30')), 'RRULE:FREQ=WEEKLY;COUNT=4'),
    );
    const moved = content('Weekly, later', at('2026-11-30T15:00'), at('2026-11-30T15:30'));
    mailbox.put(exception('weekly_2', 'weekly', SECOND, moved));
    mailbox.put(cancelled('weekly_3', 'weekly', THIRD));
    mailbox.addCalendar({ remoteId: 'team', name: 'Team' });
    mailbox.put(single('t1', content('Team event', START, END)), 'team');
    await subject.runWhileDue();
    before = await rows();
    events = await subject.collections.outbox.countDocuments();
    updates = (await eventsOf(subject, UPDATED)).length;
  });

  const rows = () => subject.list({ from: '2026-11-22T00:00:00Z' });
  const open = (translations?: ReadonlyMap<string, string>): FakeProvider => {
    const { clock } = subject;
    return new FakeProvider({
      clock,
      key: 'other',
      names: 'its',
      pageSize: 4,
      ...(translations ? { translations } : {}),
    });
  };
  const change = async (translations?: Map<string, string>): Promise<void> => {
    other = open(translations);
    for (const [name, now] of showElsewhere(subject.mailbox, other)) translations?.set(name, now);
    await subject.changeTo('ews', other);
  };
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await subject.runWhileDue();
      subject.clock.advance(60_000);
    }
    await subject.hint();
    await subject.runWhileDue();
  };
  const there = () => other.mailbox(ADDRESS);
  const calendarsNow = () => subject.store.calendarsOf('con_1');
  const countOf = async (kind: string) => (await eventsOf(subject, kind)).length;
  const newEvents = async () => (await subject.collections.outbox.countDocuments()) - events;

  it.each([
    ['has no translation', undefined],
    ['translates names', new Map<string, string>()],
  ])('keeps everything under its ids, and tells nobody anything (the provider %s)', async (_how, translations) => {
    await change(translations);
    await settle();
    expect(await rows()).toEqual(before);
    expect(await newEvents()).toBe(0);
    expect(await subject.collections.meetings.countDocuments()).toBe(13);
    expect(await subject.collections.meetings.countDocuments({ former: { $exists: true } })).toBe(0);
    expect(await subject.collections.meetings.countDocuments({ remoteId: /^other / })).toBe(13);
    expect((await calendarsNow()).map(({ remoteId, takeover }) => [remoteId, takeover])).toEqual([
      ['other primary', null],
      ['other team', null],
    ]);
    expect(await subject.store.connection('con_1')).not.toHaveProperty('namedBy');
  });

  it('goes on reading from the new provider alone', async () => {
    await change();
    await settle();
    const asked = subject.provider.requests.length;
    there().put(single('other new', content('New', START, END)), 'other primary');
    there().remove('other e0', 'other primary');
    there().put({ ...single('other e1', content('Renamed', START, END)), iCalUid: 'e1@fake' }, 'other primary');
    await settle();
    const titles = (await rows()).map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['New', 'Renamed']));
    expect(titles).not.toContain('Event 0');
    expect((await rows()).find(({ title }) => title === 'Renamed')?.id).toBe(
      before.find(({ title }) => title === 'Event 1')?.id,
    );
    expect(subject.provider.requests).toHaveLength(asked);
    expect(other.notifications.subscribed).toHaveLength(2);
  });

  it('tells only of what really differs there', async () => {
    other = open();
    showElsewhere(subject.mailbox, other);
    const elsewhere = { ...content('Event 1', START, END), webLink: 'https://other.example/1', description: ' \r\n' };
    there().put({ ...single('other e1', elsewhere), iCalUid: 'e1@fake' }, 'other primary');
    there().put({ ...single('other e2', content('Changed', START, END)), iCalUid: 'e2@fake' }, 'other primary');
    there().remove('other e3', 'other primary');
    await subject.changeTo('ews', other);
    await settle();
    expect((await eventsOf(subject, UPDATED)).slice(updates).map(({ title }) => title)).toEqual(['Changed']);
    expect((await eventsOf(subject, CANCELLED)).map(({ title }) => title)).toEqual([null, 'Event 3']);
    expect(await newEvents()).toBe(2);
    const { editUrl } = (await rows()).find(({ title }) => title === 'Event 1') ?? {};
    expect(editUrl).toBe('https://other.example/1');
  });

  it('finds by their start those whose iCalUID stands for several', async () => {
    const twins = [at('2026-11-25T10:00'), at('2026-11-26T10:00')] as const;
    for (const [n, start] of twins.entries())
      subject.mailbox.put({
        ...single(`twin${n}`, content(`Twin ${n}`, start, at(`2026-11-2${5 + n}T11:00`))),
        iCalUid: 'twin',
      });
    await subject.hint();
    await subject.runWhileDue();
    before = await rows();
    await change();
    await settle();
    expect(await rows()).toEqual(before);
  });

  it('removes nothing while the new list has not come to its end', async () => {
    await change();
    there().remove('other e0', 'other primary');
    other.faults.add({ kind: 'cut', on: 'changes', after: 1 });
    await subject.run();
    expect(await rows()).toEqual(before);
    expect(await newEvents()).toBe(0);
    await settle();
    expect(await rows()).toHaveLength(before.length - 1);
  });

  it('asks a person before it removes a large part of a calendar', async () => {
    for (let n = 10; n < 60; n += 1) subject.mailbox.put(single(`e${n}`, content(`Event ${n}`, START, END)));
    await subject.hint();
    await subject.runWhileDue();
    other = open();
    showElsewhere(subject.mailbox, other);
    for (let n = 10; n < 60; n += 1) there().remove(renamed(`e${n}`), 'other primary');
    before = await rows();
    await subject.changeTo('ews', other);
    await settle();
    expect(await rows()).toEqual(before);
    expect((await calendarsNow())[0]?.review).toMatchObject({ removing: 50 });
  });

  it('keeps the choice of calendars, lets go what is not there, and takes what is', async () => {
    const [, team] = await calendarsNow();
    if (!team) throw new Error('there is no second calendar');
    await subject.store.select({ calendar: team, selected: false, ifVersion: null, actorId: 'usr_ada' });
    subject.mailbox.addCalendar({ remoteId: 'old', name: 'Old' });
    await subject.hint();
    await subject.runWhileDue();
    other = open();
    showElsewhere(subject.mailbox, other);
    there().removeCalendar('other old');
    there().addCalendar({ remoteId: 'fresh', name: 'Fresh' });
    await subject.changeTo('ews', other);
    await settle();
    const now = await calendarsNow();
    expect(new Map(now.map(({ name, selected }) => [name, selected]))).toEqual(
      new Map([
        [ADDRESS, true],
        ['Team', false],
        ['Fresh', true],
      ]),
    );
    expect(now.find(({ name }) => name === 'Team')?._id).toBe(team._id);
  });

  it('comes back to the first one with all ids', async () => {
    await change();
    await settle();
    await subject.changeTo('oauth2', subject.provider);
    await settle();
    expect(await rows()).toEqual(before);
    expect(await newEvents()).toBe(0);
    expect((await calendarsNow()).map(({ remoteId }) => remoteId)).toEqual(['primary', 'team']);
  });

  it.each([1, 2, 4, 6, 10])('goes on after it ended in the middle (after %d questions)', async (asked) => {
    await change(new Map());
    let left = asked;
    await subject.run({ stopped: () => (left -= 1) < 0 });
    await settle();
    expect(await rows()).toEqual(before);
    expect(await newEvents()).toBe(0);
    expect(await subject.collections.meetings.countDocuments()).toBe(13);
  });

  it.each([0, 1, 3, 5])('goes on after it died behind commit %d', async (commits) => {
    await change();
    await subject.run({ crashAfterCommits: commits }).catch(() => undefined);
    await settle();
    expect(await rows()).toEqual(before);
    expect(await newEvents()).toBe(0);
  });

  it('goes on after the provider failed between its steps, also when it changes back meanwhile', async () => {
    await change(new Map());
    other.faults.add({ kind: 'unavailable', on: 'translate', after: 1 });
    await subject.run();
    expect((await calendarsNow())[0]?.takeover).toMatchObject({ step: 'translate' });
    await subject.changeTo('oauth2', subject.provider);
    await settle();
    expect(await rows()).toEqual(before);
    expect(await newEvents()).toBe(0);
  });

  it.each([1, 2, 4])('changes in the middle of its first sync, behind commit %d', async (commits) => {
    subject = await startSyncBench({ database: database(), pageSize: 4 });
    for (let n = 0; n < 9; n += 1) subject.mailbox.put(single(`e${n}`, content(`Event ${n}`, START, END)));
    await subject.run({ crashAfterCommits: commits }).catch(() => undefined);
    const kept = await subject.collections.meetings.distinct('_id');
    await change();
    await settle();
    const now = await subject.collections.meetings.distinct('_id');
    expect(now).toHaveLength(9);
    expect(now).toEqual(expect.arrayContaining(kept));
    expect(await countOf(CREATED)).toBe(9);
    expect(await countOf(CANCELLED)).toBe(0);
  });

  it('is first synced where nothing had been read before', async () => {
    await subject.collections.calendars.deleteMany({});
    await subject.collections.connections.updateOne({ _id: 'con_1' }, { $set: { listedAt: null } });
    await change();
    await settle();
    expect(await eventsOf(subject, CREATED)).not.toHaveLength(0);
    expect((await calendarsNow()).map(({ remoteId }) => remoteId)).toEqual(['other primary', 'other team']);
  });
});
