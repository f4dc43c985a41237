/**
 * Occurrences of a series within a window. Costs what the window holds: the walk starts at the window (less the length
 * of a meeting) and never goes beyond it or beyond the limit.
 */
import type { MeetingTime } from '../meeting/meeting';
import { formatCivil, formatDay, SECONDS_PER_DAY } from '../time/civil';
import type { Instant } from '../time/zone-offsets';
import { civilToInstant, instantToCivil } from '../time/zoned-time';
import { occurrenceInstant, type MovedOccurrence, type PlannedRule, type Series } from './series';
import {
  type Expansion,
  type Occurrence,
  type OriginalStart,
  originalStartKey,
  type TimeWindow,
} from './series-definition';

const END_OF_TIME = Number.MAX_SAFE_INTEGER;

interface Derived {
  readonly civil: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

const byStart = (a: { startsAt: Instant }, b: { startsAt: Instant }): number => a.startsAt - b.startsAt;

/** [from, to) meets [start, end); a meeting without length counts at its start. */
function overlaps({ from, to }: TimeWindow, startsAt: Instant, endsAt: Instant): boolean {
  return startsAt < to && (endsAt > from || startsAt >= from);
}

function derive(series: Series, civil: number, ownLength: number | null): Derived | null {
  const startsAt = occurrenceInstant(series, civil);
  if (series.isTakenOut(civil, startsAt)) return null;
  const length = ownLength ?? series.lengthSeconds;
  const endsAt = series.allDay
    ? civilToInstant(civil + Math.max(SECONDS_PER_DAY, length), series.zone)
    : startsAt + length * 1000;
  return { civil, startsAt, endsAt };
}

function withinUntil(rule: PlannedRule, startsAt: Instant): boolean {
  return rule.untilInstant === null || startsAt <= rule.untilInstant;
}

function toOccurrence(series: Series, { civil, startsAt, endsAt }: Derived): Occurrence {
  const originalStart: OriginalStart = series.allDay
    ? { date: formatDay(civil / SECONDS_PER_DAY) }
    : { instant: startsAt };
  const timeAt = (instant: Instant, zone: string): MeetingTime =>
    series.allDay
      ? { date: formatDay(Math.round(instantToCivil(instant, series.zone) / SECONDS_PER_DAY)) }
      : { dateTime: formatCivil(instantToCivil(instant, zone)), timeZone: zone };
  return {
    originalStart,
    key: originalStartKey(originalStart),
    start: 'date' in originalStart ? { date: originalStart.date } : timeAt(startsAt, series.zone),
    end: timeAt(endsAt, series.endZone),
    startsAt,
    endsAt,
    exception: null,
  };
}

function movedOccurrence({ exception, start, end, startsAt, endsAt }: MovedOccurrence): Occurrence {
  const { originalStart } = exception;
  return { originalStart, key: originalStartKey(originalStart), start, end, startsAt, endsAt, exception };
}

/** Derived occurrences of the window, ascending, at most `limit` and some; changed and cancelled ones are left out. */
function deriveAll(series: Series, window: TimeWindow, limit: number): readonly Derived[] {
  const found = new Map<number, Derived>();
  const take = (civil: number, ownLength: number | null): Derived | null => {
    const derived = derive(series, civil, ownLength);
    if (!derived || !overlaps(window, derived.startsAt, derived.endsAt)) return null;
    if (!found.has(civil)) found.set(civil, derived);
    return derived;
  };
  take(series.startCivil, null);
  for (const [civil, ownLength] of series.added) take(civil, ownLength);
  // A day more on both sides, because wall times of a zone are off UTC by up to 14 hours and change with it.
  const first = instantToCivil(window.from, series.zone) - series.lengthSeconds - SECONDS_PER_DAY;
  const last = instantToCivil(window.to, series.zone) + SECONDS_PER_DAY;
  for (const rule of series.rules) {
    let taken = 0;
    rule.plan.visit(first, Math.min(last, rule.lastCivil), (civil) => {
      const derived = found.get(civil) ?? derive(series, civil, null);
      if (!derived || !withinUntil(rule, derived.startsAt)) return false;
      if (!overlaps(window, derived.startsAt, derived.endsAt)) return derived.startsAt >= window.to;
      found.set(civil, derived);
      taken += 1;
      return taken > limit;
    });
  }
  return onceEach([...found.values()].sort(byStart));
}

/** A wall time that a clock change skips moves onto a later one: where that is an occurrence as well, they are the same. */
function onceEach(sorted: readonly Derived[]): readonly Derived[] {
  return sorted.filter(({ startsAt }, index) => startsAt !== sorted[index - 1]?.startsAt);
}

/**
 * The occurrences that overlap the window, by start. An occurrence that was moved counts by its new time, one without
 * length when it starts in the window.
 * @param limit most occurrences to give; `complete` is false when there are more
 */
export function expand(series: Series, window: TimeWindow, limit: number): Expansion {
  const derived = deriveAll(series, window, limit).slice(0, limit + 1);
  const moved = series.moved
    .filter(({ startsAt, endsAt }) => overlaps(window, startsAt, endsAt))
    .map((item) => movedOccurrence(item));
  const occurrences = derived.map((item) => toOccurrence(series, item));
  if (moved.length > 0) occurrences.push(...moved);
  if (moved.length > 0) occurrences.sort(byStart);
  return { occurrences: occurrences.slice(0, limit), complete: occurrences.length <= limit };
}

/** The first derived occurrence that is left, or null. Looks at as many as were taken out, and one more. */
function firstDerived(series: Series): Derived | null {
  const start = derive(series, series.startCivil, null);
  if (start) return start;
  const found: Derived[] = [];
  for (const [civil, ownLength] of series.added) {
    const derived = derive(series, civil, ownLength);
    if (derived) found.push(derived);
  }
  for (const rule of series.rules) {
    rule.plan.visit(series.startCivil, rule.lastCivil, (civil) => {
      const derived = derive(series, civil, null);
      if (!derived) return false;
      if (withinUntil(rule, derived.startsAt)) found.push(derived);
      return true;
    });
  }
  return found.sort(byStart)[0] ?? null;
}

/** The earliest occurrence that is left, or null: then the series has none any more and counts as cancelled. */
export function firstOccurrence(series: Series): Occurrence | null {
  const derived = firstDerived(series);
  const candidates = series.moved.map((item) => movedOccurrence(item));
  if (derived) candidates.push(toOccurrence(series, derived));
  return candidates.sort(byStart)[0] ?? null;
}

function lastDerivedEnd(series: Series, rule: PlannedRule): Instant {
  let end = -Infinity;
  rule.plan.visitBackwards(rule.lastCivil, (civil) => {
    const derived = derive(series, civil, null);
    if (!derived || !withinUntil(rule, derived.startsAt)) return false;
    end = derived.endsAt;
    return true;
  });
  return end;
}

/**
 * When the last occurrence that is left ends; null when there is no last one (no COUNT or UNTIL, or a COUNT that goes
 * on for more than a lifetime: 100,000 steps of the rule). A series with nothing left ends at its start.
 */
export function lastEnd(series: Series): Instant | null {
  const endless = series.rules.some(({ plan, lastCivil }) => lastCivil === Infinity && !plan.endsByCount());
  if (endless) return null;
  const ends: Instant[] = series.moved.map(({ endsAt }) => endsAt);
  const start = derive(series, series.startCivil, null);
  if (start) ends.push(start.endsAt);
  for (const [civil, ownLength] of series.added) ends.push(derive(series, civil, ownLength)?.endsAt ?? -Infinity);
  for (const rule of series.rules) ends.push(lastDerivedEnd(series, rule));
  const last = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  return last === -Infinity ? occurrenceInstant(series, series.startCivil) : Math.min(last, END_OF_TIME);
}
