import { timesOf } from '../item/time-fields';
import type { Fields } from '../item/fields';
import { dayOfText } from '../recurrence/civil-days';
import { accepted, refused, type Outcome } from '../refusal';
import { nearest, occurrenceOn, plainFields } from './occurrence-view';
import { differences } from './overlay';
import { newSeries, type SeriesState } from './series-state';
import { dayAt, seriesTimes, spanOn, type SeriesTimes, type Span } from './series-times';

/**
 * The series after one occurrence (by its original day) got these fields, normalised ones. What is as in the master stays
 * the master's, so that later changes of it show.
 * Refused with ErrorOccurrenceCrossingBoundary, ErrorOccurrenceTimeSpanTooBig,
 * ErrorCalendarOccurrenceIsDeletedFromRecurrence or ErrorItemNotFound.
 */
export function changeOccurrence(series: SeriesState, day: string, fields: Fields): Outcome<SeriesState> {
  const view = occurrenceOn(series, day);
  const times = seriesTimes(series.master);
  const next = timesOf(fields);
  if (!view.ok) return view;
  if (times === null || next === null) return refused('ErrorItemNotFound', 'The occurrence has no times.');
  const conflict = neighbourConflict(series, { times, day }, next);
  if (conflict !== null) return conflict;
  const plain = plainFields(series.master, spanOn(times, dayOfText(day) ?? 0));
  const exception = { day, overlay: differences(plain, fields) };
  const others = series.exceptions.filter((one) => one.day !== day);
  return accepted({
    ...series,
    exceptions: [...others, exception].sort((one, other) => (one.day < other.day ? -1 : 1)),
  });
}

/**
 * An occurrence stays between its neighbours and shares no day with one:
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode
 */
function neighbourConflict(series: SeriesState, { times, day }: { times: SeriesTimes; day: string }, next: Span) {
  const index = times.days.indexOf(dayOfText(day) ?? 0) ?? 0;
  const before = nearest(series, times, { from: index - 1, step: -1 });
  const after = nearest(series, times, { from: index + 1, step: 1 });
  const startDay = dayAt(times, next.start);
  const crosses =
    (before !== null && startDay <= dayAt(times, before.start)) ||
    (after !== null && startDay >= dayAt(times, after.start));
  if (crosses) {
    return refused('ErrorOccurrenceCrossingBoundary', 'The occurrence would cross or share a day with another one.');
  }
  const overlaps = (before !== null && next.start < before.end) || (after !== null && next.end > after.start);
  return overlaps
    ? refused('ErrorOccurrenceTimeSpanTooBig', 'The occurrence would overlap another one of its series.')
    : null;
}

export interface SeriesAfterDeletion {
  readonly series: SeriesState;
  /** No occurrence is left: Exchange then deletes the master as well. */
  readonly isEmpty: boolean;
}

/** The series without one occurrence. Refused as `occurrenceOn` is. */
export function deleteOccurrence(series: SeriesState, day: string): Outcome<SeriesAfterDeletion> {
  const view = occurrenceOn(series, day);
  if (!view.ok) return view;
  const next = {
    ...series,
    exceptions: series.exceptions.filter((one) => one.day !== day),
    deleted: [...series.deleted, day].sort(),
  };
  return accepted({ series: next, isEmpty: isEmpty(next) });
}

export function isEmpty({ master, deleted }: SeriesState): boolean {
  const times = seriesTimes(master);
  return times !== null && times.days.count <= deleted.length;
}

/**
 * The series after its master got other fields, normalised ones; null when it no longer recurs. Another rule, start or
 * length wipes what was changed and deleted, another end of the range only what lies beyond it.
 */
export function changeMaster(series: SeriesState, master: Fields): SeriesState | null {
  const [before, after] = [seriesTimes(series.master), seriesTimes(master)];
  if (after === null) return null;
  if (before === null || !isSameRule(before, after)) return newSeries(master);
  const isInRange = (day: string): boolean => after.days.indexOf(dayOfText(day) ?? 0) !== null;
  return {
    master,
    exceptions: series.exceptions.filter(({ day }) => isInRange(day)),
    deleted: series.deleted.filter(isInRange),
  };
}

function isSameRule(one: SeriesTimes, other: SeriesTimes): boolean {
  const told = ({ recurrence, zones, isAllDay, startsAfter, endsAfter }: SeriesTimes): string =>
    JSON.stringify([recurrence.pattern, recurrence.startDate, zones.start.id, isAllDay, startsAfter, endsAfter]);
  return told(one) === told(other);
}

/** Refuses a series whose occurrences are longer than the days between them, with ErrorOccurrenceTimeSpanTooBig. */
export function checkedSeries(master: Fields): Outcome<Fields> {
  const times = seriesTimes(master);
  if (times === null || times.endsAfter - times.startsAfter <= SHORTEST_DAY) return accepted(master);
  for (let index = 1; index < CHECKED; index += 1) {
    const [day, following] = [times.days.at(index), times.days.at(index + 1)];
    if (day === null || following === null) break;
    if (spanOn(times, day).end > spanOn(times, following).start) {
      return refused(
        'ErrorOccurrenceTimeSpanTooBig',
        'The occurrences would overlap each other.',
        'calendar:Recurrence',
      );
    }
  }
  return accepted(master);
}

/** The day on which summer time begins. */
const SHORTEST_DAY = 23 * 3_600_000;
/** Enough to meet the shortest distance of any rule: a week of days, a year of months. */
const CHECKED = 14;
