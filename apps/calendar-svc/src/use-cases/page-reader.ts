import { fail } from '@daybook/contracts';
import type { MeetingReader, RowRange } from '../ports/meeting-reader';
import type { OccurrenceRecord } from '../ports/records';
import { rowsBeyondCoverage } from './rows-beyond-coverage';
import type { Viewer } from './viewer';

const DAY_MS = 86_400_000;
/** Outside the stored stretch rows are computed for the request, so its length is bounded. */
const LONGEST_COMPUTED_DAYS = 366;

export type PageReader = (after: RowRange['after'], limit: number) => Promise<OccurrenceRecord[]>;

/** Stored rows where they reach; beyond them rows are computed once from the items and paged in memory. */
export function pageReader(
  range: RowRange,
  coverage: { from: Date; to: Date },
  viewer: Viewer,
  reader: MeetingReader,
): PageReader {
  if (range.calendarIds.length === 0) return async () => [];
  if (range.from >= coverage.from && range.to <= coverage.to)
    return (after, limit) => reader.rows({ ...range, after, limit });
  if (range.to.getTime() - range.from.getTime() > LONGEST_COMPUTED_DAYS * DAY_MS) {
    throw invalidRange(
      `Outside ${coverage.from.toISOString()} to ${coverage.to.toISOString()} at most ${LONGEST_COMPUTED_DAYS} days can be asked for at once.`,
    );
  }
  let computed: Promise<OccurrenceRecord[]> | null = null;
  return async (after, limit) => {
    computed ??= rowsBeyondCoverage(range, viewer, reader);
    const rows = await computed;
    const begin =
      after === null
        ? 0
        : rows.findIndex(
            (row) =>
              row.startsAt > after.startsAt ||
              (row.startsAt.getTime() === after.startsAt.getTime() && row._id > after.id),
          );
    return begin < 0 ? [] : rows.slice(begin, begin + limit);
  };
}

export function invalidRange(detail: string): Error {
  return fail('invalid_query', undefined, { fields: [{ field: 'to', code: 'invalid', detail }] });
}
