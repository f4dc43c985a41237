import type { Meeting, MeetingTime } from '@daybook/contracts';

/** Epoch milliseconds. */
export type Instant = number;

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
/** By zone and UTC day: the offset as that day begins. Reading one from a formatter takes longer than drawing a row. */
const dayOffsets = new Map<string, Map<number, number>>();

/** The parts formatter of a zone; a zone this browser does not know is read as UTC. */
function partsFormatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: isZone(zone) ? zone : 'UTC',
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

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The wall clock of a zone at an instant: `2026-11-22T09:00:00`. */
export function toCivil(instant: Instant, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 19);
}

/**
 * The instant of a wall-clock time in a zone. A time that a clock change skips is read with the offset before the change; of
 * a time that comes twice the first is taken (RFC 5545, 3.3.5).
 */
export function toInstant(civil: string, zone: string): Instant {
  const asUtc = Date.parse(`${civil.slice(0, 19)}Z`);
  const before = offsetAt(asUtc - DAY_MS, zone);
  const after = offsetAt(asUtc + DAY_MS, zone);
  const early = asUtc - before;
  if (offsetAt(early, zone) === before) return early;
  const late = asUtc - after;
  return offsetAt(late, zone) === after ? late : early;
}

/** Milliseconds that a zone's wall clock is ahead of UTC. No zone changes its clock twice within a day. */
export function offsetAt(instant: Instant, zone: string): number {
  const day = Math.floor(instant / DAY_MS);
  const offset = dayOffset(day, zone);
  return offset === dayOffset(day + 1, zone) ? offset : readOffset(instant, zone);
}

function dayOffset(day: number, zone: string): number {
  const days = dayOffsets.get(zone) ?? new Map<number, number>();
  dayOffsets.set(zone, days);
  const offset = days.get(day) ?? readOffset(day * DAY_MS, zone);
  days.set(day, offset);
  return offset;
}

function readOffset(instant: Instant, zone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const parts: Record<string, string> = {};
  for (const part of partsFormatter(zone).formatToParts(whole)) parts[part.type] = part.value;
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - whole;
}

/** The civil day (`2026-11-22`) of an instant in a zone. */
export function dayOf(instant: Instant, zone: string): string {
  return toCivil(instant, zone).slice(0, 10);
}

export function startOfDay(day: string, zone: string): Instant {
  return toInstant(`${day}T00:00:00`, zone);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** A meeting's time as an instant; all-day times are midnights of the viewer's zone. */
export function instantOf(time: MeetingTime, viewerZone: string): Instant {
  return 'date' in time ? startOfDay(time.date, viewerZone) : toInstant(time.dateTime, time.timeZone);
}

/** The civil days a meeting covers for a viewer, first and last inclusive. */
export function daysOf(meeting: Pick<Meeting, 'start' | 'end'>, zone: string): { first: string; last: string } {
  const { start, end } = meeting;
  if ('date' in start) {
    const last = 'date' in end ? addDays(end.date, -1) : start.date;
    return { first: start.date, last: last < start.date ? start.date : last };
  }
  const from = instantOf(start, zone);
  const to = instantOf(end, zone);
  // An end at midnight belongs to the day before.
  return { first: dayOf(from, zone), last: dayOf(Math.max(from, to - 1), zone) };
}
