import { eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { BERLIN, problemOf, UPDATED, writingPerson, type WritingPerson } from '../testing/writing-person';

describe('meetings that people change', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let ada: WritingPerson;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    ada = await writingPerson(bench);
  });

  it('change in place at the provider, with its page to confirm', async () => {
    const { meeting } = await ada.schedule({ attendees: ['ben@example.com'] });
    const { done, changed } = await ada.change(meeting.id, { topic: 'Design review 2' }, { ifMatch: meeting.version });
    expect(done).toBe(true);
    expect(changed).toMatchObject({ meeting: { id: meeting.id, title: 'Design review 2', pending: null } });
    expect(changed.separateEvent).toBeUndefined();
    const items = bench.mailbox.items();
    expect(items).toHaveLength(1);
    expect(items[0]?.kind === 'single' && items[0].content).toMatchObject({
      title: 'Design review 2',
      attendees: [{ email: 'ben@example.com' }],
    });
    expect(await eventsOf(bench, UPDATED)).toHaveLength(1);
    expect(bench.mailbox.mails).toEqual([]);
  });

  it('have the way to join once in their text, also where the text comes back as it was read', async () => {
    const { meeting } = await ada.schedule({ description: 'Agenda' });
    const { description } = await ada.get(meeting.id);
    await ada.change(meeting.id, { description: `${description}`, topic: 'Other' });
    const after = await ada.get(meeting.id);
    expect([after.title, after.description]).toEqual(['Other', description]);
  });

  it('are refused with a stale version, and told the present one', async () => {
    const { meeting } = await ada.schedule();
    await ada.change(meeting.id, { topic: 'Second' });
    const now = await ada.get(meeting.id);
    await expect(ada.change(meeting.id, { topic: 'Third' }, { ifMatch: meeting.version })).rejects.toMatchObject({
      problem: { code: 'version_conflict', currentVersion: now.version },
    });
    expect((await ada.get(meeting.id)).title).toBe('Second');
  });

  const later = {
    start: { dateTime: '2026-11-23T15:00:00', timeZone: BERLIN },
    end: { dateTime: '2026-11-23T16:00:00', timeZone: BERLIN },
  };

  it('get a separate event for a changed time, with the same number, and the old one stays', async () => {
    const { meeting } = await ada.schedule();
    const { changed } = await ada.change(meeting.id, later);
    expect(changed.meeting).toMatchObject({ id: meeting.id, start: meeting.start, version: meeting.version });
    expect(changed.separateEvent).toMatchObject({ start: later.start, origin: 'client', pending: null });
    expect(changed.separateEvent?.id).not.toBe(meeting.id);
    expect(changed.separateEvent?.join).toMatchObject({ number: meeting.join.number, url: meeting.join.url });
    expect(bench.mailbox.items()).toHaveLength(2);
  });

  it('are moved where the policy says so', async () => {
    const { meeting } = await ada.schedule();
    const policy = { of: async () => ({ enabled: true, twoWaySync: true, reschedule: 'update' as const }) };
    const { changed } = await ada.change(meeting.id, later, { policy });
    expect(changed.separateEvent).toBeUndefined();
    expect(changed.meeting).toMatchObject({ id: meeting.id, start: later.start });
    expect(bench.mailbox.items()).toHaveLength(1);
  });

  it('keep what the provider changed of the same field, and show what gave way', async () => {
    const { meeting } = await ada.schedule();
    const [item] = bench.mailbox.items();
    if (item?.kind !== 'single') throw new Error('no item');
    bench.mailbox.put({ ...item, content: { ...item.content, title: 'From the phone', visibility: 'private' } });
    await ada.change(meeting.id, { topic: 'From here', description: 'Agenda' });
    await ada.settle();
    const now = await ada.get(meeting.id);
    expect(now).toMatchObject({ title: 'From the phone', visibility: 'private', pending: null });
    expect(now.description).toContain('Agenda');
    expect(now.overridden).toMatchObject([{ field: 'title', value: 'From here' }]);
    const [after] = bench.mailbox.items();
    expect(after?.kind === 'single' && after.content.title).toBe('From the phone');
    expect(after?.kind === 'single' && after.content.description).toContain('Agenda');
  });

  it('rest on what is there when they are committed, also where the provider was faster by a moment', async () => {
    const { meeting } = await ada.schedule();
    const [item] = bench.mailbox.items();
    if (item?.kind !== 'single') throw new Error('no item');
    const unit = bench.writing.writer.unit.bind(bench.writing.writer);
    const looking = jest.spyOn(bench.writing.writer, 'unit').mockImplementationOnce(async (unitId) => {
      bench.mailbox.put({ ...item, content: { ...item.content, visibility: 'private' } });
      await bench.hint();
      await bench.run();
      return unit(unitId);
    });
    await ada.change(meeting.id, { topic: 'From here' });
    looking.mockRestore();
    await ada.settle();
    expect(await ada.get(meeting.id)).toMatchObject({ title: 'From here', visibility: 'private', pending: null });
    const told = await bench.collections.outbox.find({ itemKey: meeting.id }).sort({ sequence: 1 }).toArray();
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('go back to what they were where the provider refuses', async () => {
    const { meeting } = await ada.schedule();
    bench.provider.faults.add({ kind: 'rejected', on: 'update' });
    expect((await problemOf(ada.change(meeting.id, { topic: 'No' }))).code).toBe('write_refused');
    expect(await ada.get(meeting.id)).toMatchObject({
      title: 'Design review',
      pending: null,
      refused: { operation: 'update' },
    });
  });

  it('are written as one where several changes wait', async () => {
    const { meeting } = await ada.schedule();
    bench.provider.faults.add({ kind: 'unavailable', times: Infinity });
    await ada.change(meeting.id, { topic: 'One' });
    const { done, changed } = await ada.change(meeting.id, { description: 'Two' });
    expect([done, changed.meeting.title, changed.meeting.pending?.operation]).toEqual([false, 'One', 'update']);
    bench.provider.faults.clear();
    await ada.settle();
    expect(bench.mailbox.writes.map(({ operation }) => operation)).toEqual(['create', 'update']);
    expect(await ada.get(meeting.id)).toMatchObject({ title: 'One', pending: null });
  });

  it('take back what waits', async () => {
    const { meeting } = await ada.schedule();
    await bench.store.noteConnection('con_1', { notBefore: new Date(bench.clock.now() + 60_000) });
    await ada.change(meeting.id, { topic: 'Never' });
    const withdrawn = await ada.withdraw(meeting.id);
    expect(withdrawn).toMatchObject({ done: true, meeting: { title: 'Design review', pending: null } });
    await ada.settle();
    expect(bench.mailbox.writes.map(({ operation }) => operation)).toEqual(['create']);
  });

  it('take back what may have been written already, by another write', async () => {
    const { meeting } = await ada.schedule();
    bench.provider.faults.add({ kind: 'timeout_after_write', on: 'update' });
    await ada.change(meeting.id, { topic: 'Too early' });
    const withdrawn = await ada.withdraw(meeting.id);
    expect(withdrawn).toMatchObject({ done: false, meeting: { title: 'Design review' } });
    await ada.settle();
    expect(await ada.get(meeting.id)).toMatchObject({ title: 'Design review', pending: null });
    const [item] = bench.mailbox.items();
    expect(item?.kind === 'single' && item.content.title).toBe('Design review');
  });

  it('move to another calendar and are removed from the first, keeping their id', async () => {
    bench.mailbox.addCalendar({ remoteId: 'work', name: 'Work' });
    bench.clock.advance(400_000);
    await bench.runWhileDue();
    const work = (await bench.store.calendarsOf('con_1')).find(({ remoteId }) => remoteId === 'work');
    const { meeting } = await ada.schedule();
    const { changed } = await ada.change(meeting.id, { calendarId: work?._id });
    await ada.settle();
    expect(changed.meeting.id).toBe(meeting.id);
    expect(await ada.get(meeting.id)).toMatchObject({ calendar: { id: work?._id }, pending: null });
    expect([bench.mailbox.items().length, bench.mailbox.items('work').length]).toEqual([0, 1]);
    expect(await ada.titles()).toEqual(['Design review']);
    await ada.change(meeting.id, { calendarId: null });
    await ada.settle();
    expect(bench.mailbox.items('work')).toEqual([]);
    expect(await ada.get(meeting.id)).toMatchObject({ calendar: null, title: 'Design review' });
    await ada.change(meeting.id, { calendarId: ada.calendarId });
    await ada.settle();
    expect(bench.mailbox.items()).toHaveLength(1);
    expect(await ada.get(meeting.id)).toMatchObject({ id: meeting.id, calendar: { id: ada.calendarId } });
  });

  describe('of a series', () => {
    const weekly = { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };

    it('change one occurrence only', async () => {
      await ada.schedule(weekly);
      const [, second] = await ada.rows();
      await ada.change(second?.id ?? '', { topic: 'Only this' });
      expect((await ada.rows()).map(({ title }) => title)).toEqual([
        'Design review',
        'Only this',
        'Design review',
        'Design review',
      ]);
      expect(
        bench.mailbox
          .items()
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(['exception', 'series']);
    });

    it('change all of them by one of their occurrences', async () => {
      const { meeting } = await ada.schedule(weekly);
      const [, second] = await ada.rows();
      const { changed } = await ada.change(second?.id ?? '', { topic: 'All' }, { scope: 'all' });
      expect(changed.meeting.series?.id).toBe(meeting.id);
      expect((await ada.rows()).map(({ title }) => title)).toEqual(['All', 'All', 'All', 'All']);
    });

    it('change one and those that follow, as a series of their own with the same number', async () => {
      const { meeting } = await ada.schedule(weekly);
      const [, , third] = await ada.rows();
      const { changed } = await ada.change(third?.id ?? '', { topic: 'From here' }, { scope: 'following' });
      expect((await ada.rows()).map(({ title }) => title)).toEqual([
        'Design review',
        'Design review',
        'From here',
        'From here',
      ]);
      expect(changed.meeting.join.number).toBe(meeting.join.number);
      await ada.settle();
      expect(bench.mailbox.items().map(({ kind }) => kind)).toEqual(['series', 'series']);
      expect((await ada.rows()).map(({ title }) => title)).toHaveLength(4);
    });

    it('lose one occurrence, those that follow, and all', async () => {
      const { meeting } = await ada.schedule(weekly);
      const [first, second] = await ada.rows();
      expect(await ada.remove(second?.id ?? '')).toEqual({ done: true, meeting: null });
      expect(await ada.rows()).toHaveLength(3);
      await ada.settle();
      expect(await ada.rows()).toHaveLength(3);
      const [, third] = await ada.rows();
      await ada.remove(third?.id ?? '', { scope: 'following' });
      expect((await ada.rows()).map(({ id }) => id)).toEqual([first?.id]);
      await ada.settle();
      expect((await ada.rows()).map(({ id }) => id)).toEqual([first?.id]);
      await ada.remove(meeting.id);
      expect(await ada.rows()).toEqual([]);
      expect(bench.mailbox.items()).toEqual([]);
    });
  });
});
