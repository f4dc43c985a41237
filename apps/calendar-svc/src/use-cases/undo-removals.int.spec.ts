import type { Meeting } from '@daybook/contracts';
import { at, cancelled, content, exception, series, single } from '@daybook/testing/fakes';
import { auditRecordsOf, eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { CREATED, writingPerson, type WritingPerson } from '../testing/writing-person';
import { listCalendars } from './calendars';
import { undoRemovals } from './reviews';

describe('what a provider took away, put back', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let ada: WritingPerson;
  let before: Meeting[];
  let since: string;

  const put = (name: string): void =>
    void subject.mailbox.put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
  const undo = () =>
    undoRemovals(
      subject.caller,
      { id: ada.calendarId, body: { type: 'json', value: { since } } },
      { ...subject.reading, removals: subject.removals },
    );
  const rows = (): Promise<Meeting[]> => subject.list({ from: '2026-11-20T00:00:00Z', to: '2026-12-31T00:00:00Z' });
  const facts = (meetings: readonly Meeting[]): string[] =>
    meetings.map(({ title, start, end }) => JSON.stringify({ title, start, end })).sort();
  const pull = async (): Promise<void> => {
    await subject.hint();
    await subject.run();
  };

  beforeEach(async () => {
    subject = await startSyncBench({ pageSize: 50, database: database() });
    for (const name of ['one', 'two', 'stays']) put(name);
    const weekly = content('weekly', at('2026-11-23T09:00'), at('2026-11-23T09:30'));
    subject.mailbox.put(series('weekly', weekly, 'RRULE:FREQ=WEEKLY;COUNT=4'));
    const moved = content('moved', at('2026-12-01T15:00'), at('2026-12-01T15:30'));
    subject.mailbox.put(exception('moved', 'weekly', { instant: Date.parse('2026-11-30T08:00:00Z') }, moved));
    subject.mailbox.put(cancelled('skipped', 'weekly', { instant: Date.parse('2026-12-07T08:00:00Z') }));
    ada = await writingPerson(subject);
    before = await rows();
    subject.clock.advance(60_000);
    since = new Date(subject.clock.now()).toISOString();
    for (const name of ['one', 'two', 'weekly']) subject.mailbox.remove(name);
    await pull();
    expect((await rows()).map(({ title }) => title)).toEqual(['stays']);
  });

  it('is there again with its series and what was changed of it, in no calendar, and told of', async () => {
    const mirror = new Map<string, Meeting>();
    const cursor = await subject.replay(mirror, undefined);
    const told = (await eventsOf(subject, CREATED)).length;
    expect(await undo()).toEqual({ restored: 3, more: false });
    expect(facts(await rows())).toEqual(facts(before));
    const [one] = (await rows()).filter(({ title }) => title === 'one');
    expect(one).toMatchObject({
      calendar: null,
      origin: 'client',
      actions: { edit: true, delete: true },
      pending: null,
    });
    await subject.replay(mirror, cursor);
    expect(facts([...mirror.values()])).toEqual(facts(before));
    expect((await eventsOf(subject, CREATED)).slice(told).map(({ title }) => title)).toEqual(
      expect.arrayContaining(['one', 'two', 'weekly']),
    );
    expect((await auditRecordsOf(subject)).at(-1)).toMatchObject({
      action: 'removals.undone',
      actorId: 'usr_ada',
      details: { restored: 3 },
    });
  });

  it('is put back once, however often it is asked for, also by two at the same time', async () => {
    const both = await Promise.all([undo(), undo()]);
    expect(both.map(({ restored }) => restored).sort()).toEqual([0, 3]);
    expect(await undo()).toEqual({ restored: 0, more: false });
    expect(facts(await rows())).toEqual(facts(before));
  });

  it('is only what went since then', async () => {
    subject.clock.advance(60_000);
    since = new Date(subject.clock.now()).toISOString();
    expect(await undo()).toEqual({ restored: 0, more: false });
  });

  it('leaves out what the provider shows again', async () => {
    put('one');
    await pull();
    expect(await undo()).toEqual({ restored: 2, more: false });
    expect(facts(await rows())).toEqual(facts(before));
  });

  it('shows once where the provider brings the original back later', async () => {
    await undo();
    put('one');
    await pull();
    const ones = (await rows()).filter(({ title }) => title === 'one');
    expect(ones).toHaveLength(1);
    expect(ones[0]?.id).toBe(before.find(({ title }) => title === 'one')?.id);
  });

  it('can be put into a calendar again, and is one meeting there', async () => {
    await undo();
    const [one] = (await rows()).filter(({ title }) => title === 'one');
    await ada.change(one?.id ?? '', { calendarId: ada.calendarId });
    await ada.settle();
    await pull();
    expect(subject.mailbox.items().map((item) => ('content' in item ? item.content.title : ''))).toContain('one');
    const after = (await rows()).filter(({ title }) => title === 'one');
    expect(after).toMatchObject([{ id: one?.id, calendar: { id: ada.calendarId }, pending: null }]);
  });

  it('can be deleted', async () => {
    await undo();
    const [one] = (await rows()).filter(({ title }) => title === 'one');
    expect(await ada.remove(one?.id ?? '')).toMatchObject({ done: true, meeting: null });
    expect((await rows()).map(({ title }) => title)).not.toContain('one');
  });

  it('keeps the id of what was scheduled here', async () => {
    const { meeting } = await ada.schedule();
    await ada.settle();
    const [item] = subject.mailbox.items().filter((one) => 'content' in one && one.content.title === 'Design review');
    subject.mailbox.remove(item?.remoteId ?? '');
    await pull();
    await expect(ada.get(meeting.id)).rejects.toMatchObject({ problem: { code: 'not_found' } });
    await undo();
    expect(await ada.get(meeting.id)).toMatchObject({ calendar: null, title: 'Design review', join: meeting.join });
  });

  it('stays away while its connection may not be read', async () => {
    await subject.collections.connections.updateOne({ _id: 'con_1' }, { $set: { readable: false } });
    await expect(undo()).rejects.toMatchObject({ problem: { code: 'permission_missing' } });
  });

  it('is nobody else’s', async () => {
    const stranger = { ...subject.caller, userId: 'usr_eve' };
    const request = { id: ada.calendarId, body: { type: 'json' as const, value: { since } } };
    await expect(
      undoRemovals(stranger, request, { ...subject.reading, removals: subject.removals }),
    ).rejects.toMatchObject({ problem: { code: 'not_found' } });
  });
});

describe('what a person let through and wants back', () => {
  const database = withTestDatabase();

  it('is offered for thirty days', async () => {
    const subject = await startSyncBench({ database: database() });
    await subject.run();
    const [calendar] = await subject.store.calendarsOf('con_1');
    const letThrough = { removed: 30, since: new Date(subject.clock.now()) };
    await subject.collections.calendars.updateOne({ _id: calendar?._id ?? '' }, { $set: { letThrough } });
    const undoable = async () => (await listCalendars(subject.caller, {}, subject.reading)).items[0]?.undoable;
    subject.clock.advance(30 * 86_400_000);
    expect(await undoable()).toMatchObject({ removed: 30 });
    subject.clock.advance(1);
    expect(await undoable()).toBeNull();
  });
});

describe('very much that a provider took away', () => {
  const database = withTestDatabase();

  it('comes back some hundred at a time', async () => {
    const subject = await startSyncBench({ pageSize: 200, database: database() });
    const names = Array.from({ length: 450 }, (_, n) => `e${n}`);
    for (const name of names)
      subject.mailbox.put(single(name, content(name, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    const ada = await writingPerson(subject);
    const since = new Date(subject.clock.now()).toISOString();
    for (const name of names) subject.mailbox.remove(name);
    await subject.hint();
    await subject.run();
    const calendar = await subject.store.calendar(ada.calendarId);
    const version = calendar?.review?.version ?? '';
    if (calendar) await subject.reviews.apply({ calendar, version, actorId: 'usr_ada' });
    const undoable = async () => (await listCalendars(subject.caller, {}, subject.reading)).items[0]?.undoable;
    expect(await undoable()).toBeNull();
    await subject.run();
    expect(await undoable()).toEqual({ removed: 450, since });
    const undo = () =>
      undoRemovals(
        subject.caller,
        { id: ada.calendarId, body: { type: 'json', value: { since } } },
        { ...subject.reading, removals: subject.removals },
      );
    expect([await undo(), await undo()]).toEqual([
      { restored: 200, more: true },
      { restored: 200, more: true },
    ]);
    expect(await undoable()).toEqual({ removed: 450, since });
    expect([await undo(), await undo()]).toEqual([
      { restored: 50, more: false },
      { restored: 0, more: false },
    ]);
    expect(await undoable()).toBeNull();
    expect(await subject.list({ from: '2026-11-20T00:00:00Z' })).toHaveLength(450);
  });
});
