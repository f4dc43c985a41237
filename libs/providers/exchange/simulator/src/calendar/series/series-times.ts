import { fieldOf, type Fields } from '../item/fields';
import type { ItemZones } from '../item/item-zones';
import { timesOf } from '../item/time-fields';
import { DAY_MS, dayOfText, textOfDay, type DayNumber } from '../recurrence/civil-days';
import { OccurrenceDays } from '../recurrence/occurrence-days';
import { readRecurrence } from '../recurrence/read-recurrence';
import type { Recurrence } from '../recurrence/recurrence';
import { instantOfWall, wallTimeAt } from '../zones/calendar-zone';

/** The rule of a series ready to be asked. Wall times are those of the series' zone, that of its start. */
export interface SeriesTimes {
  readonly recurrence: Recurrence;
  readonly days: OccurrenceDays;
  readonly zones: ItemZones;
  readonly isAllDay: boolean;
  /** Milliseconds on the clock from the midnight of an occurrence's day to its start and end. */
  readonly startsAfter: number;
  readonly endsAfter: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const known = new WeakMap<Fields, SeriesTimes | null>();

/** Null where the fields are no series. */
export function seriesTimes(master: Fields): SeriesTimes | null {
  const before = known.get(master);
  if (before !== undefined) return before;
  const times = compute(master);
  known.set(master, times);
  return times;
}

function compute(master: Fields): SeriesTimes | null {
  const field = fieldOf(master, 'Recurrence');
  const recurrence = field === null ? null : readRecurrence(field);
  const times = timesOf(master);
  if (recurrence === null || !recurrence.ok || times === null) return null;
  const { start, end, isAllDay, zones } = times;
  const [from, to] = [wallTimeAt(start, zones.start), wallTimeAt(end, zones.start)];
  const midnight = Math.floor(from / DAY_MS) * DAY_MS;
  return {
    recurrence: recurrence.value,
    days: new OccurrenceDays(recurrence.value),
    zones,
    isAllDay,
    startsAfter: from - midnight,
    endsAfter: Math.max(to, from) - midnight,
  };
}

/** When the occurrence of a day is by the rule. */
export function spanOn({ zones, startsAfter, endsAfter }: SeriesTimes, day: DayNumber): Span {
  const start = instantOfWall(day * DAY_MS + startsAfter, zones.start);
  return { start, end: Math.max(start, instantOfWall(day * DAY_MS + endsAfter, zones.start)) };
}

/** The day of the series' zone in which an instant lies. */
export const dayAt = ({ zones }: SeriesTimes, instant: number): DayNumber =>
  Math.floor(wallTimeAt(instant, zones.start) / DAY_MS);

/** The civil date of the original start of an occurrence; null where the rule gives none at that instant. */
export function dayOfOriginalStart(master: Fields, originalStart: number): string | null {
  const times = seriesTimes(master);
  if (times === null) return null;
  const day = dayAt(times, originalStart);
  // In a gap of the clock an occurrence may slip into the next day.
  const found = [day, day - 1].find(
    (each) => times.days.indexOf(each) !== null && spanOn(times, each).start === originalStart,
  );
  return found === undefined ? null : textOfDay(found);
}

/** Where the original start of a day's occurrence is; null where the fields are no series or the text no date. */
export function originalStartOf(master: Fields, day: string): number | null {
  const times = seriesTimes(master);
  const dayNo = dayOfText(day);
  return times === null || dayNo === null ? null : spanOn(times, dayNo).start;
}
