/** What goes into an expansion and what comes out. */
import type { MeetingTime } from '../meeting/meeting';
import type { CivilDate, CivilDateTime } from '../time/civil';
import type { Instant, ZoneId } from '../time/zone-offsets';
import { formatInstant } from '../time/zoned-time';

/**
 * Names one occurrence of a series for good: an instant in a timed series, a date in an all-day one. Where the wall time
 * in the series' zone is known, `civil` finds the occurrence again even after the zone or its law has changed.
 */
export type OriginalStart =
  { readonly instant: Instant; readonly civil?: CivilDateTime } | { readonly date: CivilDate };

/** `20261122T080000Z` or `20261122`: stable, sortable, fit for ids. */
export function originalStartKey(original: OriginalStart): string {
  const text = 'date' in original ? original.date : formatInstant(original.instant);
  const date = text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10);
  return 'date' in original ? date : `${date}T${text.slice(11, 13)}${text.slice(14, 16)}${text.slice(17, 20)}`;
}

/**
 * One occurrence that differs from its series. `moved` is every override, also one that keeps its time and changes
 * other fields; `ref` belongs to the caller and comes back on the occurrence.
 */
export interface SeriesException {
  readonly originalStart: OriginalStart;
  readonly change:
    | { readonly type: 'cancelled' }
    | { readonly type: 'moved'; readonly start: MeetingTime; readonly end: MeetingTime; readonly ref?: string };
}

export interface SeriesDefinition {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  /** RFC 5545 lines: RRULE, RDATE, EXDATE. */
  readonly lines: readonly string[];
  readonly exceptions: readonly SeriesException[];
  /** Where the midnights of an all-day series lie: the calendar's zone. Default `UTC`. */
  readonly floatingZone?: ZoneId;
}

export interface Occurrence {
  readonly originalStart: OriginalStart;
  /** `originalStartKey(originalStart)` */
  readonly key: string;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** The exception that shaped it, or null. */
  readonly exception: SeriesException | null;
}

/** Half-open: [from, to). */
export interface TimeWindow {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Expansion {
  /** By start. */
  readonly occurrences: readonly Occurrence[];
  /** False when the limit cut the list. */
  readonly complete: boolean;
}
