import type { Fields } from '../item/fields';
import type { Overlay } from './overlay';

/** An occurrence that differs from its series, kept by the day the rule gave it. */
export interface SeriesException {
  /** Civil date of the original start in the zone of the series, `2026-11-23`. */
  readonly day: string;
  readonly overlay: Overlay;
}

/** A series: what its master holds and what became of single occurrences, in the order of their days. Plain data. */
export interface SeriesState {
  readonly master: Fields;
  readonly exceptions: readonly SeriesException[];
  /** Civil dates of the original starts of deleted occurrences. */
  readonly deleted: readonly string[];
}

/** A series nobody changed an occurrence of; `master` are normalised fields with a Recurrence. */
export const newSeries = (master: Fields): SeriesState => ({ master, exceptions: [], deleted: [] });
