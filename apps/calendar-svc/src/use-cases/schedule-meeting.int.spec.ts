import { at, content } from '@daybook/testing/fakes';
import { eventsOf, startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { BERLIN, CREATED, problemOf, UPDATED, writingPerson, type WritingPerson } from '../testing/writing-person';

describe('meetings that people schedule', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let ada: WritingPerson;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    ada = await writingPerson(bench);
  });

  it("stand in their calendar with a number that is nobody else's, and are told of once", async () => {
    const { done, meeting } = await ada.schedule();
    expect(done).toBe(true);
    expect(meeting).toMatchObject({
      kind: 'meeting',
      origin: 'client',
      pending: null,
      calendar: { id: ada.calendarId },
    });
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
    await ada.schedule();
    const before = bench.commits.length;
    const rev = (await bench.store.calendar(ada.calendarId))?.rev;
    await bench.hint();
    await bench.runWhileDue();
    expect((await bench.store.calendar(ada.calendarId))?.rev).toBe(rev);
    expect(bench.commits.slice(before).every(({ written, removed }) => written + removed === 0)).toBe(true);
    expect(await eventsOf(bench, UPDATED)).toEqual([]);
    expect(await ada.titles()).toEqual(['Design review']);
  });

  it('need no calendar, and are listed all the same', async () => {
    const { done, meeting } = await ada.schedule({ calendarId: null });
    expect(done).toBe(true);
    expect(meeting).toMatchObject({
      calendar: null,
      origin: 'client',
      pending: null,
      host: { isMe: true, name: 'Ada' },
    });
    expect(await ada.titles()).toEqual(['Design review']);
    expect(await bench.list({ hostedBy: 'me' })).toHaveLength(1);
    expect(bench.mailbox.items()).toEqual([]);
    expect(await eventsOf(bench, CREATED)).toHaveLength(1);
  });

  it('repeat, and one occurrence that is moved at the provider moves here', async () => {
    const { meeting } = await ada.schedule({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] });
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
    const first = await ada.schedule({}, 'k1');
    const again = await ada.schedule({}, 'k1');
    expect(again.meeting.id).toBe(first.meeting.id);
    expect(bench.mailbox.items()).toHaveLength(1);
    expect((await problemOf(ada.schedule({ topic: 'Other' }, 'k1'))).code).toBe('idempotency_mismatch');
  });

  it('wait while the provider is down, are written once when it is back', async () => {
    bench.provider.faults.add({ kind: 'unavailable', times: Infinity });
    const { done, meeting } = await ada.schedule();
    expect(done).toBe(false);
    expect(meeting.pending).toMatchObject({ operation: 'create', waitingFor: 'google' });
    expect(await ada.titles()).toEqual(['Design review']);
    expect(await eventsOf(bench, CREATED)).toEqual([]);
    bench.provider.faults.clear();
    await ada.settle();
    expect((await ada.get(meeting.id)).pending).toBeNull();
    expect(bench.mailbox.items()).toHaveLength(1);
    expect(await eventsOf(bench, CREATED)).toHaveLength(1);
  });

  it('are written once when the answer never came', async () => {
    bench.provider.faults.add({ kind: 'timeout_after_write', on: 'create' });
    const { done, meeting } = await ada.schedule();
    expect(done).toBe(false);
    await ada.settle();
    expect((await ada.get(meeting.id)).pending).toBeNull();
    expect(bench.mailbox.writes.map(({ operation }) => operation)).toEqual(['create']);
  });

  it('leave nothing where the provider refuses them at once', async () => {
    bench.provider.faults.add({ kind: 'rejected', on: 'create' });
    expect((await problemOf(ada.schedule())).code).toBe('write_refused');
    expect(await ada.titles()).toEqual([]);
    expect(bench.mailbox.items()).toEqual([]);
  });

  it('stay in no calendar where the provider refuses them later', async () => {
    bench.provider.faults.add({ kind: 'unavailable', times: 50 });
    const { meeting } = await ada.schedule();
    bench.provider.faults.clear();
    bench.provider.faults.add({ kind: 'rejected', on: 'create' });
    await ada.settle();
    expect(await ada.get(meeting.id)).toMatchObject({
      ...{ calendar: null, pending: null, title: 'Design review' },
      refused: { operation: 'create', code: 'provider_refused' },
    });
  });

  it('can be withdrawn while they wait', async () => {
    bench.provider.faults.add({ kind: 'unavailable', times: Infinity, on: 'calendars' });
    bench.provider.faults.add({ kind: 'unavailable', times: Infinity, on: 'create' });
    const { meeting } = await ada.schedule();
    bench.provider.faults.clear();
    await ada.withdraw(meeting.id);
    await ada.settle();
    expect(await ada.titles()).toEqual([]);
    expect(bench.mailbox.items()).toEqual([]);
  });

  it('stay, without a calendar, when their connection goes, and find their event again', async () => {
    const { meeting } = await ada.schedule({ recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] });
    const [item] = bench.mailbox.items();
    const calendar = await bench.store.calendar(ada.calendarId);
    if (!calendar || !item) throw new Error('nothing there');
    await bench.store.releaseOwn(calendar);
    await bench.store.purgeCalendar(calendar);
    expect(await ada.get(meeting.id)).toMatchObject({
      calendar: null,
      title: 'Design review',
      join: { recognised: true },
    });
    expect(await ada.titles()).toHaveLength(3);
    await bench.store.noteConnection('con_1', { listDueAt: new Date(bench.clock.now()), listedAt: null });
    await bench.runWhileDue();
    expect(await ada.titles()).toHaveLength(3);
    expect(await ada.get(meeting.id)).toMatchObject({ id: meeting.id, calendar: { service: 'google' } });
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
    ['a zone nobody knows', { start: { dateTime: '2026-11-23T09:00:00', timeZone: 'Mars/Base' } }, ['start.timeZone']],
  ])('are refused with %s, by the name of the field, and nothing is written', async (_what, more, fields) => {
    expect(await problemOf(ada.schedule(more))).toMatchObject({ code: 'invalid_body', fields });
    expect(bench.mailbox.writes).toEqual([]);
    expect(await ada.titles()).toEqual([]);
  });

  it('are refused where nothing may be written', async () => {
    await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { writable: false } });
    expect((await problemOf(ada.schedule())).code).toBe('permission_missing');
    await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { writable: true } });
    await bench.collections.calendars.updateOne({ _id: ada.calendarId }, { $set: { writable: false } });
    expect((await problemOf(ada.schedule())).code).toBe('calendar_read_only');
  });
});
