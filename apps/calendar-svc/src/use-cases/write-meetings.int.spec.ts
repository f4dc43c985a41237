import { ProblemError, type Meeting, type RawBody } from '@daybook/contracts';
import { at, content } from '@daybook/testing/fakes';
import { eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { changeMeeting } from './change-meeting';
import { deleteMeeting } from './delete-meeting';
import { getMeeting } from './get-meeting';
import { scheduleMeeting } from './schedule-meeting';
import { withdrawWrite } from './withdraw-write';

const BERLIN = 'Europe/Berlin';
const CREATED = 'evt.calendar.meeting.created.v1';
const UPDATED = 'evt.calendar.meeting.updated.v1';
const CANCELLED = 'evt.calendar.meeting.cancelled.v1';

describe('meetings of people', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let calendarId: string;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    await bench.runWhileDue();
    const [calendar] = await bench.store.calendarsOf('con_1');
    calendarId = calendar?._id ?? '';
  });

  const json = (value: unknown): RawBody => ({ type: 'json', value });
  const wish = (more: object = {}) => ({
    topic: 'Design review',
    start: { dateTime: '2026-11-23T09:00:00', timeZone: BERLIN },
    end: { dateTime: '2026-11-23T10:00:00', timeZone: BERLIN },
    calendarId,
    ...more,
  });
  const schedule = (more: object = {}, idempotencyKey?: string) =>
    scheduleMeeting({ caller: bench.caller, body: json(wish(more)), idempotencyKey }, bench.writing);
  const change = (id: string, body: object, { scope, ifMatch }: { scope?: string; ifMatch?: string } = {}) =>
    changeMeeting(
      { caller: bench.caller, id, query: scope ? { scope } : {}, ifMatch, body: json(body) },
      bench.writing,
    );
  const remove = (id: string, query: object = {}) =>
    deleteMeeting({ caller: bench.caller, id, query: { ...query } }, bench.writing);
  const withdraw = (id: string) => withdrawWrite({ caller: bench.caller, id }, bench.writing);
  const get = (id: string): Promise<Meeting> => getMeeting(bench.caller, id, bench.reading);
  const titles = async () => (await bench.list({ from: '2026-11-22T00:00:00Z' })).map(({ title }) => title);
  const settle = async () => {
    bench.clock.advance(1_000_000);
    await bench.runWhileDue();
  };

  async function problemOf(work: Promise<unknown>): Promise<{ code: string; fields: string[]; editUrl?: string }> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { code, fields = [], editUrl } = error.problem;
      return { code, fields: fields.map(({ field }) => field), ...(editUrl === undefined ? {} : { editUrl }) };
    }
    throw new Error('nothing was refused');
  }

  describe('scheduled', () => {
    it("stand in their calendar with a number that is nobody else's, and are told of once", async () => {
      const { done, meeting } = await schedule();
      expect(done).toBe(true);
      expect(meeting).toMatchObject({ kind: 'meeting', origin: 'client', pending: null, calendar: { id: calendarId } });
      expect(meeting.join).toMatchObject({ recognised: true, number: expect.stringMatching(/^00\d{9}$/) });
      expect(meeting.actions).toMatchObject({ join: true, edit: true, delete: true });
      const [item] = bench.mailbox.items();
      expect(item).toMatchObject({ kind: 'single', marker: { deployment: 'test', meetingId: meeting.id } });
      expect(item?.kind === 'single' && item.content.description).toContain(meeting.join.url);
      expect(item?.kind === 'single' && item.content.location).toBe(meeting.join.url);
      expect((await eventsOf(bench, CREATED)).map(({ meetingId }) => meetingId)).toEqual([meeting.id]);
      expect(bench.mailbox.mails).toEqual([]);
    });

    it('change nothing when their echo comes back', async () => {
      await schedule();
      const before = bench.commits.length;
      const rev = (await bench.store.calendar(calendarId))?.rev;
      await bench.hint();
      await bench.runWhileDue();
      expect((await bench.store.calendar(calendarId))?.rev).toBe(rev);
      expect(bench.commits.slice(before).every(({ written, removed }) => written + removed === 0)).toBe(true);
      expect(await eventsOf(bench, UPDATED)).toEqual([]);
      expect(await titles()).toEqual(['Design review']);
    });

    it('need no calendar, and are listed all the same', async () => {
      const { done, meeting } = await schedule({ calendarId: null });
      expect(done).toBe(true);
      expect(meeting).toMatchObject({
        calendar: null,
        origin: 'client',
        pending: null,
        host: { isMe: true, name: 'Ada' },
      });
      expect(await titles()).toEqual(['Design review']);
      expect(bench.mailbox.items()).toEqual([]);
      expect(await eventsOf(bench, CREATED)).toHaveLength(1);
    });

    it('repeat, and one occurrence that is moved at the provider moves here', async () => {
      const { meeting } = await schedule({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] });
      const [series] = bench.mailbox.items();
      if (series?.kind !== 'series') throw new Error('no series');
      const original = { instant: Date.parse('2026-11-30T08:00:00Z') };
      bench.mailbox.put({
        ...{
          kind: 'exception',
          remoteId: 'moved',
          seriesRemoteId: series.remoteId,
          originalStart: original,
          marker: null,
        },
        iCalUid: series.iCalUid,
        content: content('Design review', at('2026-12-01T11:00', BERLIN), at('2026-12-01T12:00', BERLIN)),
      });
      await bench.hint();
      await bench.runWhileDue();
      const rows = await bench.list({ from: '2026-11-22T00:00:00Z' });
      expect(rows).toHaveLength(4);
      expect(rows.every(({ series: of, origin }) => of?.id === meeting.id && origin === 'client')).toBe(true);
      expect(rows[1]?.start).toEqual({ dateTime: '2026-12-01T11:00:00', timeZone: BERLIN });
    });

    it('are the same one for the same key, and refused for another body', async () => {
      const first = await schedule({}, 'k1');
      const again = await schedule({}, 'k1');
      expect(again.meeting.id).toBe(first.meeting.id);
      expect(bench.mailbox.items()).toHaveLength(1);
      expect((await problemOf(schedule({ topic: 'Other' }, 'k1'))).code).toBe('idempotency_mismatch');
    });

    it('wait while the provider is down, are written once when it is back', async () => {
      bench.provider.faults.add({ kind: 'unavailable', times: Infinity });
      const { done, meeting } = await schedule();
      expect(done).toBe(false);
      expect(meeting.pending).toMatchObject({ operation: 'create', waitingFor: 'google' });
      expect(await titles()).toEqual(['Design review']);
      expect(await eventsOf(bench, CREATED)).toEqual([]);
      bench.provider.faults.clear();
      await settle();
      expect((await get(meeting.id)).pending).toBeNull();
      expect(bench.mailbox.items()).toHaveLength(1);
      expect(await eventsOf(bench, CREATED)).toHaveLength(1);
    });

    it('are written once when the answer never came', async () => {
      bench.provider.faults.add({ kind: 'timeout_after_write', on: 'create' });
      const { done, meeting } = await schedule();
      expect(done).toBe(false);
      await settle();
      expect((await get(meeting.id)).pending).toBeNull();
      expect(bench.mailbox.writes.map(({ operation }) => operation)).toEqual(['create']);
    });

    it('leave nothing where the provider refuses them at once', async () => {
      bench.provider.faults.add({ kind: 'rejected', on: 'create' });
      expect((await problemOf(schedule())).code).toBe('write_refused');
      expect(await titles()).toEqual([]);
      expect(bench.mailbox.items()).toEqual([]);
    });

    it('stay in no calendar where the provider refuses them later', async () => {
      bench.provider.faults.add({ kind: 'unavailable', times: 50 });
      const { meeting } = await schedule();
      bench.provider.faults.clear();
      bench.provider.faults.add({ kind: 'rejected', on: 'create' });
      await settle();
      expect(await get(meeting.id)).toMatchObject({
        ...{ calendar: null, pending: null, title: 'Design review' },
        refused: { operation: 'create', code: 'provider_refused' },
      });
    });

    it('can be withdrawn while they wait', async () => {
      bench.provider.faults.add({ kind: 'unavailable', times: Infinity, on: 'calendars' });
      bench.provider.faults.add({ kind: 'unavailable', times: Infinity, on: 'create' });
      const { meeting } = await schedule();
      bench.provider.faults.clear();
      await withdraw(meeting.id);
      await settle();
      expect(await titles()).toEqual([]);
      expect(bench.mailbox.items()).toEqual([]);
    });

    it('stay, without a calendar, when their connection goes, and find their event again', async () => {
      const { meeting } = await schedule({ recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] });
      const [item] = bench.mailbox.items();
      const calendar = await bench.store.calendar(calendarId);
      if (!calendar || !item) throw new Error('nothing there');
      await bench.store.releaseOwn(calendar);
      await bench.store.purgeCalendar(calendar);
      expect(await get(meeting.id)).toMatchObject({
        calendar: null,
        title: 'Design review',
        join: { recognised: true },
      });
      expect(await titles()).toHaveLength(3);
      await bench.store.noteConnection('con_1', { listDueAt: new Date(bench.clock.now()), listedAt: null });
      await bench.runWhileDue();
      expect(await titles()).toHaveLength(3);
      expect(await get(meeting.id)).toMatchObject({ id: meeting.id, calendar: { service: 'google' } });
    });

    it.each([
      ['a time that does not exist', { start: { dateTime: '2026-03-29T02:30:00', timeZone: BERLIN } }, ['start']],
      ['a time that comes twice', { start: { dateTime: '2026-10-25T02:30:00', timeZone: BERLIN } }, ['start']],
      ['an end before the start', { end: { dateTime: '2026-11-23T08:00:00', timeZone: BERLIN } }, ['end']],
      ['ten years', { end: { dateTime: '2036-11-23T08:00:00', timeZone: BERLIN } }, ['end']],
      ['a rule without end', { recurrence: ['RRULE:FREQ=DAILY'] }, ['recurrence']],
      ['a million days', { recurrence: ['RRULE:FREQ=DAILY;COUNT=1000000'] }, ['recurrence']],
      ['a rule that is none', { recurrence: ['FREQ=DAILY'] }, ['recurrence']],
      ['a foreign calendar', { calendarId: 'cal_0000' }, ['calendarId']],
      ['garbage among the guests', { attendees: ['ben@example.com', 'nobody'] }, ['attendees.1']],
      ['markup in the topic', { topic: '<b>Big</b>' }, ['topic']],
      ['control characters in the topic', { topic: 'a\u0007b' }, ['topic']],
      ['no topic', { topic: '  ' }, ['topic']],
      [
        'a zone nobody knows',
        { start: { dateTime: '2026-11-23T09:00:00', timeZone: 'Mars/Base' } },
        ['start.timeZone'],
      ],
    ])('are refused with %s, by the name of the field, and nothing is written', async (_what, more, fields) => {
      expect(await problemOf(schedule(more))).toMatchObject({ code: 'invalid_body', fields });
      expect(bench.mailbox.writes).toEqual([]);
      expect(await titles()).toEqual([]);
    });

    it('are refused where nothing may be written', async () => {
      await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { writable: false } });
      expect((await problemOf(schedule())).code).toBe('permission_missing');
      await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { writable: true } });
      await bench.collections.calendars.updateOne({ _id: calendarId }, { $set: { writable: false } });
      expect((await problemOf(schedule())).code).toBe('calendar_read_only');
    });
  });

  describe('changed', () => {
    it('change in place at the provider, with its page to confirm', async () => {
      const { meeting } = await schedule({ attendees: ['ben@example.com'] });
      const { done, changed } = await change(meeting.id, { topic: 'Design review 2' }, { ifMatch: meeting.version });
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

    it('are refused with a stale version, and told the present one', async () => {
      const { meeting } = await schedule();
      await change(meeting.id, { topic: 'Second' });
      const now = await get(meeting.id);
      await expect(change(meeting.id, { topic: 'Third' }, { ifMatch: meeting.version })).rejects.toMatchObject({
        problem: { code: 'version_conflict', currentVersion: now.version },
      });
      expect((await get(meeting.id)).title).toBe('Second');
    });

    const later = {
      start: { dateTime: '2026-11-23T15:00:00', timeZone: BERLIN },
      end: { dateTime: '2026-11-23T16:00:00', timeZone: BERLIN },
    };

    it('get a separate event for a changed time, with the same number, and the old one stays', async () => {
      const { meeting } = await schedule();
      const { changed } = await change(meeting.id, later);
      expect(changed.meeting).toMatchObject({ id: meeting.id, start: meeting.start, version: meeting.version });
      expect(changed.separateEvent).toMatchObject({ start: later.start, origin: 'client', pending: null });
      expect(changed.separateEvent?.id).not.toBe(meeting.id);
      expect(changed.separateEvent?.join).toMatchObject({ number: meeting.join.number, url: meeting.join.url });
      expect(bench.mailbox.items()).toHaveLength(2);
    });

    it('are moved where the policy says so', async () => {
      const { meeting } = await schedule();
      const policy = { of: async () => ({ enabled: true, twoWaySync: true, reschedule: 'update' as const }) };
      const { changed } = await changeMeeting(
        { caller: bench.caller, id: meeting.id, query: {}, body: json(later) },
        { ...bench.writing, policy },
      );
      expect(changed.separateEvent).toBeUndefined();
      expect(changed.meeting).toMatchObject({ id: meeting.id, start: later.start });
      expect(bench.mailbox.items()).toHaveLength(1);
    });

    it('keep what the provider changed of the same field, and show what gave way', async () => {
      const { meeting } = await schedule();
      const [item] = bench.mailbox.items();
      if (item?.kind !== 'single') throw new Error('no item');
      bench.mailbox.put({ ...item, content: { ...item.content, title: 'From the phone', visibility: 'private' } });
      await change(meeting.id, { topic: 'From here', description: 'Agenda' });
      await settle();
      const now = await get(meeting.id);
      expect(now).toMatchObject({ title: 'From the phone', visibility: 'private', pending: null });
      expect(now.description).toContain('Agenda');
      expect(now.overridden).toMatchObject([{ field: 'title', value: 'From here' }]);
      const [after] = bench.mailbox.items();
      expect(after?.kind === 'single' && after.content.title).toBe('From the phone');
      expect(after?.kind === 'single' && after.content.description).toContain('Agenda');
    });

    it('go back to what they were where the provider refuses', async () => {
      const { meeting } = await schedule();
      bench.provider.faults.add({ kind: 'rejected', on: 'update' });
      expect((await problemOf(change(meeting.id, { topic: 'No' }))).code).toBe('write_refused');
      expect(await get(meeting.id)).toMatchObject({
        title: 'Design review',
        pending: null,
        refused: { operation: 'update' },
      });
    });

    it('are written as one where several changes wait', async () => {
      const { meeting } = await schedule();
      bench.provider.faults.add({ kind: 'unavailable', times: Infinity });
      await change(meeting.id, { topic: 'One' });
      const { done, changed } = await change(meeting.id, { description: 'Two' });
      expect([done, changed.meeting.title, changed.meeting.pending?.operation]).toEqual([false, 'One', 'update']);
      bench.provider.faults.clear();
      await settle();
      expect(bench.mailbox.writes.map(({ operation }) => operation)).toEqual(['create', 'update']);
      expect(await get(meeting.id)).toMatchObject({ title: 'One', pending: null });
    });

    it('take back what waits', async () => {
      const { meeting } = await schedule();
      await bench.store.noteConnection('con_1', { notBefore: new Date(bench.clock.now() + 60_000) });
      await change(meeting.id, { topic: 'Never' });
      const withdrawn = await withdraw(meeting.id);
      expect(withdrawn).toMatchObject({ done: true, meeting: { title: 'Design review', pending: null } });
      await settle();
      expect(bench.mailbox.writes.map(({ operation }) => operation)).toEqual(['create']);
    });

    it('take back what may have been written already, by another write', async () => {
      const { meeting } = await schedule();
      bench.provider.faults.add({ kind: 'timeout_after_write', on: 'update' });
      await change(meeting.id, { topic: 'Too early' });
      const withdrawn = await withdraw(meeting.id);
      expect(withdrawn).toMatchObject({ done: false, meeting: { title: 'Design review' } });
      await settle();
      expect(await get(meeting.id)).toMatchObject({ title: 'Design review', pending: null });
      const [item] = bench.mailbox.items();
      expect(item?.kind === 'single' && item.content.title).toBe('Design review');
    });

    it('move to another calendar and are removed from the first, keeping their id', async () => {
      bench.mailbox.addCalendar({ remoteId: 'work', name: 'Work' });
      bench.clock.advance(400_000);
      await bench.runWhileDue();
      const work = (await bench.store.calendarsOf('con_1')).find(({ remoteId }) => remoteId === 'work');
      const { meeting } = await schedule();
      const { changed } = await change(meeting.id, { calendarId: work?._id });
      await settle();
      expect(changed.meeting.id).toBe(meeting.id);
      expect(await get(meeting.id)).toMatchObject({ calendar: { id: work?._id }, pending: null });
      expect([bench.mailbox.items().length, bench.mailbox.items('work').length]).toEqual([0, 1]);
      expect(await titles()).toEqual(['Design review']);
      await change(meeting.id, { calendarId: null });
      await settle();
      expect(bench.mailbox.items('work')).toEqual([]);
      expect(await get(meeting.id)).toMatchObject({ calendar: null, title: 'Design review' });
      await change(meeting.id, { calendarId });
      await settle();
      expect(bench.mailbox.items()).toHaveLength(1);
      expect(await get(meeting.id)).toMatchObject({ id: meeting.id, calendar: { id: calendarId } });
    });

    describe('of a series', () => {
      const weekly = { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };
      const rows = () => bench.list({ from: '2026-11-22T00:00:00Z' });

      it('change one occurrence only', async () => {
        await schedule(weekly);
        const [, second] = await rows();
        await change(second?.id ?? '', { topic: 'Only this' });
        expect((await rows()).map(({ title }) => title)).toEqual([
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
        const { meeting } = await schedule(weekly);
        const [, second] = await rows();
        const { changed } = await change(second?.id ?? '', { topic: 'All' }, { scope: 'all' });
        expect(changed.meeting.series?.id).toBe(meeting.id);
        expect((await rows()).map(({ title }) => title)).toEqual(['All', 'All', 'All', 'All']);
      });

      it('change one and those that follow, as a series of their own with the same number', async () => {
        const { meeting } = await schedule(weekly);
        const [, , third] = await rows();
        const { changed } = await change(third?.id ?? '', { topic: 'From here' }, { scope: 'following' });
        expect((await rows()).map(({ title }) => title)).toEqual([
          'Design review',
          'Design review',
          'From here',
          'From here',
        ]);
        expect(changed.meeting.join.number).toBe(meeting.join.number);
        await settle();
        expect(bench.mailbox.items().map(({ kind }) => kind)).toEqual(['series', 'series']);
        expect((await rows()).map(({ title }) => title)).toHaveLength(4);
      });

      it('lose one occurrence, those that follow, and all', async () => {
        const { meeting } = await schedule(weekly);
        const [first, second] = await rows();
        expect(await remove(second?.id ?? '')).toEqual({ done: true, meeting: null });
        expect(await rows()).toHaveLength(3);
        await settle();
        expect(await rows()).toHaveLength(3);
        const [, third] = await rows();
        await remove(third?.id ?? '', { scope: 'following' });
        expect((await rows()).map(({ id }) => id)).toEqual([first?.id]);
        await settle();
        expect((await rows()).map(({ id }) => id)).toEqual([first?.id]);
        await remove(meeting.id);
        expect(await rows()).toEqual([]);
        expect(bench.mailbox.items()).toEqual([]);
      });
    });
  });

  describe('deleted', () => {
    it('go at the provider too, and are told of', async () => {
      const { meeting } = await schedule();
      expect(await remove(meeting.id)).toEqual({ done: true, meeting: null });
      expect(bench.mailbox.items()).toEqual([]);
      expect(await eventsOf(bench, CANCELLED)).toHaveLength(1);
      expect((await problemOf(get(meeting.id))).code).toBe('not_found');
    });

    it("are only those scheduled here; of others the provider's page is named", async () => {
      bench.mailbox.put({
        ...{ kind: 'single', remoteId: 'r1', iCalUid: 'u1', marker: null },
        content: content('Theirs', at('2026-11-24T09:00'), at('2026-11-24T10:00'), {
          webLink: 'https://provider.test/r1',
        }),
      });
      await bench.hint();
      await bench.runWhileDue();
      const [theirs] = await bench.list({ from: '2026-11-22T00:00:00Z' });
      expect(theirs?.actions).toMatchObject({ edit: true, delete: false, reasons: { delete: 'scheduled_elsewhere' } });
      expect(await problemOf(remove(theirs?.id ?? ''))).toMatchObject({
        code: 'scheduled_elsewhere',
        editUrl: 'https://provider.test/r1',
      });
      expect(bench.mailbox.items()).toHaveLength(1);
    });

    it('wait while the provider is down', async () => {
      const { meeting } = await schedule();
      bench.provider.faults.add({ kind: 'unavailable', times: Infinity });
      const { done, meeting: waiting } = await remove(meeting.id);
      expect([done, waiting?.pending?.operation]).toEqual([false, 'remove']);
      bench.provider.faults.clear();
      await settle();
      expect(await titles()).toEqual([]);
      expect(bench.mailbox.items()).toEqual([]);
    });

    it('never reach the provider when they never were there', async () => {
      const { meeting } = await schedule({ calendarId: null });
      expect(await remove(meeting.id)).toEqual({ done: true, meeting: null });
      expect(await titles()).toEqual([]);
      expect(await eventsOf(bench, CANCELLED)).toHaveLength(1);
    });
  });

  it('show while the integration is off, where those of the provider do not', async () => {
    bench.mailbox.put({
      ...{ kind: 'single', remoteId: 'r1', iCalUid: 'u1', marker: null },
      content: content('Theirs', at('2026-11-24T09:00'), at('2026-11-24T10:00')),
    });
    const { meeting } = await schedule();
    await schedule({ topic: 'Nowhere', calendarId: null });
    await bench.hint();
    await bench.runWhileDue();
    expect(await titles()).toEqual(['Design review', 'Nowhere', 'Theirs']);
    const off = { of: async () => ({ enabled: false, twoWaySync: true, reschedule: 'separate' as const }) };
    const around = { ...bench.reading, policy: off };
    const { listMeetings } = await import('./list-meetings');
    const { items } = await listMeetings(bench.caller, { from: '2026-11-22T00:00:00Z' }, around);
    expect(items.map(({ title }) => title)).toEqual(['Design review', 'Nowhere']);
    expect(items[0]?.actions.reasons.edit).toBe('integration_disabled');
    expect((await getMeeting(bench.caller, meeting.id, around)).title).toBe('Design review');
  });

  it('give a reader of changes what the list shows, through every move', async () => {
    const mirror = new Map<string, Meeting>();
    let cursor = await bench.replay(mirror, undefined);
    const check = async () => {
      cursor = await bench.replay(mirror, cursor).catch(async () => {
        mirror.clear();
        return bench.replay(mirror, undefined);
      });
      const list = await bench.list({ from: '2026-11-01T00:00:00Z', to: '2027-06-01T00:00:00Z' });
      expect([...mirror.keys()].sort()).toEqual(list.map(({ id }) => id).sort());
    };
    const { meeting } = await schedule({ calendarId: null });
    await check();
    await change(meeting.id, { calendarId });
    await check();
    await change(meeting.id, { topic: 'Other' });
    await check();
    await change(meeting.id, { calendarId: null });
    await check();
    await remove(meeting.id);
    await check();
  });
});
