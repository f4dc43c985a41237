/** Between wall time and instants. */
import {
  type CivilDate,
  type CivilDateTime,
  dayNumber,
  formatCivil,
  parseCivilDate,
  requireCivil,
  requireDay,
  SECONDS_PER_DAY,
} from './civil';
import { type Instant, offsetAt, type ZoneId } from './zone-offsets';

const DAY_MS = SECONDS_PER_DAY * 1000;

/**
 * The instant of civil seconds in a zone. A time that a clock change skips is read with the offset before the gap
 * (02:30 becomes 03:30); one that occurs twice is the first of the two: RFC 5545, section 3.3.5.
 */
export function civilToInstant(civilSeconds: number, zone: ZoneId): Instant {
  const local = civilSeconds * 1000;
  if (zone === 'UTC') return local;
  // No zone changes twice within a day, so the offsets a day before and after are the ones in question.
  const earlier = offsetAt(local - DAY_MS, zone);
  const later = offsetAt(local + DAY_MS, zone);
  if (earlier === later) return local - earlier;
  const asEarlier = local - earlier;
  if (offsetAt(asEarlier, zone) === earlier) return asEarlier;
  const asLater = local - later;
  // Neither fits: the time lies in a gap and keeps the offset before it.
  return offsetAt(asLater, zone) === later ? asLater : asEarlier;
}

/** Civil seconds (whole) of an instant in a zone. */
export function instantToCivil(instant: Instant, zone: ZoneId): number {
  return Math.floor((instant + offsetAt(instant, zone)) / 1000);
}

/**
 * The instant of a wall time. In a gap: the offset before it; in an overlap: the first of the two.
 * @throws RangeError for an invalid time or zone
 */
export function toInstant(civil: CivilDateTime, zone: ZoneId): Instant {
  return civilToInstant(requireCivil(civil), zone);
}

/** The wall time at an instant; parts of a second are dropped. @throws RangeError for an invalid zone */
export function toCivil(instant: Instant, zone: ZoneId): CivilDateTime {
  return formatCivil(instantToCivil(instant, zone));
}

/** Midnight of a date in a zone; where the clock skips midnight, the first moment of the day. @throws RangeError */
export function startOfDay(date: CivilDate, zone: ZoneId): Instant {
  return civilToInstant(requireDay(date) * SECONDS_PER_DAY, zone);
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;

/** Reads RFC 3339 (`2026-11-22T09:00:00+01:00`, `…Z`); null when it is something else. Leap seconds count as :59. */
export function parseInstant(text: string): Instant | null {
  const found = RFC_3339.exec(text);
  if (!found) return null;
  const day = parseCivilDate(found[1] ?? '');
  const [hour, minute, second] = [Number(found[2]), Number(found[3]), Math.min(Number(found[4]), 60)];
  if (day === null || hour > 24 || minute > 59 || Number(found[4]) > 60) return null;
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  const millis = Number((found[5] ?? '').slice(0, 3).padEnd(3, '0'));
  const [offsetHours, offsetMinutes] = [Number(found[7] ?? 0), Number(found[8] ?? 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return null;
  const offset = (found[6] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * 60_000;
  const seconds = hour * 3600 + minute * 60 + Math.min(second, 59);
  return day * DAY_MS + seconds * 1000 + millis - offset;
}

/** `2026-11-22T08:00:00Z`; parts of a second are dropped. */
export function formatInstant(instant: Instant): string {
  return `${formatCivil(Math.floor(instant / 1000))}Z`;
}

/** UTC year of an instant. */
export function utcYear(instant: Instant): number {
  return Number(formatCivil(Math.floor(instant / 1000)).slice(0, 4));
}

/** First instant of a UTC year. */
export function yearStart(year: number): Instant {
  return dayNumber(year, 1, 1) * DAY_MS;
}
