/**
 * Finds the IANA zone behind a zone description that a calendar file brings along (VTIMEZONE), whatever it calls itself:
 * by its name when that name's offsets are the same, else by its offsets alone, through every change of the years asked.
 */
import { RulePlan } from '../recurrence/rule-plan';
import { lineCivil } from '../recurrence/line-time';
import { parseRecurrence } from '../recurrence/parse-recurrence';
import { type CivilDateTime, parseCivilDateTime, SECONDS_PER_DAY } from './civil';
import { allZones, resolveZone } from './zone-names';
import { type Instant, offsetSpans, probeOffset, type ZoneId } from './zone-offsets';
import { yearStart } from './zoned-time';

/** One STANDARD or DAYLIGHT part: from each of its onsets on, `offsetToSeconds` holds. */
export interface ZoneObservance {
  /** First onset, in the wall time before it. */
  readonly start: CivilDateTime;
  readonly offsetFromSeconds: number;
  readonly offsetToSeconds: number;
  /** Its RRULE and RDATE lines. */
  readonly lines: readonly string[];
}

export interface ZoneDescription {
  /** TZID, as written. */
  readonly id: string;
  readonly observances: readonly ZoneObservance[];
}

/** UTC years, both inclusive. */
export interface YearSpan {
  readonly from: number;
  readonly to: number;
}

interface Change {
  readonly at: Instant;
  readonly offset: number;
}

const MAX_OBSERVANCES = 400;
const MAX_YEARS = 60;

/** Onsets of an observance before `end`, from the last one before `from` on. */
function changesOf(observance: ZoneObservance, from: Instant, end: Instant): readonly Change[] {
  const startCivil = parseCivilDateTime(observance.start);
  if (startCivil === null) return [];
  const reading = parseRecurrence(observance.lines, { allDay: false });
  const changes: Change[] = [];
  const offset = observance.offsetToSeconds * 1000;
  const add = (civil: number): void => {
    changes.push({ at: (civil - observance.offsetFromSeconds) * 1000, offset });
  };
  add(startCivil);
  if (!reading.ok) return changes;
  for (const { at } of reading.recurrence.added) add(lineCivil(at, 'UTC'));
  for (const rule of reading.recurrence.rules) {
    // UNTIL is UTC while onsets are wall times; a day's slack cannot reach the next onset.
    const until = rule.end.kind === 'until' ? lineCivil(rule.end.until, 'UTC') + SECONDS_PER_DAY : Infinity;
    const plan = new RulePlan(rule, startCivil);
    if (!plan.isPossible()) continue;
    // Two years earlier, so that the change in force at the beginning is among them.
    plan.visit(from / 1000 - 731 * SECONDS_PER_DAY, Math.min(until, end / 1000), (civil) => {
      add(civil);
      return changes.length > 4000;
    });
    if (until < from / 1000) plan.visitBackwards(until, (civil) => (add(civil), true));
  }
  return changes;
}

/** Offsets from `from` to `end`: the one at the beginning, then each real change, as a comparable text. */
function signature(changes: readonly Change[], first: number, from: Instant, end: Instant): string {
  let offset = first;
  const later: string[] = [];
  let beginning = first;
  for (const change of changes) {
    if (change.at >= end) break;
    if (change.at <= from) beginning = change.offset;
    else if (change.offset !== offset) later.push(`${change.at}:${change.offset}`);
    offset = change.offset;
  }
  return [String(beginning), ...later].join(' ');
}

function describedSignature(description: ZoneDescription, from: Instant, end: Instant): string | null {
  const observances = description.observances.slice(0, MAX_OBSERVANCES);
  const changes = observances.flatMap((observance) => [...changesOf(observance, from, end)]);
  if (changes.length === 0) return null;
  changes.sort((a, b) => a.at - b.at);
  const [earliest] = observances;
  const [firstChange] = changes;
  // Before its first onset a description is silent: the offset that onset comes from is meant.
  const before = observances.find(({ offsetToSeconds }) => offsetToSeconds * 1000 === firstChange?.offset) ?? earliest;
  return signature(changes, (before?.offsetFromSeconds ?? 0) * 1000, from, end);
}

function zoneSignature(zone: ZoneId, years: YearSpan): string {
  const changes: Change[] = [];
  for (let year = years.from; year <= years.to; year += 1) {
    for (const { since, offset } of offsetSpans(zone, year)) changes.push({ at: since, offset });
  }
  return signature(changes, changes[0]?.offset ?? 0, yearStart(years.from), yearStart(years.to + 1));
}

interface ZoneIndex {
  readonly key: string;
  /** Zones by their offsets in the winter and the summer of the first year: a cheap sieve. */
  readonly buckets: ReadonlyMap<string, readonly ZoneId[]>;
  readonly signatures: Map<ZoneId, string>;
}

let indexed: ZoneIndex | null = null;

/** The last span asked for is remembered: the descriptions of one file ask for the same years. */
function indexOf(years: YearSpan): ZoneIndex {
  const key = `${years.from}-${years.to}`;
  if (indexed?.key === key) return indexed;
  const buckets = new Map<string, ZoneId[]>();
  const [winter, summer] = sieveInstants(years);
  for (const zone of allZones()) {
    const bucket = `${probeOffset(zone, winter)} ${probeOffset(zone, summer)}`;
    const same = buckets.get(bucket);
    if (same) same.push(zone);
    else buckets.set(bucket, [zone]);
  }
  indexed = { key, buckets, signatures: new Map() };
  return indexed;
}

function sieveInstants({ from }: YearSpan): readonly [Instant, Instant] {
  return [yearStart(from), yearStart(from) + 182 * SECONDS_PER_DAY * 1000];
}

/** The offset a signature tells for an instant. */
function offsetIn(text: string, instant: Instant): string {
  const [first, ...changes] = text.split(' ');
  const before = changes.filter((change) => Number(change.split(':')[0]) <= instant);
  return before.at(-1)?.split(':')[1] ?? first ?? '';
}

/** Zones with exactly this signature, the likeliest first. */
function zonesOf(wanted: string, years: YearSpan): readonly ZoneId[] {
  const index = indexOf(years);
  const bucket = sieveInstants(years)
    .map((instant) => offsetIn(wanted, instant))
    .join(' ');
  return (index.buckets.get(bucket) ?? []).filter((zone) => {
    const known = index.signatures.get(zone) ?? zoneSignature(zone, years);
    index.signatures.set(zone, known);
    return known === wanted;
  });
}

/** Names worth trying first: the id itself, and the tail of ids such as `/vendor/20201011_1/Europe/Berlin`. */
function namedZones(id: string): readonly ZoneId[] {
  const tails = id
    .slice(0, 256)
    .split('/')
    .map((_, index, pieces) => pieces.slice(index).join('/'));
  return [id, ...tails].flatMap((name) => {
    const { zone } = resolveZone(name);
    return zone === null ? [] : [zone];
  });
}

/** Whether the id speaks of the zone's city: `(UTC+03:00) Moscow, St. Petersburg`. */
function namesCity(id: string, zone: ZoneId): boolean {
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return id.slice(0, 256).toLowerCase().includes(city.toLowerCase());
}

/**
 * The zone with the same offsets through all of `years` (at most 60 of them), or null. Of several with the same offsets
 * the one of that name wins, then one whose city the name mentions, then one that stands for a Windows id.
 */
export function matchZone(description: ZoneDescription, years: YearSpan): ZoneId | null {
  const from = Math.min(Math.max(years.from, 1900), 2200);
  const span = { from, to: Math.min(Math.max(years.to, from), from + MAX_YEARS - 1) };
  const wanted = describedSignature(description, yearStart(span.from), yearStart(span.to + 1));
  if (wanted === null) return null;
  const named = namedZones(description.id).find((zone) => zoneSignature(zone, span) === wanted);
  if (named !== undefined) return named;
  const same = zonesOf(wanted, span);
  return same.find((zone) => namesCity(description.id, zone)) ?? same[0] ?? null;
}
