import { at, cancelled, content, exception, series, single } from '@daybook/testing/fakes';
import { FreeBusyBench, put, starts } from '../../testing/free-busy-bench';
import { ADDRESS, POLL_MS, startSyncBench, withTestDatabase, type SyncBench } from '../../testing/sync-bench';

describe('the times at which the caller is taken', () => {
  const database = withTestDatabase();
  let bench: SyncBench;
  let subject: FreeBusyBench;

  beforeEach(async () => {
    bench = await startSyncBench({ database: database() });
    subject = new FreeBusyBench(bench);
  });

  it('are read from what is stored, by id and by any of their addresses alike, once', async () => {
    put(bench.mailbox, 'talk', '24');
    await bench.run();
    const asked = bench.provider.requests.length;
    const expected = {
      userId: 'usr_ada',
      email: ADDRESS,
      busy: [{ start: '2026-11-24T08:00:00.000Z', end: '2026-11-24T09:00:00.000Z', status: 'busy' }],
    };
    expect(await subject.read('usr_ada')).toEqual({ items: [expected] });
    expect(await subject.read(['usr_ada', ADDRESS.toUpperCase(), ' ada@example.com ,usr_ada'])).toEqual({
      items: [expected],
    });
    expect(bench.provider.requests).toHaveLength(asked);
  });

  it('leave out what is declined, takes no time, or is cancelled; a maybe is tentative', async () => {
    const me = (response: 'declined' | 'tentative') => ({
      attendees: [{ name: 'Ada', email: ADDRESS, response, role: 'required' as const }],
    });
    put(bench.mailbox, 'no', '23', me('declined'));
    put(bench.mailbox, 'maybe', '24', me('tentative'));
    put(bench.mailbox, 'group', '25', { response: 'declined' });
    put(bench.mailbox, 'reminder', '26', { busy: false });
    const daily = content('daily', at('2026-11-25T12:00'), at('2026-11-25T13:00'));
    bench.mailbox.put(series('daily', daily, 'RRULE:FREQ=DAILY;COUNT=3'));
    bench.mailbox.put(cancelled('daily_2', 'daily', { instant: Date.UTC(2026, 10, 26, 11) }));
    const later = content('daily', at('2026-11-28T15:00'), at('2026-11-28T16:00'));
    bench.mailbox.put(exception('daily_3', 'daily', { instant: Date.UTC(2026, 10, 27, 11) }, later));
    await bench.run();
    const item = await subject.one('usr_ada');
    expect(item.busy.map(({ start, status }) => `${start.slice(5, 16)} ${status}`)).toEqual([
      '11-24T08:00 tentative',
      '11-25T11:00 busy',
      '11-28T14:00 busy',
    ]);
    expect(item.reason).toBeUndefined();
  });

  it('come from all their own calendars that are shown, and from no calendar of somebody else', async () => {
    bench.mailbox.addCalendar({ remoteId: 'second', name: 'Second' });
    bench.mailbox.addCalendar({ remoteId: 'of ben', name: 'Ben', owned: false });
    bench.mailbox.addCalendar({ remoteId: 'hidden', name: 'Hidden', shown: false });
    const meeting = (name: string, hour: string) =>
      single(name, content(name, at(`2026-11-24T${hour}:00`), at(`2026-11-24T${hour}:30`)));
    bench.mailbox.put(meeting('a', '09'));
    bench.mailbox.put(meeting('b', '11'), 'second');
    bench.mailbox.put(meeting('c', '13'), 'of ben');
    bench.mailbox.put(meeting('d', '15'), 'hidden');
    await bench.run();
    expect(starts(await subject.one('usr_ada'))).toEqual(['11-24T08:00', '11-24T10:00']);
  });

  it('are told of a private meeting like of any other, and never by what', async () => {
    put(bench.mailbox, 'Salary talk', '24', {
      visibility: 'private',
      location: 'Room 9',
      description: 'the numbers',
    });
    await bench.run();
    const item = await subject.one('usr_ada');
    expect(item.busy).toHaveLength(1);
    expect(JSON.stringify(item)).not.toMatch(/Salary|Room 9|numbers/);
  });

  it('are there for times that no rows are stored for', async () => {
    const yearly = content('yearly', at('2026-11-25T12:00'), at('2026-11-25T13:00'));
    bench.mailbox.put(series('yearly', yearly, 'RRULE:FREQ=YEARLY'));
    await bench.run();
    const item = await subject.one('usr_ada', { from: '2031-11-01T00:00:00Z', to: '2031-12-01T00:00:00Z' });
    expect(starts(item)).toEqual(['11-25T11:00']);
  });

  it('are all of them where they take more than one reading', async () => {
    for (let hour = 0; hour < 20; hour += 1) {
      const text = `2026-11-24T${String(hour).padStart(2, '0')}`;
      const often = content('often', at(`${text}:00`), at(`${text}:30`));
      bench.mailbox.put(series(`often ${hour}`, often, 'RRULE:FREQ=DAILY;COUNT=60'));
    }
    await bench.run();
    const item = await subject.one('usr_ada', { to: '2027-01-24T00:00:00Z' });
    expect([item.busy.length, item.reason]).toEqual([1_200, undefined]);
  });

  it('may be more than is stored while a calendar is not up to date', async () => {
    expect((await subject.one('usr_ada')).reason).toBe('incomplete');
    await bench.run();
    expect((await subject.one('usr_ada')).reason).toBeUndefined();
    bench.clock.advance(3 * POLL_MS);
    expect((await subject.one('usr_ada')).reason).toBe('incomplete');
  });

  it('may be more than what was scheduled here once a connection may not be read', async () => {
    put(bench.mailbox, 'talk', '24');
    await bench.run();
    await bench.collections.connections.updateOne({ _id: 'con_1' }, { $set: { readable: false } });
    expect(await subject.one('usr_ada')).toEqual({ userId: 'usr_ada', email: ADDRESS, busy: [], reason: 'incomplete' });
  });
});
