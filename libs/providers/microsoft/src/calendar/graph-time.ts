/**
 * Graph's times into the domain's. All times are asked for in UTC, so that each is an instant without doubt; the zone in which
 * somebody wrote it stands beside it (`originalStartTimeZone`), and the wall time is read in that one. A zone nobody knows
 * leaves a single meeting where it is, told in UTC; a series is nothing without one.
 * Source: learn.microsoft.com/graph/api/resources/event, …/datetimetimezone.
 */
import {
  dateOf,
  isCivilDate,
  isCivilDateTime,
  type MeetingTime,
  parseInstant,
  resolveZone,
  toCivil,
  toInstant,
  windowsIdOf,
  type ZoneId,
} from '@daybook/domain';
import { asText, isRecord } from '@daybook/provider-port';

const LONGEST_ZONE = 128;
const MIDNIGHT = 'T00:00:00';

/** Zones a meeting of ours was written in, where Graph has one name for several. */
export interface WrittenZones {
  readonly start: ZoneId;
  readonly end: ZoneId;
}

export function zoneOf(id: unknown): ZoneId | null {
  return typeof id === 'string' ? resolveZone(asText(id, LONGEST_ZONE)).zone : null;
}

/** The zone as it was written, as long as Graph's own name still stands for it. */
export function zoneAsWritten(zone: ZoneId | null, written: ZoneId | undefined): ZoneId | null {
  if (zone === null || written === undefined || written === zone) return zone;
  return windowsIdOf(written) === windowsIdOf(zone) ? written : zone;
}

/**
 * What a zone is called to Graph: the name Windows has for it. IANA names are taken only in part, and Windows names are what
 * Outlook's own clients know.
 */
export function zoneName(zone: ZoneId): string {
  return windowsIdOf(zone) ?? zone;
}

/** The instant of `{dateTime, timeZone}`, or null. Fractions of a second are dropped. */
export function readInstant(value: unknown): number | null {
  if (!isRecord(value)) return null;
  const dateTime = asText(value['dateTime'], 40);
  if (/(?:Z|[+-]\d\d:\d\d)$/i.test(dateTime)) return parseInstant(dateTime);
  const zone = zoneOf(value['timeZone']);
  const wall = dateTime.slice(0, 19);
  return zone === null || !isCivilDateTime(wall) ? null : toInstant(wall, zone);
}

/** A start or end at its wall time. The second of two equal wall times can only be told in UTC. */
export function wallTime(instant: number, zone: ZoneId | null): MeetingTime {
  if (zone !== null) {
    const dateTime = toCivil(instant, zone);
    if (toInstant(dateTime, zone) === instant) return { dateTime, timeZone: zone };
  }
  return { dateTime: toCivil(instant, 'UTC'), timeZone: 'UTC' };
}

/** A start or end of a series: its wall time repeats, so there is no other way to tell it. */
export function repeatingTime(instant: number, zone: ZoneId): MeetingTime {
  return { dateTime: toCivil(instant, zone), timeZone: zone };
}

/**
 * The date of an all-day start or end, or null. Graph gives midnight in the zone asked for; some back ends give the instant of
 * midnight in the author's zone instead, which is read there.
 */
export function readDay(value: unknown, authorsZone: ZoneId | null): MeetingTime | null {
  if (!isRecord(value)) return null;
  const text = asText(value['dateTime'], 40).slice(0, 19);
  if (text.endsWith(MIDNIGHT)) return asDate(dateOf(text));
  const instant = readInstant(value);
  if (instant === null || authorsZone === null) return null;
  const there = toCivil(instant, authorsZone);
  return there.endsWith(MIDNIGHT) ? asDate(dateOf(there)) : null;
}

function asDate(date: string): MeetingTime | null {
  return isCivilDate(date) ? { date } : null;
}
