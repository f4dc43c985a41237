import { at, cancelled, content, exception, series, single } from '@daybook/testing/fakes';
import type { Meeting } from '@daybook/contracts';
import { startSyncBench, type SyncBench } from '../testing/sync-bench';

const MONDAY_NINE = { instant: Date.UTC(2026, 10, 23, 8) };

describe('a connection in sync with its provider', () => {
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench();
  });
  afterEach(() => subject.close());

  const outboxOf = async (type: string): Promise<number> =>
    subject.collections.outbox.countDocuments({ subject: `evt.calendar.meeting.${type}.v1` });

  it('brings everything of the provider, with one created event for each item, marked initial', async () => {
    for (let day = 0; day < 25; day += 1)
      subject.mailbox.put(
        single(
          `e${day}`,
          content(
            `Day ${day}`,
            at(`2026-11-${`${(day % 28) + 1}`.padStart(2, '0')}T10:00`),
            at(`2026-11-${`${(day % 28) + 1}`.padStart(2, '0')}T11:00`),
          ),
        ),
      );
    await subject.run();
    expect(await subject.collections.meetings.countDocuments()).toBe(25);
    expect(await outboxOf('created')).toBe(25);
    expect(await subject.collections.ledger.countDocuments()).toBe(25);
    const row = await subject.collections.outbox.findOne({});
    expect(JSON.stringify(row)).toContain('initial');
    expect(subject.reports.at(-1)?.state).toBe('active');
  });

  it('writes nothing and tells nobody when the same things come again', async () => {
    for (let n = 0; n < 30; n += 1)
      subject.mailbox.put(single(`e${n}`, content(`Same ${n}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    await subject.run();
    const before = {
      events: await subject.collections.outbox.countDocuments(),
      rev: (await subject.store.calendarsOf('con_1'))[0]?.rev,
    };
    subject.mailbox.expireCursors();
    await subject.hint();
    await subject.run();
    expect(await subject.collections.outbox.countDocuments()).toBe(before.events);
    expect((await subject.store.calendarsOf('con_1'))[0]?.rev).toBe(before.rev);
    expect(await subject.collections.ledger.countDocuments()).toBe(30);
  });

  it('shows a series with a moved and a cancelled occurrence as its provider does', async () => {
    subject.mailbox.put(
      series('weekly', content('Weekly', at('2026-11-23T09:00'), at('2026-11-23T09:30')), 'RRULE:FREQ=WEEKLY;COUNT=4'),
    );
    subject.mailbox.put(
      exception(
        'weekly_moved',
        'weekly',
        { instant: Date.UTC(2026, 10, 30, 8) },
        content('Weekly, later', at('2026-11-30T15:00'), at('2026-11-30T15:30')),
      ),
    );
    subject.mailbox.put(cancelled('weekly_gone', 'weekly', { instant: Date.UTC(2026, 11, 7, 8) }));
    await subject.run();
    const starts = (await subject.list()).map((meeting) =>
      'dateTime' in meeting.start ? meeting.start.dateTime : meeting.start.date,
    );
    expect(starts).toEqual(['2026-11-23T09:00:00', '2026-11-30T15:00:00', '2026-12-14T09:00:00']);
    expect((await subject.list())[1]?.originalStart).toEqual({ dateTime: '2026-11-30T08:00:00', timeZone: 'UTC' });
  });

  it('keeps the id of an occurrence that becomes an exception and says that it was updated', async () => {
    subject.mailbox.put(
      series('weekly', content('Weekly', at('2026-11-23T09:00'), at('2026-11-23T09:30')), 'RRULE:FREQ=WEEKLY;COUNT=4'),
    );
    await subject.run();
    const [before] = await subject.list();
    subject.mailbox.put(
      exception(
        'weekly_1',
        'weekly',
        MONDAY_NINE,
        content('Weekly, renamed', at('2026-11-23T09:00'), at('2026-11-23T09:30')),
      ),
    );
    await subject.hint();
    await subject.run();
    const [after] = await subject.list();
    expect(after?.id).toBe(before?.id);
    expect(after?.title).toBe('Weekly, renamed');
    expect(await outboxOf('updated')).toBe(1);
  });

  it('follows a change, a move out of the window and a deletion', async () => {
    subject.mailbox.put(single('a', content('A', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.mailbox.put(single('b', content('B', at('2026-11-25T10:00'), at('2026-11-25T11:00'))));
    subject.mailbox.put(single('c', content('C', at('2026-11-26T10:00'), at('2026-11-26T11:00'))));
    await subject.run();
    subject.mailbox.put(single('a', content('A renamed', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.mailbox.put(single('b', content('B', at('2029-11-25T10:00'), at('2029-11-25T11:00'))));
    subject.mailbox.remove('c');
    await subject.hint();
    await subject.run();
    expect((await subject.list()).map((meeting) => meeting.title)).toEqual(['A renamed']);
    expect(
      (await subject.list({ from: '2029-11-01T00:00:00Z', to: '2029-12-01T00:00:00Z' })).map(
        (meeting) => meeting.title,
      ),
    ).toEqual(['B']);
    expect(await outboxOf('updated')).toBe(2);
    expect(await outboxOf('cancelled')).toBe(1);
  });

  it('gives a reader of changes what the list shows, whatever happened in between', async () => {
    const mirror = new Map<string, Meeting>();
    subject.mailbox.put(
      series('daily', content('Daily', at('2026-11-23T09:00'), at('2026-11-23T09:15')), 'RRULE:FREQ=DAILY;COUNT=20'),
    );
    for (let n = 0; n < 10; n += 1)
      subject.mailbox.put(
        single(
          `s${n}`,
          content(`Single ${n}`, at(`2026-12-0${(n % 9) + 1}T12:00`), at(`2026-12-0${(n % 9) + 1}T13:00`)),
        ),
      );
    await subject.run();
    let cursor = await subject.replay(mirror, undefined);
    const same = async (): Promise<void> => {
      const listed = new Map((await subject.list()).map((meeting) => [meeting.id, meeting]));
      expect(new Map([...mirror].sort())).toEqual(new Map([...listed].sort()));
    };
    await same();
    subject.mailbox.put(cancelled('daily_3', 'daily', { instant: Date.UTC(2026, 10, 25, 8) }));
    subject.mailbox.remove('s1');
    subject.mailbox.put(single('s2', content('Moved', at('2026-12-20T12:00'), at('2026-12-20T13:00'))));
    await subject.hint();
    await subject.run();
    cursor = await subject.replay(mirror, cursor);
    await same();
    subject.mailbox.put(
      series(
        'daily',
        content('Daily at ten', at('2026-11-23T10:00'), at('2026-11-23T10:15')),
        'RRULE:FREQ=DAILY;COUNT=5',
      ),
    );
    subject.mailbox.put(single('s1', content('Back again', at('2026-12-02T12:00'), at('2026-12-02T13:00'))));
    await subject.hint();
    await subject.run();
    await subject.replay(mirror, cursor);
    await same();
  });

  it('lists again after an expired cursor and removes only what a complete listing did not show', async () => {
    for (let n = 0; n < 12; n += 1)
      subject.mailbox.put(single(`e${n}`, content(`E ${n}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    await subject.run();
    subject.mailbox.remove('e3');
    subject.mailbox.expireCursors();
    subject.provider.faults.add({ kind: 'cut', after: 1 });
    await subject.hint();
    await subject.run();
    expect(await subject.collections.meetings.countDocuments()).toBe(12);
    subject.provider.faults.clear();
    subject.clock.advance(3_600_000);
    await subject.run();
    expect(await subject.collections.meetings.countDocuments()).toBe(11);
    expect(await outboxOf('cancelled')).toBe(1);
  });

  it('holds a run that would remove too much and goes on when the items are back', async () => {
    for (let n = 0; n < 60; n += 1)
      subject.mailbox.put(single(`e${n}`, content(`E ${n}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    await subject.run();
    for (let n = 0; n < 40; n += 1) subject.mailbox.remove(`e${n}`);
    await subject.hint();
    await subject.run();
    expect(await subject.collections.meetings.countDocuments()).toBe(60);
    expect(subject.reports.at(-1)?.problem?.code).toBe('removal_review');
    for (let n = 0; n < 40; n += 1)
      subject.mailbox.put(single(`e${n}`, content(`E ${n}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.clock.advance(3_600_001);
    await subject.run();
    expect(subject.reports.at(-1)?.state).toBe('active');
    expect(await outboxOf('cancelled')).toBe(0);
  });

  it('loses and doubles nothing when it is killed after any commit', async () => {
    for (let n = 0; n < 25; n += 1)
      subject.mailbox.put(single(`e${n}`, content(`E ${n}`, at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    for (let crash = 0; crash < 6; crash += 1) {
      await subject.run({ crashAfterCommits: crash }).catch(() => undefined);
      subject.clock.advance(1_000_000);
    }
    await subject.run();
    expect(await subject.collections.meetings.countDocuments()).toBe(25);
    expect(await outboxOf('created')).toBe(25);
    const sequences = await subject.collections.outbox.distinct('sequence');
    expect(sequences).toEqual([1]);
  });

  it('keeps aside what it cannot hold and goes on', async () => {
    subject.mailbox.put(single('good', content('Good', at('2026-11-24T10:00'), at('2026-11-24T11:00'))));
    subject.mailbox.put(
      series('bad', content('Bad', at('2026-11-24T10:00'), at('2026-11-24T11:00')), 'RRULE:FREQ=SECONDLY'),
    );
    await subject.run();
    expect((await subject.list()).map((meeting) => meeting.title)).toEqual(['Good']);
    expect((await subject.store.calendarsOf('con_1'))[0]?.unreadable).toBe(1);
  });

  it('keeps aside a rule that is denser than one meeting an hour, and shows the last hour of one that is not', async () => {
    const hours = [...Array(24).keys()].join(',');
    const its = (title: string) => content(title, at('2020-01-01T00:00'), at('2020-01-01T00:30'));
    subject.mailbox.put(series('hourly', its('Hourly'), `RRULE:FREQ=DAILY;BYHOUR=${hours}`));
    subject.mailbox.put(series('denser', its('Denser'), `RRULE:FREQ=DAILY;BYHOUR=${hours};BYMINUTE=0,30`));
    await subject.run();
    const last = await subject.list({ from: '2027-12-26T12:00:00Z' });
    expect(last.map(({ title }) => title)).toEqual(Array.from({ length: 12 }, () => 'Hourly'));
    expect(await subject.collections.quarantine.distinct('reason')).toEqual(['recurrence_too_dense']);
  });

  it('waits as long as the provider asks and makes an outage no reason to reconnect', async () => {
    subject.provider.faults.add({ kind: 'throttled', retryAfterMs: 60_000 });
    await subject.run();
    const connection = await subject.store.connection('con_1');
    expect(connection?.notBefore?.getTime()).toBe(subject.clock.now() + 60_000);
    expect(subject.reports.at(-1)?.state).toBe('degraded');
    subject.clock.advance(60_001);
    await subject.run();
    expect(subject.reports.at(-1)?.state).toBe('active');
  });
});
