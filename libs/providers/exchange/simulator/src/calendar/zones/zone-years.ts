import { civilDate, dayNumber, daysInMonth, DAY_MS, WEEK, weekdayOf, type Weekday } from '../recurrence/civil-days';
import { instantOfWall, type CalendarZone, type WallTime } from './calendar-zone';
import type { YearlyChange, ZoneSpan } from './yearly-rules';

/** A change of the clock in one year. */
interface ClockChange {
  /** On the clock before it. */
  readonly wall: WallTime;
  readonly before: number;
  readonly after: number;
}

const STEP = 7 * DAY_MS;

/** Changes of a zone's clock in one year of its own calendar. */
function changesIn(zone: CalendarZone, year: number): readonly ClockChange[] {
  const from = instantOfWall(dayNumber({ year, month: 1, day: 1 }) * DAY_MS, zone);
  const to = instantOfWall(dayNumber({ year: year + 1, month: 1, day: 1 }) * DAY_MS, zone);
  const changes: ClockChange[] = [];
  for (let at = from; at < to; at += STEP) {
    const next = Math.min(at + STEP, to);
    if (zone.offsetAt(at) === zone.offsetAt(next)) continue;
    const instant = changeBetween(zone, at, next);
    const before = zone.offsetAt(instant - 1000);
    if (instant < to) changes.push({ wall: instant + before, before, after: zone.offsetAt(instant) });
  }
  return changes;
}

function changeBetween(zone: CalendarZone, from: number, to: number): number {
  const offset = zone.offsetAt(from);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (zone.offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** A change of one or more years: `nths` are the positions in the month that fit all of them. */
interface FoundChange extends Omit<YearlyChange, 'day'> {
  readonly weekday: Weekday;
  readonly nths: readonly number[];
}

interface FoundSpan extends Omit<ZoneSpan, 'changes'> {
  readonly changes: readonly FoundChange[];
}

/** Rules that give the clock of a zone in the years `from` to `to`; the first holds before them, the last after them. */
export function spansOfYears(zone: CalendarZone, from: number, to: number): readonly ZoneSpan[] {
  const spans: FoundSpan[] = [];
  for (let year = from; year <= to; year += 1) {
    for (const span of spansOfYear(zone, year)) add(spans, span);
  }
  return spans.map(({ since, offset, changes }, index) => ({
    since: index === 0 ? null : since,
    offset,
    changes: changes.map(({ weekday, nths, ...change }) => ({ ...change, day: { weekday, nth: nths[0] ?? -1 } })),
  }));
}

function spansOfYear(zone: CalendarZone, year: number): readonly FoundSpan[] {
  const since = dayNumber({ year, month: 1, day: 1 }) * DAY_MS;
  const changes = changesIn(zone, year);
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) {
    return [{ since, offset: zone.offsetAt(instantOfWall(since, zone)), changes: [] }];
  }
  if (first.before === last.after) return [{ since, offset: last.after, changes: changes.map(found) }];
  // A zone that changes for good does so once: no rule of every year could tell it.
  return [
    { since, offset: first.before, changes: [] },
    ...changes.map(({ wall, after }) => ({ since: wall, offset: after, changes: [] })),
  ];
}

function found({ wall, after }: ClockChange): FoundChange {
  const day = Math.floor(wall / DAY_MS);
  const date = civilDate(day);
  const isLast = date.day + 7 > daysInMonth(date.year, date.month);
  const nth = Math.ceil(date.day / 7);
  return {
    month: date.month,
    weekday: WEEK[weekdayOf(day)] ?? 'Sunday',
    nths: [...(isLast ? [-1] : []), ...(nth <= 4 ? [nth] : [])],
    at: wall - day * DAY_MS,
    offset: after,
  };
}

/** Joins a span to the one before when the same rule gives both. */
function add(spans: FoundSpan[], span: FoundSpan): void {
  const before = spans.at(-1);
  const joined = before === undefined ? null : joinedChanges(before, span);
  if (before === undefined || joined === null) spans.push(span);
  else spans[spans.length - 1] = { ...before, changes: joined };
}

function joinedChanges(one: FoundSpan, other: FoundSpan): readonly FoundChange[] | null {
  if (one.offset !== other.offset || one.changes.length !== other.changes.length) return null;
  const joined = one.changes.map((change, index) => joinedChange(change, other.changes[index]));
  const whole = joined.filter((change) => change !== null);
  return whole.length === joined.length ? whole : null;
}

/** In some years the fourth is the last as well; then other years tell which is meant. */
function joinedChange(one: FoundChange, other: FoundChange | undefined): FoundChange | null {
  const isSame =
    one.month === other?.month && one.at === other.at && one.offset === other.offset && one.weekday === other.weekday;
  const nths = isSame ? one.nths.filter((nth) => other.nths.includes(nth)) : [];
  return nths.length === 0 ? null : { ...one, nths };
}
