/**
 * Google's times into the domain's. Google sends `{dateTime: '2026-11-22T09:00:00+01:00', timeZone: 'Europe/Berlin'}`: the
 * offset is the calendar's (or the request's) own choice, the zone is the event's, so the wall time is read in that zone.
 * All-day times are dates without a zone. This runs a few times for each of hundreds of thousands of events, hence the
 * reading by character codes and the remembered zones.
 */
import {
  isCivilDate,
  isCivilDateTime,
  type MeetingTime,
  offsetAt,
  type OriginalStart,
  parseInstant,
  resolveZone,
  toCivil,
  toInstant,
  type ZoneId,
} from '@daybook/domain';
import { isRecord } from '../transport/foreign';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ZERO = 48;
const REMEMBERED_ZONES = 1024;
const REMEMBERED_DATES = 8192;
const zones = new Map<string, ZoneId | null>();
const midnights = new Map<number, number>();

/** The IANA zone of an id from outside, or null; `GMT+02:00` and the like become the `Etc` zone of whole hours. */
export function zoneOf(id: unknown): ZoneId | null {
  if (typeof id !== 'string') return null;
  const known = zones.get(id);
  if (known !== undefined) return known;
  const zone = resolveZone(id).zone ?? fixedZone(id);
  if (zones.size >= REMEMBERED_ZONES) zones.clear();
  zones.set(id, zone);
  return zone;
}

function fixedZone(id: string): ZoneId | null {
  const found = /^(?:GMT|UTC)([+-])(\d{1,2})(?::?00)?$/.exec(id);
  const hours = Number(found?.[2]);
  if (!found || hours > 12) return null;
  // POSIX signs: west of Greenwich is positive.
  return hours === 0 ? 'UTC' : `Etc/GMT${found[1] === '+' ? '-' : '+'}${hours}`;
}

/**
 * A start or end, or null when it is none.
 * @param fallback the calendar's zone: of times without a zone, and of instants whose zone nobody knows
 * @param repeats a series repeats by its wall time, so it is nothing without a zone we know
 */
export function readMeetingTime(value: unknown, fallback: ZoneId, repeats: boolean): MeetingTime | null {
  if (!isRecord(value)) return null;
  const { dateTime } = value;
  if (typeof dateTime !== 'string') {
    const { date } = value;
    return typeof date === 'string' && isCivilDate(date) ? { date } : null;
  }
  const named = value['timeZone'];
  const zone = named === undefined ? fallback : zoneOf(named);
  if (zone === null && repeats) return null;
  return wallTime(dateTime, zone ?? fallback, repeats);
}

function wallTime(text: string, timeZone: ZoneId, repeats: boolean): MeetingTime | null {
  const instant = instantOfText(text);
  if (instant === null) return isCivilDateTime(text) ? { dateTime: text, timeZone } : null;
  const offset = offsetAt(instant, timeZone);
  // The second of two equal wall times cannot be told in its own zone; a single event keeps its instant instead.
  if (
    !repeats &&
    offsetAt(instant - 2 * HOUR, timeZone) > offset &&
    toInstant(toCivil(instant, timeZone), timeZone) !== instant
  ) {
    return { dateTime: toCivil(instant, 'UTC'), timeZone: 'UTC' };
  }
  const leapSecond = text.charCodeAt(17) === ZERO + 6;
  const same = statedOffset(text) === offset && !leapSecond;
  return { dateTime: same ? text.slice(0, 19) : toCivil(instant, timeZone), timeZone };
}

/** Which occurrence an exception stands for, or null. An instance's id ends with it, where the field itself is missing. */
export function readOriginalStart(value: unknown, remoteId: string): OriginalStart | null {
  if (!isRecord(value)) return originalStartInId(remoteId);
  const { dateTime, date } = value;
  if (typeof date === 'string') return isCivilDate(date) ? { date } : null;
  if (typeof dateTime !== 'string') return null;
  const instant = instantOfText(dateTime);
  if (instant !== null) return { instant };
  const zone = zoneOf(value['timeZone']);
  return zone !== null && isCivilDateTime(dateTime) ? { instant: toInstant(dateTime, zone) } : null;
}

function originalStartInId(remoteId: string): OriginalStart | null {
  const found = /_(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(remoteId);
  if (!found) return null;
  const date = `${found[1]}-${found[2]}-${found[3]}`;
  if (found[4] === undefined) return isCivilDate(date) ? { date } : null;
  const instant = parseInstant(`${date}T${found[4]}:${found[5]}:${found[6]}Z`);
  return instant === null ? null : { instant };
}

/** RFC 3339 to epoch milliseconds, null for anything without an offset. The usual shapes are read without a regex. */
function instantOfText(text: string): number | null {
  const offset = statedOffset(text);
  if (offset === null) return text.length > 19 ? parseInstant(text) : null;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  // Leap seconds and anything odd go the careful way.
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return parseInstant(text);
  const midnight = midnightOf(text);
  return Number.isNaN(midnight) ? null : midnight + hour * HOUR + minute * MINUTE + second * 1000 - offset;
}

/** Midnight in UTC of the date a text begins with, NaN for no date. Dates of a calendar repeat, so they are remembered. */
function midnightOf(text: string): number {
  const key = (digits(text, 0, 4) * 100 + digits(text, 5, 2)) * 100 + digits(text, 8, 2);
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const midnight = parseInstant(`${text.slice(0, 10)}T00:00:00Z`) ?? Number.NaN;
  if (midnights.size >= REMEMBERED_DATES) midnights.clear();
  midnights.set(key, midnight);
  return midnight;
}

/** The offset of `…T09:00:00Z` or `…T09:00:00+01:00`, milliseconds east; null for any other shape. */
function statedOffset(text: string): number | null {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84) return null;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  if (text.length === 20) return text.charCodeAt(19) === 90 ? 0 : null;
  if (text.length !== 25 || text.charCodeAt(22) !== 58) return null;
  const sign = text.charCodeAt(19);
  const hours = digits(text, 20, 2);
  const minutes = digits(text, 23, 2);
  if ((sign !== 43 && sign !== 45) || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
  return (sign === 43 ? 1 : -1) * (hours * HOUR + minutes * MINUTE);
}

/** A number of fixed width, or -1. */
function digits(text: string, from: number, width: number): number {
  let value = 0;
  for (let index = from; index < from + width; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
