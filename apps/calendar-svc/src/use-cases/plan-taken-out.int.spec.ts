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
