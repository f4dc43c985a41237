import { element } from '../../wire/element';
import { withFields, type Fields } from '../item/fields';
import { normaliseCalendarItem } from '../item/normalise-calendar-item';
import type { Outcome } from '../refusal';
import { changeOccurrence, deleteOccurrence } from '../series/change-series';
import { occurrenceOn, occurrencesIn } from '../series/occurrence-view';
import { newSeries, type SeriesState } from '../series/series-state';
import { dateTimeText } from '../zones/date-texts';
import { creation, daily, stored, timed, valueOf } from './sample-items';

/** From 23 to 27 November 2026, nine to ten in Berlin. */
export const five = newSeries(stored(timed('2026-11-23T09:00:00', '2026-11-23T10:00:00', [daily('2026-11-23', 5)])));

/** The series after a client set fields of one occurrence. */
export function set(series: SeriesState, day: string, sent: Fields): Outcome<SeriesState> {
  const before = valueOf(occurrenceOn(series, day)).fields();
  const next = normaliseCalendarItem(withFields(before, sent), creation(sent, { kind: 'updateOccurrence', before }));
  return next.ok ? changeOccurrence(series, day, next.value) : next;
}

export const without = (series: SeriesState, day: string): SeriesState => valueOf(deleteOccurrence(series, day)).series;

export const moved = (start: string, end: string): Fields => [element('Start', start), element('End', end)];

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.refusal.code);

export const startsOf = (series: SeriesState): string[] =>
  occurrencesIn(series, Date.UTC(2026, 10, 1), Date.UTC(2027, 0, 1)).map(({ start }) => dateTimeText(start));
