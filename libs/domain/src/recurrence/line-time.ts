/** Dates and times as iCalendar writes them: `20261122`, `20261122T090000`, `20261122T080000Z`. */
import { dayNumber, daysInMonth, SECONDS_PER_DAY } from '../time/civil';
import { resolveZone } from '../time/zone-names';
import { civilToInstant, instantToCivil } from '../time/zoned-time';
import type { Instant, ZoneId } from '../time/zone-offsets';
import type { LineTime } from './rule';

const BASIC = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})(Z?))?$/;

/**
 * Reads one value. `zoneName` is the TZID parameter beside it, null without one.
 * @returns null when it is no date or time, or its zone is unknown
 */
export function parseLineTime(text: string, zoneName: string | null): LineTime | null {
  const found = BASIC.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const dayNo = dayNumber(year, month, day);
  if (found[4] === undefined) return { kind: 'date', day: dayNo };
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Math.min(Number(found[6]), 59)];
  if (hour > 23 || minute > 59 || Number(found[6]) > 60) return null;
  const seconds = dayNo * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
  if (found[7] === 'Z') return { kind: 'instant', instant: seconds * 1000 };
  if (zoneName === null) return { kind: 'civil', seconds, zone: null };
  const { zone } = resolveZone(zoneName);
  return zone === null ? null : { kind: 'civil', seconds, zone };
}

/** The instant of a time in a series of `zone`; a bare date stands for its first moment. */
export function lineInstant(time: LineTime, zone: ZoneId): Instant {
  if (time.kind === 'instant') return time.instant;
  if (time.kind === 'date') return civilToInstant(time.day * SECONDS_PER_DAY, zone);
  return civilToInstant(time.seconds, time.zone ?? zone);
}

/** Civil seconds of a time on the wall clock of `zone`. */
export function lineCivil(time: LineTime, zone: ZoneId): number {
  if (time.kind === 'date') return time.day * SECONDS_PER_DAY;
  if (time.kind === 'civil' && (time.zone === null || time.zone === zone)) return time.seconds;
  return instantToCivil(lineInstant(time, zone), zone);
}

const DURATION = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/;

/** Seconds of an iCalendar duration (`PT1H30M`, `P1D`), or null when it is none or negative. */
export function parseDuration(text: string): number | null {
  const found = DURATION.exec(text);
  if (!found || /[PT]$/.test(text)) return null;
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (weeks ?? 0) * 604_800 + (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
