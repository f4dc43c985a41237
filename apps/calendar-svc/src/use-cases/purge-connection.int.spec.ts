import { at, cancelled, content, series, single } from '@daybook/testing/fakes';
import {
  auditRecordsOf,
  eventsOf,
  POLL_MS,
  startSyncBench,
  withTestDatabase,
  type SyncBench,
} from '../testing/sync-bench';
import { purgeConnection } from './follow-connection';
import { retireConnection } from './retire-connection';

describe('a connection that is deleted', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let receipts: { receiptId: string; counts: object }[];

  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    receipts = [];
    subject.mailbox.put(single('secret plan', content('Secret plan', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.mailbox.put(single('left', content('Left', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.mailbox.put(
      series('daily', content('Daily', at('2026-11-23T09:00'), at('2026-11-23T09:15')), 'RRULE:FREQ=DAILY;COUNT=5'),
    );
    subject.mailbox.put(cancelled('daily_2', 'daily', { instant: Date.UTC(2026, 10, 24, 8) }));
    await subject.run();
    subject.mailbox.remove('left');
    await subject.hint();
    await subject.run();
  });

  const purge = async (): Promise<void> => {
    const connection = await subject.store.connection('con_1');
    if (!connection) throw new Error('there is no connection');
    const purged = async (receiptId: string, counts: object): Promise<void> =>
      void receipts.push({ receiptId, counts });
    await purgeConnection({ ...connection, receiptId: 'rcp_1' }, { ...subject, purges: { purged } });
  };

  it('leaves nothing of its meetings anywhere, and its receipt says how much went', async () => {
    await purge();
    const { outbox, ...rest } = subject.collections;
    for (const [name, collection] of Object.entries(rest))
      expect([name, await collection.countDocuments({})]).toEqual([name, 0]);
    expect(JSON.stringify(await outbox.find({ publishedAt: { $ne: null } }).toArray())).toBe('[]');
    expect(
      JSON.stringify(await outbox.find({ subject: { $ne: 'evt.calendar.meeting.cancelled.v1' } }).toArray()),
    ).not.toMatch(/Secret plan|Daily/);
    expect(receipts).toEqual([
      { receiptId: 'rcp_1', counts: { calendars: 1, meetings: 3, ledgerEntries: 5, outboxRows: expect.any(Number) } },
    ]);
  });

  it('tells other services that each of its meetings is cancelled, and nothing else of them', async () => {
    await purge();
    const events = await eventsOf(subject, 'evt.calendar.meeting.cancelled.v1');
    const said = events.filter(({ title }) => title === null);
    expect(said).toHaveLength(2);
    expect(JSON.stringify(said)).not.toMatch(/Secret|Daily|RRULE|@/);
    expect(await auditRecordsOf(subject)).toMatchObject([
      { action: 'connection.purged', targetId: 'con_1', details: { meetings: 3 } },
    ]);
  });

  it('also takes along what a retired calendar left', async () => {
    subject.mailbox.addCalendar({ remoteId: 'second' });
    subject.clock.advance(POLL_MS);
    await subject.run();
    subject.mailbox.removeCalendar('second');
    for (let n = 0; n < 2; n += 1) {
      subject.clock.advance(POLL_MS);
      await subject.run();
    }
    expect(await subject.store.everyCalendarOf('con_1')).toHaveLength(2);
    await purge();
    expect(await subject.collections.calendars.countDocuments()).toBe(0);
  });

  it('ends its channels while access still works, and says so', async () => {
    const { access, providerFor } = subject;
    expect(subject.provider.notifications.subscribed).toHaveLength(1);
    expect(await retireConnection('con_1', { store: subject.store, access, providerFor })).toBe('stopped');
    expect(subject.provider.notifications.subscribed).toEqual([]);
    expect(await retireConnection('con_1', { store: subject.store, access, providerFor })).toBe('none');
  });

  it('leaves its channels to expire where there is no access any more', async () => {
    const access = {
      ...subject.access,
      get: async () => ({ type: 'refused' as const, kind: 'Stopped' as const, detail: '', retryAt: null }),
    };
    const { store, providerFor } = subject;
    expect(await retireConnection('con_1', { store, access, providerFor })).toBe('left_to_expire');
    expect(subject.provider.notifications.subscribed).toHaveLength(1);
  });
});
