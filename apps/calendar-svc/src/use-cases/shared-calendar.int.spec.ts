import { at, content, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { listCalendars } from './calendars';

const [OWN, THEIRS] = ['primary', 'theirs'];

describe('a calendar of somebody else', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    subject.mailbox.addCalendar({ remoteId: THEIRS, name: 'Theirs', owned: false });
    put('theirs 1', THEIRS);
    await subject.run();
  });

  const put = (name: string, calendar: string): void => {
    subject.mailbox.put(single(name, content(name, at('2026-12-01T12:00'), at('2026-12-01T13:00'))), calendar);
  };
  const titles = async () => (await subject.list()).map(({ title }) => title).sort();
  const runAgain = async (): Promise<void> => {
    // Longer than any wait after a refusal.
    subject.clock.advance(7_200_000);
    await subject.hint();
    await subject.run();
  };
  const problems = async () =>
    (await listCalendars(subject.caller, {}, subject.reading)).items.map(({ name, freshness }) => [
      name,
      freshness.sources[0]?.problem?.code,
    ]);

  it('says when it may not be read any more, and keeps nothing from the others', async () => {
    subject.mailbox.refuseCalendar(THEIRS);
    put('theirs 2', THEIRS);
    put('mine', OWN);
    for (let run = 0; run < 4; run += 1) await runAgain();
    expect(await titles()).toEqual(['mine', 'theirs 1']);
    expect(await problems()).toEqual([
      ['ada@example.com', undefined],
      ['Theirs', 'shared_calendar_refused'],
    ]);
    expect(subject.reports.at(-1)).toMatchObject({ state: 'degraded', problem: { code: 'shared_calendar_refused' } });
    expect(subject.logs.filter(({ mustAct }) => mustAct)).toEqual([]);
  });

  it('goes on by itself when it may be read again', async () => {
    subject.mailbox.refuseCalendar(THEIRS);
    put('theirs 2', THEIRS);
    await runAgain();
    subject.mailbox.refuseCalendar(THEIRS, false);
    await runAgain();
    expect(await titles()).toEqual(['theirs 1', 'theirs 2']);
    expect(subject.reports.at(-1)?.state).toBe('active');
  });

  it('is no excuse where the calendar is the own one: then the permission is missing', async () => {
    subject.mailbox.refuseCalendar(OWN);
    await runAgain();
    expect(subject.reports.at(-1)).toMatchObject({ state: 'degraded', problem: { code: 'permission_missing' } });
  });
});
