import type { MeetingReader, RowRange } from '../ports/meeting-reader';
import type { MeetingRecord, OccurrenceRecord } from '../ports/records';
import { rowOf, rowsOfSeries, type OccurrenceDraft } from './derive-occurrences';
import type { Viewer } from './viewer';

/** Rows of a stretch that is not stored, computed from singles, series and exceptions as the stored ones are. */
export async function rowsBeyondCoverage(
  range: RowRange,
  viewer: Viewer,
  reader: MeetingReader,
): Promise<OccurrenceRecord[]> {
  const items = await reader.itemsTouching(range);
  const series = items.filter((item) => item.kind === 'series');
  const exceptions = await reader.exceptionsOf(series.map((item) => item._id));
  const known = new Set(series.map((item) => item._id));
  const coverage = { from: range.from, to: range.to };
  const rows: OccurrenceDraft[] = [
    ...items.filter((item) => standsAlone(item, known)).flatMap((item) => rowOf(item, coverage)),
    ...series.flatMap((item) =>
      rowsOfSeries(
        item,
        exceptions.filter((exception) => exception.seriesId === item._id),
        { coverage, zone: viewer.visible.get(item.calendarId)?.timeZone ?? 'UTC' },
      ),
    ),
  ];
  return rows.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a._id < b._id ? -1 : 1));
}

function standsAlone(item: MeetingRecord, series: ReadonlySet<string>): boolean {
  return item.kind !== 'series' && (item.seriesId === null || !series.has(item.seriesId));
}
