/**
 * A series, read and checked once: its wall time and zone, its rules, what is taken out and what was changed. Holds the
 * meaning of "this occurrence" (original start by local wall time); the walking lives in `rule-plan.ts`, the window in
 * `expand.ts`.
 */
import { isAllDayTime, instantOf, type MeetingTime } from '../meeting/meeting';
import { formatDay, parseCivilDate, parseCivilDateTime, SECONDS_PER_DAY } from '../time/civil';
import { isZone } from '../time/zone-names';
import type { Instant, ZoneId } from '../time/zone-offsets';
import { civilToInstant, instantToCivil } from '../time/zoned-time';
import { lineCivil, lineInstant } from './line-time';
import { parseRecurrence } from './parse-recurrence';
import { Refused } from './parse-rule';
import type { LineTime, Recurrence, RecurrenceRefusal, Rule } from './rule';
import { RulePlan } from './rule-plan';
import type { OriginalStart, SeriesDefinition, SeriesException } from './series-definition';

/** Both ends of a meeting as instants, the end never before the start. */
export interface Span {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** An override with its times worked out. */
export interface MovedOccurrence extends Span {
  readonly exception: SeriesException;
}

/** A rule and its UNTIL: a soft civil bound for the walk, the exact instant for the comparison. */
export interface PlannedRule {
  readonly plan: RulePlan;
  readonly lastCivil: number;
  readonly untilInstant: Instant | null;
}

/** Opaque to callers: made by `readSeries`, used by `expand`, `firstOccurrence` and `lastEnd`; never stored. */
export interface Series {
  readonly allDay: boolean;
  readonly zone: ZoneId;
  readonly endZone: ZoneId;
  readonly startCivil: number;
  /** Exact seconds for timed series (RFC 5545, 3.8.5.3), whole days for all-day ones. */
  readonly lengthSeconds: number;
  readonly rules: readonly PlannedRule[];
  /** RDATEs: civil seconds → own length or null. */
  readonly added: ReadonlyMap<number, number | null>;
  readonly isTakenOut: (civil: number, instant: Instant) => boolean;
  /** How many occurrences can be taken out at most by dates and exceptions. */
  readonly takenOutAtMost: number;
  readonly moved: readonly MovedOccurrence[];
}

export type SeriesReading =
  { readonly ok: true; readonly series: Series } | { readonly ok: false; readonly refusal: RecurrenceRefusal };

const civilOf = (time: MeetingTime): number | null => {
  if (!isAllDayTime(time)) return parseCivilDateTime(time.dateTime);
  const day = parseCivilDate(time.date);
  return day === null ? null : day * SECONDS_PER_DAY;
};

function checkTime(time: MeetingTime): void {
  if (civilOf(time) === null) throw new Refused('bad_start', isAllDayTime(time) ? time.date : time.dateTime);
  if (!isAllDayTime(time) && !isZone(time.timeZone)) throw new Refused('bad_zone', time.timeZone);
}

const floorToDay = (civil: number): number => Math.floor(civil / SECONDS_PER_DAY) * SECONDS_PER_DAY;

/** Times of one meeting; a broken end becomes the start (timed) or the next day (all day). */
function spanOf(start: MeetingTime, end: MeetingTime, floatingZone: ZoneId): Span {
  checkTime(start);
  checkTime(end);
  const startsAt = instantOf(start, floatingZone);
  const endsAt = instantOf(end, floatingZone);
  if (endsAt > startsAt || (endsAt === startsAt && !isAllDayTime(start))) return { start, end, startsAt, endsAt };
  if (!isAllDayTime(start)) return { start, end: start, startsAt, endsAt: startsAt };
  const next = (civilOf(start) ?? 0) + SECONDS_PER_DAY;
  const date = { date: formatDay(next / SECONDS_PER_DAY) };
  return { start, end: date, startsAt, endsAt: instantOf(date, floatingZone) };
}

function planRule(rule: Rule, startCivil: number, zone: ZoneId, allDay: boolean): PlannedRule {
  const plan = new RulePlan(rule, startCivil);
  if (!plan.isPossible()) throw new Refused('impossible', describe(rule));
  if (rule.end.kind !== 'until') return { plan, lastCivil: Infinity, untilInstant: null };
  const { until } = rule.end;
  const civil = lineCivil(until, zone);
  if (allDay) return { plan, lastCivil: floorToDay(civil), untilInstant: null };
  // A bare date on a timed series means "through that day", as calendars that write it mean it.
  if (until.kind === 'date') return { plan, lastCivil: civil + SECONDS_PER_DAY - 1, untilInstant: null };
  // Near a clock change wall times and instants are ordered differently: the walk goes a day further, the instant decides.
  return { plan, lastCivil: civil + SECONDS_PER_DAY, untilInstant: lineInstant(until, zone) };
}

/** The parts of a rule that can exclude each other, as text. */
function describe(rule: Rule): string {
  const lists: readonly (readonly [string, readonly number[]])[] = [
    ['BYMONTH', rule.byMonth],
    ['BYMONTHDAY', rule.byMonthDay],
    ['BYYEARDAY', rule.byYearDay],
    ['BYWEEKNO', rule.byWeekNo],
    ['BYSETPOS', rule.bySetPos],
  ];
  const parts = lists.flatMap(([name, list]) => (list.length > 0 ? [`${name}=${list.join(',')}`] : []));
  return [`FREQ=${rule.frequency.toUpperCase()}`, ...parts].join(';');
}

interface Frame {
  readonly zone: ZoneId;
  readonly allDay: boolean;
}

/** The three ways a taken-out occurrence may be named; wall time first, because zones may change under a series. */
class TakenOut {
  private readonly civils = new Set<number>();
  private readonly instants = new Set<Instant>();
  private readonly days = new Set<number>();
  size = 0;

  constructor(private readonly frame: Frame) {}

  addLine(time: LineTime): void {
    const civil = lineCivil(time, this.frame.zone);
    if (this.frame.allDay) this.civils.add(floorToDay(civil));
    else if (time.kind === 'date') this.days.add(time.day);
    else this.addInstant(lineInstant(time, this.frame.zone));
    this.size += 1;
  }

  addOriginal(original: OriginalStart): void {
    if ('instant' in original) {
      const civil = original.civil === undefined ? null : parseCivilDateTime(original.civil);
      if (this.frame.allDay) this.civils.add(floorToDay(instantToCivil(original.instant, this.frame.zone)));
      else if (civil !== null) this.civils.add(civil);
      else this.addInstant(original.instant);
    } else {
      const day = parseCivilDate(original.date);
      if (day === null) throw new Refused('malformed', original.date);
      if (this.frame.allDay) this.civils.add(day * SECONDS_PER_DAY);
      else this.days.add(day);
    }
    this.size += 1;
  }

  private addInstant(instant: Instant): void {
    this.instants.add(instant);
    this.civils.add(instantToCivil(instant, this.frame.zone));
  }

  readonly has = (civil: number, instant: Instant): boolean =>
    this.size > 0 &&
    (this.civils.has(civil) || this.instants.has(instant) || this.days.has(Math.floor(civil / SECONDS_PER_DAY)));
}

function lengthOf({ start, end }: SeriesDefinition, zone: ZoneId, allDay: boolean): number {
  if (allDay) {
    const from = civilOf(start) ?? 0;
    return Math.max(SECONDS_PER_DAY, floorToDay(civilOf(end) ?? from) - from);
  }
  return Math.max(0, (instantOf(end, zone) - instantOf(start, zone)) / 1000);
}

/** RDATEs by civil seconds. A bare date in a timed series means the usual time of that day. */
function readAdded(recurrence: Recurrence, { zone, allDay }: Frame, startCivil: number): Map<number, number | null> {
  const added = new Map<number, number | null>();
  const usualTime = startCivil - floorToDay(startCivil);
  for (const { at, lengthSeconds } of recurrence.added) {
    const civil = lineCivil(at, zone);
    if (allDay) added.set(floorToDay(civil), lengthSeconds);
    else added.set(at.kind === 'date' ? civil + usualTime : civil, lengthSeconds);
  }
  return added;
}

function latestByOriginal(exceptions: readonly SeriesException[]): readonly SeriesException[] {
  const byKey = new Map<string | number, SeriesException>();
  for (const exception of exceptions) {
    const { originalStart } = exception;
    byKey.set('date' in originalStart ? originalStart.date : originalStart.instant, exception);
  }
  return [...byKey.values()];
}

function read(definition: SeriesDefinition): Series {
  checkTime(definition.start);
  checkTime(definition.end);
  const { start, end } = definition;
  const floatingZone = definition.floatingZone ?? 'UTC';
  if (!isZone(floatingZone)) throw new Refused('bad_zone', floatingZone);
  const allDay = isAllDayTime(start);
  const zone = isAllDayTime(start) ? floatingZone : start.timeZone;
  const startCivil = civilOf(start) ?? 0;
  const reading = parseRecurrence(definition.lines, { allDay });
  if (!reading.ok) throw new Refused(reading.refusal.code, reading.refusal.part);
  const { recurrence } = reading;
  const exceptions = latestByOriginal(definition.exceptions);
  const takenOut = new TakenOut({ zone, allDay });
  for (const time of recurrence.excluded) takenOut.addLine(time);
  for (const exception of exceptions) takenOut.addOriginal(exception.originalStart);
  return {
    allDay,
    zone,
    endZone: isAllDayTime(end) ? zone : end.timeZone,
    startCivil,
    lengthSeconds: lengthOf(definition, zone, allDay),
    rules: recurrence.rules.map((rule) => planRule(rule, startCivil, zone, allDay)),
    added: readAdded(recurrence, { zone, allDay }, startCivil),
    isTakenOut: takenOut.has,
    takenOutAtMost: takenOut.size,
    moved: exceptions.flatMap((exception) =>
      exception.change.type === 'moved'
        ? [{ ...spanOf(exception.change.start, exception.change.end, floatingZone), exception }]
        : [],
    ),
  };
}

/**
 * Reads and checks a series; nothing of it is refused later. The start counts as the first occurrence even when the rule
 * does not match it (RFC 5545, 3.8.5.3). Without any line the series has this one occurrence.
 */
export function readSeries(definition: SeriesDefinition): SeriesReading {
  try {
    return { ok: true, series: read(definition) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** The instant of an occurrence that the rule puts at civil seconds. */
export function occurrenceInstant(series: Series, civil: number): Instant {
  return civilToInstant(civil, series.zone);
}

/**
 * No window of so many days overlaps more occurrences than this: told by arithmetic, without looking at any of them. One
 * that lasts for days counts on each, and a day more on both sides stands for the zones.
 */
export function mostOccurrences(series: Series, days: number): number {
  const touching = days + Math.ceil(series.lengthSeconds / SECONDS_PER_DAY) + 2;
  const timesADay = series.rules.reduce((sum, { plan }) => sum + plan.timesADay, 0);
  return timesADay * touching + series.added.size + series.moved.length + 1;
}
