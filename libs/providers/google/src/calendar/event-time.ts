/**
 * Google's times into the domain's. Google sends `{dateTime: '2026-11-22T09:00:00+01:00', timeZone: 'Europe/Berlin'}`: the
 * offset is the calendar's (or the request's) own choice, the zone is the event's, so the wall time is read in that zone.
 * All-day times are dates without a zone.
 */
import {
  isCivilDate,
  isCivilDateTime,
  type MeetingTime,
  type OriginalStart,
  parseInstant,
  resolveZone,
  toCivil,
  toInstant,
  type ZoneId,
} from '@daybook/domain';
import { isRecord } from '@daybook/provider-port';
import { saysWallTime } from './steady-days';

const REMEMBERED_ZONES = 1024;
const zones = new Map<string, ZoneId | null>();

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
  if (saysWallTime(text, timeZone)) return { dateTime: text.slice(0, 19), timeZone };
  const instant = parseInstant(text);
  if (instant === null) return isCivilDateTime(text) ? { dateTime: text, timeZone } : null;
  const dateTime = toCivil(instant, timeZone);
  // The second of two equal wall times cannot be told in its own zone; a single event keeps its instant instead.
  const second = Math.floor(instant / 1000) * 1000;
  if (!repeats && toInstant(dateTime, timeZone) !== second)
    return { dateTime: toCivil(instant, 'UTC'), timeZone: 'UTC' };
  return { dateTime, timeZone };
}

/** Which occurrence an exception stands for, or null. An instance's id ends with it, where the field itself is missing. */
export function readOriginalStart(value: unknown, remoteId: string): OriginalStart | null {
  if (!isRecord(value)) return originalStartInId(remoteId);
  const { dateTime, date } = value;
  if (typeof date === 'string') return isCivilDate(date) ? { date } : null;
  if (typeof dateTime !== 'string') return null;
  const instant = parseInstant(dateTime);
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
