import type { XmlElement } from '../../wire/element';
import { civilDate, dayNumber, daysInMonth, DAY_MS, nthOfMonth, type Weekday } from '../recurrence/civil-days';
import type { CalendarZone, WallTime } from './calendar-zone';

/** A change of the clock that comes every year. */
export interface YearlyChange {
  /** 1 to 12 */
  readonly month: number;
  readonly day: { readonly weekday: Weekday; readonly nth: number } | { readonly date: number };
  /** Milliseconds since midnight, on the clock before the change. */
  readonly at: number;
  /** Milliseconds east of UTC after it. */
  readonly offset: number;
}

/** Rules that hold from a wall time on: the same offset always, or one that changes every year. */
export interface ZoneSpan {
  /** Null: since ever. */
  readonly since: WallTime | null;
  /** Where there are no changes. */
  readonly offset: number;
  readonly changes: readonly YearlyChange[];
}

interface Moment {
  readonly at: number;
  readonly offset: number;
}

const MOST_YEARS = 512;

interface RuleZone {
  readonly id: string;
  readonly name: string;
  readonly definition: XmlElement;
  /** By their beginnings. */
  readonly spans: readonly ZoneSpan[];
}

/** A zone whose clock follows the rules a client sent. */
export function zoneOfRules({ id, name, definition, spans }: RuleZone): CalendarZone {
  const clocks = spans.map((span) => clockOf(span));
  const starts = spans.map(({ since }, index) => startOf(since, clocks[index - 1]));
  return {
    id,
    name,
    iana: null,
    definition,
    offsetAt: (instant) => {
      const index = starts.findLastIndex((start) => start <= instant);
      return (clocks[Math.max(index, 0)]?.(instant) ?? 0) || 0;
    },
  };
}

type Clock = (instant: number) => number;

function startOf(since: WallTime | null, before: Clock | undefined): number {
  if (since === null) return -Infinity;
  return since - (before?.(since) ?? 0);
}

function clockOf({ offset, changes }: ZoneSpan): Clock {
  if (changes.length === 0) return () => offset;
  const years = new Map<number, readonly Moment[]>();
  return (instant) => {
    const { year } = civilDate(Math.floor(instant / DAY_MS));
    let moments = years.get(year);
    if (moments === undefined) {
      moments = momentsAround(year, changes);
      if (years.size >= MOST_YEARS) years.clear();
      years.set(year, moments);
    }
    return (moments.findLast(({ at }) => at <= instant) ?? moments[0])?.offset ?? 0;
  };
}

/** Changes of a year and of its neighbours as instants. */
function momentsAround(year: number, changes: readonly YearlyChange[]): readonly Moment[] {
  const walls = [year - 2, year - 1, year, year + 1]
    .flatMap((each) => changes.map((change) => ({ wall: wallIn(each, change), offset: change.offset })))
    .sort((one, other) => one.wall - other.wall);
  return walls.slice(1).map(({ wall, offset }, index) => ({ at: wall - (walls[index]?.offset ?? 0), offset }));
}

function wallIn(year: number, { month, day, at }: YearlyChange): WallTime {
  const dayNo =
    'date' in day
      ? dayNumber({ year, month, day: Math.min(day.date, daysInMonth(year, month)) })
      : nthOfMonth({ year, month }, day.weekday, day.nth);
  return dayNo * DAY_MS + at;
}
