import { expand, instantOf, type OriginalStart, originalStartKey, readSeries } from '@daybook/domain';
import type { RemoteCancelledOccurrence, RemoteMeeting, RemoteSeries, WriteTarget } from '@daybook/provider-port';
import type { FakeCalendar } from './fake-mailbox';

export type LiveMeeting = Exclude<RemoteMeeting, RemoteCancelledOccurrence>;

const DAY = 86_400_000;

/**
 * What a target names, as it is now; null where it is gone or cancelled. An occurrence nobody has touched is made up from its
 * series: it has the series' version and marker.
 */
export function itemAt(calendar: FakeCalendar, target: WriteTarget): LiveMeeting | null {
  if (target.type === 'item') return alive(calendar.item(target.remoteId));
  const series = calendar.item(target.seriesRemoteId);
  if (series?.kind !== 'series') return null;
  const touched = touchedAt(calendar, target.seriesRemoteId, target.originalStart);
  return touched ? alive(touched) : untouched(series, target.originalStart, calendar.description.timeZone ?? 'UTC');
}

function touchedAt(calendar: FakeCalendar, seriesRemoteId: string, at: OriginalStart): RemoteMeeting | undefined {
  const key = originalStartKey(at);
  return calendar
    .items()
    .find(
      (item) =>
        'seriesRemoteId' in item &&
        item.seriesRemoteId === seriesRemoteId &&
        originalStartKey(item.originalStart) === key,
    );
}

function untouched(series: RemoteSeries, at: OriginalStart, floatingZone: string): LiveMeeting | null {
  const { start, end } = series.content;
  const reading = readSeries({ start, end, lines: series.lines, exceptions: [], floatingZone });
  if (!reading.ok) return null;
  const around = 'date' in at ? instantOf(at, floatingZone) : at.instant;
  const key = originalStartKey(at);
  const near = expand(reading.series, { from: around - 2 * DAY, to: around + 2 * DAY }, 5000).occurrences;
  const found = near.find((occurrence) => occurrence.key === key);
  if (!found) return null;
  return {
    kind: 'exception',
    remoteId: `${series.remoteId}_${key}`,
    version: series.version,
    iCalUid: series.iCalUid,
    seriesRemoteId: series.remoteId,
    originalStart: found.originalStart,
    marker: series.marker,
    content: { ...series.content, start: found.start, end: found.end },
  };
}

function alive(item: RemoteMeeting | null): LiveMeeting | null {
  return item === null || item.kind === 'cancelled' ? null : item;
}
