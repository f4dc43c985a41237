import type { Meeting } from '@daybook/contracts';
import { at, content, exception, series, single } from '@daybook/testing/fakes';
import {
  auditRecordsOf,
  eventsOf,
  POLL_MS,
  startSyncBench,
  withTestDatabase,
  type SyncBench,
} from '../testing/sync-bench';
import { changeCalendar, listCalendars } from './calendars';

const SECOND = 'second';

describe('the list of calendars', () => {
  const database = withTestDatabase();
  let subject: SyncBench;

  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    subject.mailbox.addCalendar({ remoteId: SECOND, name: 'Second' });
    put('kept', 'primary');
    put('gone', SECOND);
    put('secret', SECOND, { visibility: 'private' });
    subject.mailbox.put(
      series('daily', content('Daily', at('2026-11-23T09:00'), at('2026-11-23T09:15')), 'RRULE:FREQ=DAILY;COUNT=3'),
      SECOND,
    );
    subject.mailbox.put(
      exception(
        'daily_2',
        'daily',
        { instant: Date.UTC(2026, 10, 24, 8) },
        content('Daily, later', at('2026-11-24T15:00'), at('2026-11-24T15:15')),
      ),
      SECOND,
    );
    await subject.run();
  });

  const put = (name: string, calendar: string, more: Parameters<typeof content>[3] = {}): void => {
    subject.mailbox.put(single(name, content(name, at('2026-12-01T12:00'), at('2026-12-01T13:00'), more)), calendar);
  };
  const names = async (): Promise<string[]> =>
    (await listCalendars(subject.caller, {}, subject.reading)).items.map(({ name }) => name);
  const cancelled = () => eventsOf(subject, 'evt.calendar.meeting.cancelled.v1');
  /** The poll that misses it, and the look soon after that makes sure. */
  const missTwice = async (): Promise<void> => {
    subject.mailbox.removeCalendar(SECOND);
    subject.clock.advance(POLL_MS);
    await subject.run();
    subject.clock.advance(60_000);
    await subject.run();
  };

  it('keeps everything of a calendar that one listing does not show, and looks again within a minute', async () => {
    const description = subject.mailbox.calendars.get(SECOND);
    subject.mailbox.removeCalendar(SECOND);
    subject.clock.advance(POLL_MS);
    await subject.run();
    expect(await names()).toContain('Second');
    expect(await cancelled()).toEqual([]);
    subject.clock.advance(60_000);
    const now = new Date(subject.clock.now());
    expect(await subject.store.dueConnections(now, { limit: 9, push: false })).toEqual(['con_1']);
    if (description) subject.mailbox.calendars.set(SECOND, description);
    await subject.run();
    subject.mailbox.removeCalendar(SECOND);
    subject.clock.advance(POLL_MS);
    await subject.run();
    expect(await names()).toContain('Second');
    expect(await subject.collections.meetings.countDocuments()).toBe(5);
  });

  it('does not take two listings within the same moment for two', async () => {
    subject.mailbox.removeCalendar(SECOND);
    for (let n = 0; n < 3; n += 1) {
      await subject.hint();
      await subject.run();
    }
    expect(await names()).toContain('Second');
  });

  it('retires a calendar that two listings miss: events for each item, redacted as usual, and an audit record', async () => {
    const visibleBefore = subject.commits.filter(({ visible }) => visible).length;
    const updated = await eventsOf(subject, 'evt.calendar.meeting.updated.v1');
    await missTwice();
    expect(await names()).toEqual(['ada@example.com']);
    expect((await subject.list()).map(({ title }) => title)).toEqual(['kept']);
    const told = await cancelled();
    expect(told.map(({ title }) => title).sort()).toEqual(['Daily', 'Daily, later', 'gone', null].sort());
    expect(JSON.stringify(told)).not.toContain('"secret"');
    expect(await eventsOf(subject, 'evt.calendar.meeting.updated.v1')).toEqual(updated);
    expect(subject.commits.filter(({ visible }) => visible).length).toBeGreaterThan(visibleBefore);
    expect(await auditRecordsOf(subject)).toMatchObject([{ action: 'calendar.retired', actorId: 'system' }]);
    expect(await subject.collections.occurrences.countDocuments()).toBe(1);
  });

  it('tells a reader of changes of every row that went with a calendar', async () => {
    const mirror = new Map<string, Meeting>();
    const cursor = await subject.replay(mirror, undefined);
    expect(mirror.size).toBe(6);
    await missTwice();
    await subject.replay(mirror, cursor);
    expect([...mirror.values()].map(({ title }) => title)).toEqual(['kept']);
  });

  it('goes on where it was killed while it retired a calendar', async () => {
    subject.mailbox.removeCalendar(SECOND);
    subject.clock.advance(POLL_MS);
    await subject.run();
    for (let crash = 0; crash < 3; crash += 1) {
      subject.clock.advance(POLL_MS);
      await subject.run({ crashAfterCommits: crash }).catch(() => undefined);
    }
    subject.clock.advance(POLL_MS * 4);
    await subject.run();
    expect(await names()).toEqual(['ada@example.com']);
    expect(await cancelled()).toHaveLength(4);
    expect(await auditRecordsOf(subject)).toHaveLength(1);
  });

  it('brings a retired calendar back whole, its events counting on', async () => {
    await missTwice();
    subject.mailbox.addCalendar({ remoteId: SECOND, name: 'Second' });
    put('gone', SECOND);
    subject.clock.advance(POLL_MS);
    await subject.run();
    expect((await subject.list()).map(({ title }) => title).sort()).toEqual(['gone', 'kept']);
    const rows = await subject.collections.outbox.find({ subject: /created/ }).toArray();
    const again = rows.filter(({ sequence }) => sequence > 1);
    expect(again.map(({ sequence, body }) => [sequence, body.includes('"initial":true')])).toEqual([[3, false]]);
  });

  it('shows a new calendar with the next poll, for one request more', async () => {
    subject.mailbox.addCalendar({ remoteId: 'third', name: 'Third' });
    const before = subject.provider.requests.length;
    subject.clock.advance(POLL_MS);
    await subject.run();
    expect(await names()).toContain('Third');
    expect(subject.provider.requests.slice(before).filter((request) => request === 'calendars')).toHaveLength(1);
  });

  it('takes an empty list for a missing one, never for an end of everything', async () => {
    subject.mailbox.removeCalendar(SECOND);
    subject.mailbox.removeCalendar('primary');
    subject.clock.advance(POLL_MS);
    await subject.run();
    expect(await names()).toHaveLength(2);
  });

  it('says how fresh it is', async () => {
    const { freshness } = await listCalendars(subject.caller, {}, subject.reading);
    const lastSuccessAt = new Date(subject.clock.now()).toISOString();
    expect(freshness).toMatchObject({ stale: false, sources: [{ connectionId: 'con_1', lastSuccessAt }] });
    subject.clock.advance(POLL_MS * 3);
    expect((await listCalendars(subject.caller, {}, subject.reading)).freshness.stale).toBe(true);
  });

  it('puts a choice of the person into the audit trail, once for each change', async () => {
    const [, second] = await subject.store.calendarsOf('con_1');
    const choose = (selected: boolean) =>
      changeCalendar(
        subject.caller,
        { id: second?._id ?? '', body: { type: 'json', value: { selected } } },
        subject.reading,
      );
    await choose(false);
    await choose(false);
    await choose(true);
    expect((await auditRecordsOf(subject)).map(({ action, actorId, targetId }) => [action, actorId, targetId])).toEqual(
      [
        ['calendar.unselected', 'usr_ada', second?._id],
        ['calendar.selected', 'usr_ada', second?._id],
      ],
    );
  });
});
