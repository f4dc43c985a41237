import { instantOf, type MeetingTime } from '@daybook/domain';
import type { MeetingDraft, WriteTarget } from '@daybook/provider-port';
import { draft } from '@daybook/testing/fakes';
import type { ConformanceSubject } from './conformance-subject';
import { expectRefusal } from './listing';
import { expectAsDrafted, itself, KEY, listed, type Live, living, timed, type Writing, writingTo } from './writing';

const RULE = 'RRULE:FREQ=WEEKLY;COUNT=6';
const WEEKLY: MeetingDraft = draft('Weekly', timed('2026-10-12T09:00:00'), timed('2026-10-12T10:00:00'), {
  lines: [RULE],
  location: 'Room 1',
});
/** The second week is in summer time, the third in winter time. */
const SECOND = timed('2026-10-19T09:00:00');
const THIRD = timed('2026-10-26T09:00:00');
const MOVED: MeetingDraft = draft('Moved', timed('2026-10-27T15:00:00'), timed('2026-10-27T16:00:00'), {
  location: 'Elsewhere',
});

const occurrence = ({ remoteId: seriesRemoteId }: Live, at: MeetingTime): WriteTarget => ({
  type: 'occurrence',
  seriesRemoteId,
  originalStart: 'date' in at ? at : { instant: instantOf(at) },
});

/** Changing and removing one occurrence of a series, and the series under its occurrences. */
export function writeOccurrenceCases(subject: () => ConformanceSubject): void {
  async function started(): Promise<{ writing: Writing; series: Live }> {
    const writing = await writingTo(subject());
    return { writing, series: await writing.create(WEEKLY) };
  }

  async function found(writing: Writing, target: WriteTarget): Promise<{ target: WriteTarget; version: string }> {
    return { target, version: living(await writing.read(target)).version };
  }

  it.each([
    ['before', SECOND, timed('2026-10-19T10:00:00')],
    ['after', THIRD, timed('2026-10-26T10:00:00')],
  ] as const)('reads an occurrence nobody touched, %s a change of clocks', async (_when, start, end) => {
    const { writing, series } = await started();
    const read = living(await writing.read(occurrence(series, start)));
    expect(read).toMatchObject({
      kind: 'exception',
      seriesRemoteId: series.remoteId,
      originalStart: { instant: instantOf(start) },
      content: { title: 'Weekly', location: 'Room 1', start, end },
    });
  });

  it('changes one occurrence and leaves its series as it is', async () => {
    const { writing, series } = await started();
    const third = await found(writing, occurrence(series, THIRD));
    const changed = await writing.update(third, { draft: MOVED, fields: ['title', 'time'] });
    expectAsDrafted(changed, { ...MOVED, location: 'Room 1' });
    expect(changed).toMatchObject({
      kind: 'exception',
      seriesRemoteId: series.remoteId,
      originalStart: { instant: instantOf(THIRD) },
    });
    expect(await writing.read(occurrence(series, THIRD))).toEqual(changed);
    expect(await writing.read(itself(changed))).toEqual(changed);
    const items = await listed(subject());
    expect(items).toHaveLength(2);
    expect(items).toContainEqual(changed);
    const still = items.find(({ kind }) => kind === 'series');
    expect(still).toMatchObject({ remoteId: series.remoteId, lines: [RULE], content: series.content });
  });

  it('changes an occurrence again, by its place or by its name, and each time in its own version', async () => {
    const { writing, series } = await started();
    const target = occurrence(series, THIRD);
    const untouched = await found(writing, target);
    const first = await writing.update(untouched, { draft: MOVED, fields: ['title'] });
    await expectRefusal(writing.update(untouched, { draft: MOVED, fields: ['location'] }), 'VersionConflict');
    const second = await writing.update(
      { target, version: first.version },
      { draft: { ...MOVED, title: 'Twice' }, fields: ['title'] },
    );
    const third = await writing.update(second, { draft: MOVED, fields: ['location'] });
    expect(third).toMatchObject({ remoteId: first.remoteId, content: { title: 'Twice', location: 'Elsewhere' } });
    expect(third.content).toMatchObject({ start: THIRD });
  });

  it('removes one occurrence, touched or not, and keeps the others', async () => {
    const { writing, series } = await started();
    const [second, third] = [occurrence(series, SECOND), occurrence(series, THIRD)];
    const changed = await writing.update(await found(writing, third), { draft: MOVED, fields: ['title'] });
    await writing.remove(third, changed.version);
    await writing.remove(second, null);
    for (const target of [second, third]) {
      expect(await writing.read(target)).toBeNull();
      await expectRefusal(writing.remove(target, null), 'Gone');
      await expectRefusal(
        writing.update({ target, version: changed.version }, { draft: MOVED, fields: ['title'] }),
        'Gone',
      );
    }
    const items = await listed(subject());
    const cancelled = items.flatMap((item) => (item.kind === 'cancelled' ? [item.originalStart] : []));
    expect(cancelled).toHaveLength(2);
    for (const at of [SECOND, THIRD]) expect(cancelled).toContainEqual({ instant: instantOf(at) });
    expect(items.filter(({ kind }) => kind !== 'cancelled')).toMatchObject([{ kind: 'series', lines: [RULE] }]);
    expect(await writing.read(occurrence(series, timed('2026-11-02T09:00:00')))).not.toBeNull();
  });

  it('removes a series with all its occurrences', async () => {
    const { writing, series } = await started();
    const third = await found(writing, occurrence(series, THIRD));
    await writing.update(third, { draft: MOVED, fields: ['title'] });
    await writing.remove(occurrence(series, SECOND), null);
    const now = living(await writing.read(itself(series)));
    await writing.remove(itself(series), now.version);
    expect(await listed(subject())).toEqual([]);
    for (const at of [SECOND, THIRD, timed('2026-11-02T09:00:00')]) {
      expect(await writing.read(occurrence(series, at))).toBeNull();
      await expectRefusal(writing.remove(occurrence(series, at), null), 'Gone');
    }
  });

  it('leaves no occurrence behind when a series becomes a single meeting', async () => {
    const { writing, series } = await started();
    const third = await found(writing, occurrence(series, THIRD));
    await writing.update(third, { draft: MOVED, fields: ['title'] });
    const now = living(await writing.read(itself(series)));
    const single = await writing.update(now, { draft: { ...WEEKLY, lines: [] }, fields: ['time'] });
    expect(single.kind).toBe('single');
    expect(await listed(subject())).toEqual([single]);
    expect(await writing.read(occurrence(series, THIRD))).toBeNull();
  });

  it('changes and removes occurrences of an all-day series by their dates', async () => {
    const writing = await writingTo(subject());
    const days = { start: { date: '2026-12-01' }, end: { date: '2026-12-02' }, lines: ['RRULE:FREQ=WEEKLY;COUNT=5'] };
    const series = await writing.create({ ...WEEKLY, ...days });
    const second = await found(writing, occurrence(series, { date: '2026-12-08' }));
    const later = { ...MOVED, start: { date: '2026-12-10' }, end: { date: '2026-12-12' } };
    const changed = await writing.update(second, { draft: later, fields: ['time'] });
    expect(changed).toMatchObject({ originalStart: { date: '2026-12-08' }, content: { start: later.start } });
    await writing.remove(occurrence(series, { date: '2026-12-15' }), null);
    const items = await listed(subject());
    expect(items.find(({ kind }) => kind === 'cancelled')).toMatchObject({ originalStart: { date: '2026-12-15' } });
  });

  it('makes an occurrence of a timed series last all day', async () => {
    const { writing, series } = await started();
    const third = await found(writing, occurrence(series, THIRD));
    const day = { ...WEEKLY, start: { date: '2026-10-26' }, end: { date: '2026-10-27' } };
    const changed = await writing.update(third, { draft: day, fields: ['time'] });
    expect(changed).toMatchObject({
      originalStart: { instant: instantOf(THIRD) },
      content: { start: day.start, end: day.end },
    });
  });

  it('knows no occurrence where the series has none', async () => {
    const { writing, series } = await started();
    const single = await writing.create({ ...WEEKLY, lines: [] }, { key: `${KEY}0` });
    const never = [
      occurrence(series, timed('2026-10-20T09:00:00')),
      occurrence(single, SECOND),
      occurrence({ ...series, remoteId: 'nosuchseries00' }, SECOND),
    ];
    for (const target of never) {
      expect(await writing.read(target)).toBeNull();
      const { version } = series;
      await expectRefusal(writing.update({ target, version }, { draft: MOVED, fields: ['title'] }), 'Gone');
    }
  });
}
