import { instantOf, type MeetingTime } from '@daybook/domain';
import type { ConformanceSubject } from './conformance-subject';
import { calendarsOf, cursorOf, list } from './listing';

const BERLIN = 'Europe/Berlin';
const timed = (dateTime: string, timeZone = BERLIN): MeetingTime => ({ dateTime, timeZone });
const hour = (dateTime: string, timeZone = BERLIN) => ({
  start: timed(dateTime, timeZone),
  end: timed(
    dateTime.replace(/T(\d\d)/, (_, hours: string) => `T${String(Number(hours) + 1).padStart(2, '0')}`),
    timeZone,
  ),
});
const WEEKLY = { title: 'Weekly', ...hour('2026-11-02T09:00:00'), lines: ['RRULE:FREQ=WEEKLY;COUNT=6'] };

/** What meetings look like when they arrive. */
export function contentCases(subject: () => ConformanceSubject): void {
  it('lists the calendars with one primary among them, and new ones too', async () => {
    const before = await calendarsOf(subject());
    expect(before.filter(({ primary }) => primary)).toHaveLength(1);
    expect(before.find(({ primary }) => primary)).toMatchObject({
      writable: true,
      owned: true,
      shown: true,
      timeZone: BERLIN,
    });
    const remoteId = await subject().mailbox.addCalendar('Team');
    const added = (await calendarsOf(subject())).find((calendar) => calendar.remoteId === remoteId);
    expect(added).toMatchObject({ name: 'Team', primary: false });
  });

  it('gives everything at first and then only what changed', async () => {
    const { mailbox } = subject();
    const kept = await mailbox.add({ title: 'Kept', ...hour('2026-11-23T09:00:00') });
    const changed = await mailbox.add({ title: 'Before', ...hour('2026-11-23T11:00:00') });
    const removed = await mailbox.add({ title: 'Removed', ...hour('2026-11-23T13:00:00') });
    const first = await list(subject());
    expect([...first.byTitle.keys()].sort()).toEqual(['Before', 'Kept', 'Removed']);
    expect(first.complete).toBe(true);

    await mailbox.change(changed, { title: 'After', ...hour('2026-11-24T11:00:00') });
    await mailbox.remove(removed);
    const second = await list(subject(), { since: first.resume });
    expect(second.byTitle.get('After')).toMatchObject({ remoteId: changed, content: hour('2026-11-24T11:00:00') });
    expect(second.byTitle.get('After')?.version).not.toBe(first.byTitle.get('Before')?.version);
    expect(second.changes).toContainEqual({ type: 'removed', remoteId: removed });
    expect(second.changes.some((change) => change.type === 'upserted' && change.item.remoteId === kept)).toBe(false);

    const third = await list(subject(), { since: second.resume });
    expect(third).toMatchObject({ changes: [], complete: true });
    expect(third.resume).not.toBeNull();
  });

  it('gives a series with its lines, its moved and its cancelled occurrence by original start', async () => {
    const { mailbox } = subject();
    const series = await mailbox.add(WEEKLY);
    await mailbox.moveOccurrence(series, timed('2026-11-09T09:00:00'), {
      title: 'Moved',
      ...hour('2026-11-10T15:00:00'),
    });
    await mailbox.cancelOccurrence(series, timed('2026-11-16T09:00:00'));
    const { byTitle, changes } = await list(subject());
    expect(byTitle.get('Weekly')).toMatchObject({ kind: 'series', lines: ['RRULE:FREQ=WEEKLY;COUNT=6'] });
    expect(byTitle.get('Moved')).toMatchObject({
      kind: 'exception',
      seriesRemoteId: series,
      originalStart: { instant: instantOf(timed('2026-11-09T09:00:00')) },
      content: hour('2026-11-10T15:00:00'),
    });
    expect(changes).toContainEqual({
      type: 'upserted',
      item: expect.objectContaining({
        kind: 'cancelled',
        seriesRemoteId: series,
        originalStart: { instant: instantOf(timed('2026-11-16T09:00:00')) },
      }),
    });
  });

  it('tells of an occurrence cancelled later as a change', async () => {
    const series = await subject().mailbox.add(WEEKLY);
    const since = await cursorOf(subject());
    await subject().mailbox.cancelOccurrence(series, timed('2026-11-23T09:00:00'));
    const { changes } = await list(subject(), { since });
    const cancelled = changes.flatMap((change) =>
      change.type === 'upserted' && change.item.kind === 'cancelled' ? [change.item] : [],
    );
    expect(cancelled).toMatchObject([
      { seriesRemoteId: series, originalStart: { instant: instantOf(timed('2026-11-23T09:00:00')) } },
    ]);
  });

  it('removes a whole series under its own id', async () => {
    const series = await subject().mailbox.add(WEEKLY);
    const since = await cursorOf(subject());
    await subject().mailbox.remove(series);
    const { changes } = await list(subject(), { since });
    expect(changes).toContainEqual({ type: 'removed', remoteId: series });
  });

  it('gives two rows that share one iCalUid as two rows', async () => {
    const series = await subject().mailbox.add(WEEKLY);
    await subject().mailbox.moveOccurrence(series, timed('2026-11-09T09:00:00'), {
      title: 'Moved',
      ...hour('2026-11-10T15:00:00'),
    });
    const { byTitle } = await list(subject());
    const [one, other] = [byTitle.get('Weekly'), byTitle.get('Moved')];
    expect(one?.iCalUid).toBe(other?.iCalUid);
    expect(one?.iCalUid).not.toBeNull();
    expect(one?.remoteId).not.toBe(other?.remoteId);
  });

  it('keeps all-day meetings as dates with an exclusive end, and their occurrences too', async () => {
    const { mailbox } = subject();
    await mailbox.add({ title: 'Holiday', start: { date: '2026-12-24' }, end: { date: '2026-12-27' } });
    const series = await mailbox.add({
      title: 'Yearly',
      start: { date: '2026-11-22' },
      end: { date: '2026-11-23' },
      lines: ['RRULE:FREQ=WEEKLY;COUNT=3'],
    });
    await mailbox.moveOccurrence(
      series,
      { date: '2026-11-29' },
      { title: 'Later', start: { date: '2026-12-01' }, end: { date: '2026-12-02' } },
    );
    const { byTitle } = await list(subject());
    expect(byTitle.get('Holiday')?.content).toMatchObject({
      start: { date: '2026-12-24' },
      end: { date: '2026-12-27' },
    });
    expect(byTitle.get('Later')).toMatchObject({ kind: 'exception', originalStart: { date: '2026-11-29' } });
  });

  it('keeps the zone of each meeting and the wall time on both sides of a clock change', async () => {
    const { mailbox } = subject();
    await mailbox.add({ title: 'Tokyo', ...hour('2026-11-23T09:00:00', 'Asia/Tokyo') });
    await mailbox.add({ title: 'Summer', ...hour('2027-07-01T09:00:00', 'America/New_York') });
    await mailbox.add({ title: 'Winter', ...hour('2026-12-01T09:00:00', 'America/New_York') });
    const { byTitle } = await list(subject());
    expect(byTitle.get('Tokyo')?.content).toMatchObject(hour('2026-11-23T09:00:00', 'Asia/Tokyo'));
    expect(byTitle.get('Summer')?.content).toMatchObject(hour('2027-07-01T09:00:00', 'America/New_York'));
    expect(byTitle.get('Winter')?.content).toMatchObject(hour('2026-12-01T09:00:00', 'America/New_York'));
  });

  it('names the exception of a series over a clock change by its own instant', async () => {
    const series = await subject().mailbox.add({ ...WEEKLY, ...hour('2026-10-19T09:00:00') });
    await subject().mailbox.cancelOccurrence(series, timed('2026-10-26T09:00:00'));
    const { changes } = await list(subject());
    const cancelled = changes.flatMap((change) =>
      change.type === 'upserted' && change.item.kind === 'cancelled' ? [change.item.originalStart] : [],
    );
    expect(cancelled).toEqual([{ instant: Date.UTC(2026, 9, 26, 8) }]);
  });

  it('reads zones that another program named the Windows way', async () => {
    await subject().mailbox.addWithForeignZone('Windows', '2026-11-23T09:00:00', 'W. Europe Standard Time');
    const { byTitle } = await list(subject());
    const start = byTitle.get('Windows')?.content.start;
    expect(start && instantOf(start)).toBe(Date.UTC(2026, 10, 23, 8));
  });
}
