import {
  dateOf,
  isAllDayTime,
  originalStartKey,
  parseRecurrence,
  toCivil,
  toInstant,
  type LineTime,
  type MeetingTime,
  type OriginalStart,
} from '@daybook/domain';
import type { MeetingRecord } from '../ports/records';

/*
 * What was taken out of a series stays out, whatever becomes of its times. It is named by the moment at which it would have begun
 * (RFC 5545, 3.8.5.1), by a line or by a cancelled occurrence, and at another time of day that moment names nothing any more: then
 * its date is what counts. Limits: where the series goes to other days, those are other occurrences.
 */

const EXDATE = /^\s*EXDATE[:;]/i;

export interface MovedStart {
  readonly from: MeetingTime;
  readonly to: MeetingTime;
}

/** Whether occurrences begin at another time of their days. */
export function otherTime({ from, to }: MovedStart): boolean {
  return clockOf(from) !== clockOf(to);
}

/** Occurrences of a series that its provider says are taken out. */
export function takenOutOf(items: ReadonlyMap<string, MeetingRecord>, seriesId: string): readonly OriginalStart[] {
  return [...items.values()].flatMap(({ kind, seriesId: its, originalStart }) =>
    kind === 'cancelled' && its === seriesId && originalStart !== null ? [originalStart] : [],
  );
}

/** The lines of a series whose start moves, with what else is to stay out of it. */
export function linesAt(
  lines: readonly string[],
  moved: MovedStart,
  alsoOut: readonly OriginalStart[] = [],
): readonly string[] {
  const named = otherTime(moved) ? lines.filter((line) => EXDATE.test(line)) : [];
  const reading = parseRecurrence(named, { allDay: isAllDayTime(moved.from) });
  if (lines.length === 0 || !reading.ok) return lines;
  const dates = [
    ...reading.recurrence.excluded.map((time) => dateOfLine(time, moved.from)),
    ...alsoOut.map((original) => dateOfOriginal(original, moved.from)),
  ];
  const rest = lines.filter((line) => !named.includes(line));
  return dates.length === 0 ? lines : [...rest, excluding([...new Set(dates)].sort(), moved.to)];
}

const clockOf = (time: MeetingTime): string =>
  isAllDayTime(time) ? 'day' : `${time.dateTime.slice(10)} ${time.timeZone}`;

const zoneOf = (start: MeetingTime): string => (isAllDayTime(start) ? 'UTC' : start.timeZone);

function dateOfLine(time: LineTime, start: MeetingTime): string {
  if (time.kind === 'instant') return dateOf(toCivil(time.instant, zoneOf(start)));
  const civil = toCivil((time.kind === 'date' ? time.day * 86_400 : time.seconds) * 1_000, 'UTC');
  const elsewhere = time.kind === 'civil' && time.zone !== null && !isAllDayTime(start);
  return dateOf(elsewhere ? toCivil(toInstant(civil, time.zone), zoneOf(start)) : civil);
}

/** The civil date of an original start of a series. */
export function dateOfOriginal(original: OriginalStart, start: MeetingTime): string {
  return 'date' in original ? original.date : dateOf(toCivil(original.instant, zoneOf(start)));
}

function excluding(dates: readonly string[], start: MeetingTime): string {
  const keys = dates.map((date) =>
    originalStartKey(
      isAllDayTime(start) ? { date } : { instant: toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone) },
    ),
  );
  return `EXDATE${isAllDayTime(start) ? ';VALUE=DATE' : ''}:${keys.join(',')}`;
}
