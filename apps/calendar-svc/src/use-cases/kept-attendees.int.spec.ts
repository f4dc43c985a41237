import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { problemOf, writingPerson, type WritingPerson } from '../testing/writing-person';

const BEN = { attendees: ['ben@example.com'] };

describe('attendees where the provider mails them whatever it is told', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let ada: WritingPerson;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database(), mailsAttendees: 'always' });
    ada = await writingPerson(bench);
  });

  const atProvider = () =>
    bench.mailbox.items().flatMap((item) => (item.kind === 'cancelled' ? [] : [item.content.attendees.length]));
  const invited = async (id: string) => {
    const { attendees, attendeesAtProvider } = await ada.get(id);
    return { who: attendees.map(({ email }) => email), attendeesAtProvider };
  };

  it('stay here with a new meeting, and nobody is mailed', async () => {
    const { meeting } = await ada.schedule(BEN);
    expect(await invited(meeting.id)).toEqual({ who: ['ben@example.com'], attendeesAtProvider: false });
    expect([atProvider(), bench.mailbox.mails]).toEqual([[0], []]);
    await ada.settle();
    expect(await invited(meeting.id)).toEqual({ who: ['ben@example.com'], attendeesAtProvider: false });
  });

  it('stay here through changes, and go there when a person asks for mail', async () => {
    const { meeting } = await ada.schedule(BEN);
    await ada.change(meeting.id, { topic: 'Other' });
    const all = ['ben@example.com', 'cleo@example.com'];
    await ada.change(meeting.id, { attendees: all });
    expect(await invited(meeting.id)).toEqual({ who: all, attendeesAtProvider: false });
    expect([atProvider(), bench.mailbox.mails]).toEqual([[0], []]);
    await ada.change(meeting.id, { notify: true });
    expect(await invited(meeting.id)).toEqual({ who: all, attendeesAtProvider: true });
    expect(atProvider()).toEqual([2]);
    expect(bench.mailbox.mails.map(({ to }) => to).sort()).toEqual(all);
  });

  it('are told of a change or a removal only when a person says so; until then nothing is written', async () => {
    const { meeting } = await ada.schedule({ ...BEN, notify: true });
    const [mails, writes] = [bench.mailbox.mails.length, bench.mailbox.writes.length];
    expect(mails).toBe(1);
    expect((await problemOf(ada.change(meeting.id, { topic: 'Other' }))).code).toBe('would_notify');
    expect((await problemOf(ada.change(meeting.id, { calendarId: null }))).code).toBe('would_notify');
    expect((await problemOf(ada.remove(meeting.id))).code).toBe('would_notify');
    await ada.settle();
    expect([bench.mailbox.mails.length, bench.mailbox.writes.length]).toEqual([mails, writes]);
    await ada.change(meeting.id, { topic: 'Other', notify: true });
    await ada.remove(meeting.id, { notify: 'true' });
    expect(bench.mailbox.mails.slice(mails).map(({ reason }) => reason)).toContain('cancellation');
    expect(bench.mailbox.items()).toEqual([]);
  });

  it('are asked about for one occurrence, too, and for those that follow', async () => {
    const { meeting } = await ada.schedule({ ...BEN, notify: true, recurrence: ['RRULE:FREQ=DAILY;COUNT=4'] });
    const [, second] = await ada.rows();
    expect(second?.series?.id).toBe(meeting.series?.id ?? meeting.id);
    const once = { scope: 'this' };
    expect((await problemOf(ada.change(second?.id ?? '', { topic: 'Once' }, once))).code).toBe('would_notify');
    expect((await problemOf(ada.remove(second?.id ?? '', { scope: 'following' }))).code).toBe('would_notify');
  });

  it('belong to each occurrence of a series, also one that was changed alone', async () => {
    await ada.schedule({ ...BEN, recurrence: ['RRULE:FREQ=DAILY;COUNT=4'] });
    const [, second] = await ada.rows();
    await ada.change(second?.id ?? '', { topic: 'Once' }, { scope: 'this' });
    await ada.settle();
    for (const { id } of await ada.rows())
      expect(await invited(id)).toEqual({ who: ['ben@example.com'], attendeesAtProvider: false });
    expect(bench.mailbox.mails).toEqual([]);
  });

  it('go where the meeting goes: to no calendar nobody has to be asked', async () => {
    const { meeting } = await ada.schedule(BEN);
    await ada.change(meeting.id, { calendarId: null });
    await ada.settle();
    expect(await invited(meeting.id)).toEqual({ who: ['ben@example.com'], attendeesAtProvider: true });
    await ada.change(meeting.id, { calendarId: ada.calendarId });
    await ada.settle();
    expect(await invited(meeting.id)).toEqual({ who: ['ben@example.com'], attendeesAtProvider: false });
    expect([atProvider(), bench.mailbox.mails]).toEqual([[0], []]);
  });
});
