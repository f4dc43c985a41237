import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { BERLIN, writingPerson, type WritingPerson } from '../testing/writing-person';

describe('series that people change', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let ada: WritingPerson;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    ada = await writingPerson(bench);
  });

  const later = {
    start: { dateTime: '2026-11-23T15:00:00', timeZone: BERLIN },
    end: { dateTime: '2026-11-23T16:00:00', timeZone: BERLIN },
  };
  const inPlace = { of: async () => ({ enabled: true, twoWaySync: true, reschedule: 'update' as const }) };
  const starts = async () => (await ada.rows()).map(({ start }) => ('dateTime' in start ? start.dateTime : ''));

  it('keep out what was taken out, also at another time of day', async () => {
    const { meeting } = await ada.schedule({
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE:20261207T080000Z'],
    });
    const [, second] = await ada.rows();
    await ada.remove(second?.id ?? '');
    await ada.settle();
    await ada.change(meeting.id, later, { scope: 'all', policy: inPlace });
    await ada.settle();
    const left = ['2026-11-23T15:00:00', '2026-12-14T15:00:00', '2026-12-21T15:00:00'];
    expect(await starts()).toEqual(left);
    const series = bench.mailbox.items().find(({ kind }) => kind === 'series');
    const excluded = 'EXDATE:20261130T140000Z,20261207T140000Z';
    expect(series).toMatchObject({ lines: ['RRULE:FREQ=WEEKLY;COUNT=5', excluded] });
  });

  it('keep their last occurrence at a later time of day, and on another day', async () => {
    const recurrence = ['RRULE:FREQ=WEEKLY;UNTIL=20261214T080000Z'];
    const { meeting } = await ada.schedule({ recurrence });
    await ada.settle();
    await ada.change(meeting.id, later, { scope: 'all', policy: inPlace });
    await ada.settle();
    const days = ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14'];
    expect(await starts()).toEqual(days.map((day) => `${day}T15:00:00`));
    const tuesday = {
      start: { dateTime: '2026-12-08T16:00:00', timeZone: BERLIN },
      end: { dateTime: '2026-12-08T17:00:00', timeZone: BERLIN },
    };
    const [, , third] = await ada.rows();
    await ada.change(third?.id ?? '', tuesday, { scope: 'following', policy: inPlace });
    await ada.settle();
    const [first, second] = days.map((day) => `${day}T15:00:00`);
    expect(await starts()).toEqual([first, second, '2026-12-08T16:00:00', '2026-12-15T16:00:00']);
  });

  it('keep in no calendar what was changed of them, where they have it by themselves, and at their new time elsewhere', async () => {
    const { meeting } = await ada.schedule({ calendarId: null, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] });
    const [, second, third, fourth] = await ada.rows();
    const at = (time: string) => ({ dateTime: `2026-12-01T${time}`, timeZone: BERLIN });
    await ada.change(second?.id ?? '', { start: at('11:00:00'), end: at('12:00:00') });
    await ada.change(third?.id ?? '', { topic: 'Retrospective' });
    await ada.remove(fourth?.id ?? '');
    await ada.change(meeting.id, later, { scope: 'all' });
    expect(await starts()).toEqual(['2026-11-23T15:00:00', '2026-12-01T11:00:00', '2026-12-07T15:00:00']);
    expect(await ada.titles()).toEqual(['Design review', 'Design review', 'Retrospective']);
    const [head] = await ada.rows();
    await ada.change(head?.id ?? '', { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] }, { scope: 'all' });
    expect(await starts()).toEqual(['2026-11-23T15:00:00', '2026-12-01T11:00:00']);
  });

  it('keep out of a series that goes on with other words what was taken out after that', async () => {
    await ada.schedule({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5', 'EXDATE:20261221T080000Z'] });
    const [, second, third] = await ada.rows();
    await ada.remove(third?.id ?? '');
    await ada.settle();
    await ada.change(second?.id ?? '', { topic: 'From here' }, { scope: 'following' });
    await ada.settle();
    expect(await starts()).toEqual(['2026-11-23T09:00:00', '2026-11-30T09:00:00', '2026-12-14T09:00:00']);
  });

  it('keep out of a series that goes on at another time what was taken out after that', async () => {
    await ada.schedule({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE:20261207T080000Z'] });
    const [, second] = await ada.rows();
    const at = (time: string) => ({ dateTime: `2026-11-30T${time}`, timeZone: BERLIN });
    const change = { start: at('15:00:00'), end: at('16:00:00') };
    await ada.change(second?.id ?? '', change, { scope: 'following', policy: inPlace });
    await ada.settle();
    expect(await starts()).toEqual(['2026-11-23T09:00:00', '2026-11-30T15:00:00', '2026-12-14T15:00:00']);
  });
});
