import type { Fields } from '../item/fields';
import { timesOf } from '../item/time-fields';
import { accepted, refused, type Outcome } from '../refusal';
import { occurrencesIn, type OccurrenceView } from '../series/occurrence-view';
import type { SeriesState } from '../series/series-state';
import { yearsLater } from '../zones/date-texts';

/** What lies in a calendar folder; `ref` is the caller's and comes back. */
export interface CalendarEntry<T> {
  readonly ref: T;
  readonly fields: Fields;
  /** Null for a single item. */
  readonly series: SeriesState | null;
}

/** A single item, or one occurrence; masters are in no view. */
export interface CalendarRow<T> {
  readonly ref: T;
  readonly start: number;
  readonly end: number;
  /** Null for a single item. */
  readonly occurrence: OccurrenceView | null;
  readonly fields: () => Fields;
}

export interface CalendarWindow {
  readonly from: number;
  readonly to: number;
}

export interface CalendarViewAnswer<T> {
  readonly rows: readonly CalendarRow<T>[];
  /** How many there are without the limit. */
  readonly total: number;
  /** `IncludesLastItemInRange` */
  readonly isWhole: boolean;
}

const LONGEST_YEARS = 2;

/**
 * FindItem with a CalendarView: everything that meets [from, to), by start, at most `most` of them:
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/calendarview
 * Refused with ErrorCalendarEndDateIsEarlierThanStartDate or ErrorCalendarViewRangeTooBig.
 */
export function calendarView<T>(
  entries: Iterable<CalendarEntry<T>>,
  window: CalendarWindow,
  most = Infinity,
): Outcome<CalendarViewAnswer<T>> {
  if (window.to < window.from) {
    return refused('ErrorCalendarEndDateIsEarlierThanStartDate', 'The end date is earlier than the start date.');
  }
  if (window.to > yearsLater(window.from, LONGEST_YEARS)) {
    return refused('ErrorCalendarViewRangeTooBig', 'A calendar view spans two years at most.');
  }
  const rows = rowsIn(entries, window);
  return accepted({ rows: rows.slice(0, most), total: rows.length, isWhole: rows.length <= most });
}

/** Everything that meets [from, to), by start. One without length counts at its start. */
export function rowsIn<T>(entries: Iterable<CalendarEntry<T>>, { from, to }: CalendarWindow): CalendarRow<T>[] {
  const rows: CalendarRow<T>[] = [];
  for (const { ref, fields, series } of entries) {
    if (series !== null) {
      for (const view of occurrencesIn(series, from, to)) {
        rows.push({ ref, start: view.start, end: view.end, occurrence: view, fields: view.fields });
      }
      continue;
    }
    const times = timesOf(fields);
    if (times === null || times.start >= to || (times.end <= from && times.start < from)) continue;
    rows.push({ ref, start: times.start, end: times.end, occurrence: null, fields: () => fields });
  }
  return rows.sort((one, other) => one.start - other.start || one.end - other.end);
}
