/**
 * Offsets of IANA zones, fast. Temporal and Intl answer one question in microseconds; an expansion asks a hundred
 * thousand. So each year of a zone is read once from Intl into a short list of spans with one offset, found by probing
 * every ten days and bisecting where two neighbours differ. (No zone has had two changes within ten days since 1970.)
 * Bounded: formatters and years are kept in small caches that are emptied when full.
 */
import { dayNumber, isLeapYear } from './civil';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A valid IANA zone name. */
export type ZoneId = string;

/** From `since` (inclusive) to the next span's `since` the zone keeps one offset (milliseconds east of UTC). */
export interface OffsetSpan {
  readonly since: Instant;
  readonly offset: number;
}

interface YearSpans {
  readonly from: Instant;
  readonly to: Instant;
  readonly spans: readonly OffsetSpan[];
}

const DAY_MS = 86_400_000;
const PROBE_STEP = 10 * DAY_MS;
const MAX_FORMATTERS = 32;
const MAX_YEARS = 8192;
/** Before this year zones kept local mean time; asking Intl about it costs much and helps nobody. */
const FIRST_YEAR = 1850;
const LAST_YEAR = 9998;

const formatters = new Map<ZoneId, Intl.DateTimeFormat>();
const zones = new Map<ZoneId, Map<number, YearSpans>>();
let yearsKept = 0;

const FORMATTED = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

function formatterOf(zone: ZoneId): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

/** Asks Intl, without any cache of the answer; whole seconds. @throws RangeError for an unknown zone */
export function probeOffset(zone: ZoneId, instant: Instant): number {
  const found = FORMATTED.exec(formatterOf(zone).format(instant));
  if (!found) throw new RangeError(`unreadable local time in ${zone}`);
  const day = dayNumber(Number(found[3]), Number(found[1]), Number(found[2]));
  const local = day * DAY_MS + Number(found[4]) * 3_600_000 + Number(found[5]) * 60_000 + Number(found[6]) * 1000;
  return local - Math.floor(instant / 1000) * 1000;
}

/** The first whole second in (low, high] at which the offset is no longer that of `low`. */
function changeBetween(zone: ZoneId, low: Instant, high: Instant, lowOffset: number): Instant {
  let before = low;
  let after = high;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (probeOffset(zone, middle) === lowOffset) before = middle;
    else after = middle;
  }
  return after;
}

function readYear(zone: ZoneId, year: number): YearSpans {
  const from = dayNumber(year, 1, 1) * DAY_MS;
  const to = from + (isLeapYear(year) ? 366 : 365) * DAY_MS;
  let offset = probeOffset(zone, from);
  const spans: OffsetSpan[] = [{ since: from, offset }];
  for (let at = from; at < to;) {
    const next = Math.min(at + PROBE_STEP, to - 1000);
    const nextOffset = probeOffset(zone, next);
    if (nextOffset !== offset) {
      spans.push({ since: changeBetween(zone, at, next, offset), offset: nextOffset });
      offset = nextOffset;
    }
    if (next === to - 1000) break;
    at = next;
  }
  return { from, to, spans };
}

let lastZone: ZoneId | null = null;
let lastYears: Map<number, YearSpans> = new Map();

function yearSpans(zone: ZoneId, year: number): YearSpans {
  if (zone !== lastZone) {
    const years = zones.get(zone) ?? new Map<number, YearSpans>();
    zones.set(zone, years);
    lastZone = zone;
    lastYears = years;
  }
  const known = lastYears.get(year);
  if (known) return known;
  const read = readYear(zone, year);
  if (yearsKept >= MAX_YEARS) {
    zones.clear();
    yearsKept = 0;
    lastYears = new Map();
    zones.set(zone, lastYears);
  }
  lastYears.set(year, read);
  yearsKept += 1;
  return read;
}

/** UTC year of an instant, without a Date object; only an estimate at the edges, corrected by the caller. */
function yearOf(instant: Instant): number {
  let year = 1970 + Math.floor(instant / 31_556_952_000);
  if (instant < dayNumber(year, 1, 1) * DAY_MS) year -= 1;
  else if (instant >= dayNumber(year + 1, 1, 1) * DAY_MS) year += 1;
  return Math.min(Math.max(year, FIRST_YEAR), LAST_YEAR);
}

/** Changes of a zone in one UTC year: the first span starts with the year. */
export function offsetSpans(zone: ZoneId, year: number): readonly OffsetSpan[] {
  return yearSpans(zone, Math.min(Math.max(year, FIRST_YEAR), LAST_YEAR)).spans;
}

/**
 * Offset of a zone at an instant, in milliseconds east of UTC. Before 1850 the offset of 1850 is used.
 * @throws RangeError for an unknown zone
 */
export function offsetAt(instant: Instant, zone: ZoneId): number {
  if (zone === 'UTC') return 0;
  const { spans } = yearSpans(zone, yearOf(instant));
  let offset = spans[0]?.offset ?? 0;
  for (let index = 1; index < spans.length; index += 1) {
    const span = spans[index];
    if (!span || span.since > instant) break;
    offset = span.offset;
  }
  return offset;
}
