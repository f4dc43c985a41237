import type { Meeting } from '@daybook/contracts';
import { at, cancelled, content, exception, series, single } from '@daybook/testing/fakes';
import { startSyncBench, withTestDatabase, type SyncBench } from '../testing/sync-bench';
import { readChanges } from './read-changes';

const SECOND = 'second';

describe('a reader of changes with two calendars that share meetings', () => {
  const database = withTestDatabase();
  let subject: SyncBench;
  let mirror: Map<string, Meeting>;
  let cursor: string | undefined;

  beforeEach(async () => {
    subject = await startSyncBench({ database: database() });
    subject.mailbox.addCalendar({ remoteId: SECOND, name: 'Second' });
    mirror = new Map();
    cursor = undefined;
  });

  const put = (name: string, calendar?: string, title = name): void => {
    subject.mailbox.put(single(name, content(title, at('2026-12-01T12:00'), at('2026-12-01T13:00'))), calendar);
  };
  const putDaily = (calendar?: string): void => {
    const its = content('Daily', at('2026-11-23T09:00'), at('2026-11-23T09:15'));
    subject.mailbox.put(series('daily', its, 'RRULE:FREQ=DAILY;COUNT=5'), calendar);
  };
  const day = (n: number) => ({ instant: Date.UTC(2026, 10, 22 + n, 8) });
  const sync = async (): Promise<void> => {
    await subject.hint();
    await subject.run();
  };
  const listed = async (): Promise<Meeting[]> => subject.list();
  const expectSame = async (): Promise<Meeting[]> => {
    cursor = await subject.replay(mirror, cursor);
    const list = await listed();
    expect([...mirror.values()].sort(byId)).toEqual([...list].sort(byId));
    return list;
  };
  const byId = (a: Meeting, b: Meeting): number => (a.id < b.id ? -1 : 1);

  it('holds one row for each meeting with the other copy named, as the list does', async () => {
    put('both');
    put('both', SECOND);
    put('only', SECOND);
    await sync();
    const list = await expectSame();
    expect(list.map(({ title, alsoIn }) => [title, alsoIn.map(({ calendar }) => calendar.name)]).sort()).toEqual([
      ['both', ['Second']],
      ['only', []],
    ]);
  });

  it('is given everything once when it begins, and nothing as removed', async () => {
    for (let n = 0; n < 9; n += 1) {
      put(`e${n}`);
      put(`e${n}`, SECOND);
    }
    await sync();
    const page = await readChanges(subject.caller, { limit: 100 }, subject.reading);
    expect(page.items.map(({ type }) => type)).toEqual(Array.from({ length: 9 }, () => 'upserted'));
  });

  it('hears that a row stepped back when a better copy appears, and that the other shows when that goes', async () => {
    put('shared', SECOND);
    await sync();
    const [before] = await expectSame();
    put('shared', undefined, 'shared at home');
    await sync();
    const [better] = await expectSame();
    expect(better?.title).toBe('shared at home');
    expect(better?.id).not.toBe(before?.id);
    subject.mailbox.remove('shared');
    await sync();
    const [again] = await expectSame();
    expect(again?.id).toBe(before?.id);
  });

  it('hears of the copies on the row that stays when another one comes or goes', async () => {
    put('shared');
    await sync();
    await expectSame();
    put('shared', SECOND);
    await sync();
    expect((await expectSame())[0]?.alsoIn).toHaveLength(1);
    subject.mailbox.remove('shared', SECOND);
    await sync();
    expect((await expectSame())[0]?.alsoIn).toHaveLength(0);
  });

  it('follows occurrences that are moved or cancelled in one calendar only', async () => {
    putDaily();
    putDaily(SECOND);
    await sync();
    expect(await expectSame()).toHaveLength(5);
    subject.mailbox.put(cancelled('daily_2', 'daily', day(2)));
    const moved = content('Daily, later', at('2026-11-25T15:00'), at('2026-11-25T15:15'));
    subject.mailbox.put(exception('daily_3', 'daily', day(3), moved));
    await sync();
    expect((await expectSame()).map(({ title, calendar }) => [title, calendar?.name])).toContainEqual([
      'Daily',
      'Second',
    ]);
    subject.mailbox.put(cancelled('daily_2', 'daily', day(2)), SECOND);
    await sync();
    expect(await expectSame()).toHaveLength(4);
    subject.mailbox.remove('daily');
    await sync();
    expect((await expectSame()).every(({ calendar }) => calendar?.name === 'Second')).toBe(true);
  });

  it('misses nothing that changes in one calendar while it reads the other', async () => {
    for (let n = 0; n < 4; n += 1) {
      put(`e${n}`);
      put(`e${n}`, SECOND);
    }
    await sync();
    for (let calls = 0; calls < 8; calls += 1) {
      const page = await readChanges(
        subject.caller,
        { limit: 1, ...(cursor === undefined ? {} : { since: cursor }) },
        subject.reading,
      );
      for (const change of page.items) {
        if (change.type === 'removed') mirror.delete(change.id);
        else mirror.set(change.meeting.id, change.meeting);
      }
      cursor = page.next;
      subject.mailbox.remove(`e${calls % 4}`, calls % 2 === 0 ? undefined : SECOND);
      await sync();
    }
    await expectSame();
  });

  it('gives no more than it was asked for, as far as a single meeting allows', async () => {
    for (let n = 0; n < 9; n += 1) put(`e${n}`, SECOND);
    await sync();
    await expectSame();
    for (let n = 0; n < 9; n += 1) put(`e${n}`);
    await sync();
    for (const limit of [2, 3, 7]) {
      const page = await readChanges(subject.caller, { limit, since: cursor }, subject.reading);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      expect(page.more).toBe(true);
    }
    await expectSame();
  });

  it('is told to load again when a calendar is renamed, because its name is on every row', async () => {
    put('one');
    await sync();
    await expectSame();
    subject.mailbox.addCalendar({ remoteId: 'primary', name: 'Work', primary: true });
    await sync();
    await expect(subject.replay(mirror, cursor)).rejects.toMatchObject({ problem: { code: 'cursor_expired' } });
    mirror.clear();
    cursor = undefined;
    expect((await expectSame())[0]?.calendar?.name).toBe('Work');
  });
});
