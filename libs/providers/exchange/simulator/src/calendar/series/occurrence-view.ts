import { element } from '../../wire/element';
import { withFields, withoutFields, type Fields } from '../item/fields';
import { timeFields, timesOf, whenOf } from '../item/time-fields';
import { dayOfText, DAY_MS, textOfDay, type DayNumber } from '../recurrence/civil-days';
import { accepted, refused, type Outcome } from '../refusal';
import { dateTimeText } from '../zones/date-texts';
import { overlaid } from './overlay';
import type { SeriesException, SeriesState } from './series-state';
import { dayAt, seriesTimes, spanOn, type SeriesTimes, type Span } from './series-times';

/** One occurrence of a series as it now is. */
export interface OccurrenceView extends Span {
  /** Civil date of the original start: the name of the occurrence for good. */
  readonly day: string;
  readonly type: 'Occurrence' | 'Exception';
  readonly originalStart: number;
  /** All its fields: those of the master, with its own over them. */
  readonly fields: () => Fields;
}

/** Fields of a master that no occurrence has. */
const MASTER_ONLY = ['Recurrence', 'FirstOccurrence', 'LastOccurrence', 'ModifiedOccurrences', 'DeletedOccurrences'];

const noSeries = refused('ErrorItemNotFound', 'The item is no recurring master.');
const deletedRefusal = refused(
  'ErrorCalendarOccurrenceIsDeletedFromRecurrence',
  'The occurrence was deleted from the recurrence.',
);

/**
 * The occurrence of an InstanceIndex, which counts from 1 and counts deleted ones.
 * Refused with ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange or ErrorCalendarOccurrenceIsDeletedFromRecurrence.
 */
export function occurrenceAt(series: SeriesState, index: number): Outcome<OccurrenceView> {
  const times = seriesTimes(series.master);
  if (times === null) return noSeries;
  const day = times.days.at(index);
  if (day !== null) return existing(series, times, day);
  return refused('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange', 'The recurrence has no such occurrence.');
}

/** The occurrence of an original day. Refused with ErrorItemNotFound or ErrorCalendarOccurrenceIsDeletedFromRecurrence. */
export function occurrenceOn(series: SeriesState, day: string): Outcome<OccurrenceView> {
  const times = seriesTimes(series.master);
  const dayNo = dayOfText(day);
  if (times === null || dayNo === null || times.days.indexOf(dayNo) === null) {
    return refused('ErrorItemNotFound', 'The recurrence has no occurrence on that day.');
  }
  return existing(series, times, dayNo);
}

function existing(series: SeriesState, times: SeriesTimes, day: DayNumber): Outcome<OccurrenceView> {
  return series.deleted.includes(textOfDay(day)) ? deletedRefusal : accepted(viewOf(series, times, day));
}

/** Existing occurrences that meet [from, to), by their present starts. One without length counts at its start. */
export function occurrencesIn(series: SeriesState, from: number, to: number): readonly OccurrenceView[] {
  const times = seriesTimes(series.master);
  if (times === null) return [];
  const special = new Set([...series.deleted, ...series.exceptions.map(({ day }) => day)]);
  const length = Math.ceil(times.endsAfter / DAY_MS) + 1;
  const views: OccurrenceView[] = [];
  for (const day of times.days.between(dayAt(times, from) - length, dayAt(times, to) + 1)) {
    if (!special.has(textOfDay(day))) views.push(viewOf(series, times, day));
  }
  for (const { day } of series.exceptions) {
    const dayNo = dayOfText(day);
    if (dayNo !== null && times.days.indexOf(dayNo) !== null) views.push(viewOf(series, times, dayNo));
  }
  return views
    .filter(({ start, end }) => start < to && (end > from || start >= from))
    .sort((one, other) => one.start - other.start);
}

/** First and last existing occurrence; `last` is null in an endless series, both when nothing is left. */
export function edgesOf(series: SeriesState): { first: OccurrenceView | null; last: OccurrenceView | null } {
  const times = seriesTimes(series.master);
  if (times === null) return { first: null, last: null };
  const { count } = times.days;
  return {
    first: nearest(series, times, { from: 1, step: 1 }),
    last: count === Infinity ? null : nearest(series, times, { from: count, step: -1 }),
  };
}

/** The first existing occurrence from an index on, in one direction. */
export function nearest(
  series: SeriesState,
  times: SeriesTimes,
  { from, step }: { readonly from: number; readonly step: 1 | -1 },
): OccurrenceView | null {
  const deleted = new Set(series.deleted);
  for (let index = from; ; index += step) {
    const day = times.days.at(index);
    if (day === null) return null;
    if (!deleted.has(textOfDay(day))) return viewOf(series, times, day);
  }
}

function viewOf(series: SeriesState, times: SeriesTimes, day: DayNumber): OccurrenceView {
  const name = textOfDay(day);
  const plain = spanOn(times, day);
  const exception = series.exceptions.find((one) => one.day === name);
  const own = exception === undefined ? null : spanOf(exception, plain);
  return {
    ...(own ?? plain),
    day: name,
    type: exception === undefined ? 'Occurrence' : 'Exception',
    originalStart: plain.start,
    fields: () => {
      const fields = plainFields(series.master, plain);
      if (exception === undefined) return fields;
      return withFields(overlaid(fields, exception.overlay), [element('CalendarItemType', 'Exception')]);
    },
  };
}

const spans = new WeakMap<SeriesException, Span>();

/** When a changed occurrence is now. */
function spanOf(exception: SeriesException, plain: Span): Span {
  const before = spans.get(exception);
  if (before !== undefined) return before;
  const { changed } = exception.overlay;
  const named = (name: string): boolean => changed.some((field) => field.name === name);
  const both = withFields(
    [element('Start', dateTimeText(plain.start)), element('End', dateTimeText(plain.end))],
    changed,
  );
  const times = named('Start') || named('End') ? timesOf(both) : null;
  const span = times === null ? plain : { start: times.start, end: times.end };
  spans.set(exception, span);
  return span;
}

/** What an occurrence that nobody changed holds. */
export function plainFields(master: Fields, span: Span): Fields {
  const before = timesOf(master);
  if (before === null) return master;
  const times = { ...before, ...span };
  return withFields(withoutFields(master, MASTER_ONLY), [
    ...timeFields(times),
    element('When', whenOf(times, null)),
    element('OriginalStart', dateTimeText(span.start)),
    element('RecurrenceId', dateTimeText(span.start)),
    element('IsRecurring', true),
    element('CalendarItemType', 'Occurrence'),
  ]);
}
