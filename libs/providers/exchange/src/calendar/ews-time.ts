/**
 * Exchange's times into the domain's. Requests name no zone, so that every time is told in UTC; the zone in which somebody
 * wrote it stands beside it, by its Windows name or by rules of its own, and the wall time is read in that one. A zone nobody
 * knows leaves a single meeting where it is, told in UTC; a series is nothing without one.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/time-zones-and-ews-in-exchange.
 */
import {
  dateOf,
  isCivilDate,
  type MeetingTime,
  parseInstant,
  startOfDay,
  toCivil,
  toInstant,
  windowsIdOf,
  type ZoneId,
} from '@daybook/domain';
import { asText, type ForeignRecord, isRecord } from '@daybook/provider-port';
import { describedZone } from './described-zone';
import { LONGEST_ZONE, zoneOf } from './zone-name';

const MIDNIGHT = 'T00:00:00';
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Member of an item that no server tells: the zone, if it has to be found elsewhere, in which its days begin. */
export const DAY_ZONE = 'DayZone';

/** Zones a meeting of ours was written in, where Windows has one name for several. */
export interface WrittenZones {
  readonly start: ZoneId;
  readonly end: ZoneId;
}

/** The name of a zone that an item names; empty where it names none. Servers of 2007 name one for both ends. */
export function zoneNameIn(item: ForeignRecord, member: 'StartTimeZone' | 'EndTimeZone'): string {
  const named = item[member];
  if (isRecord(named)) return asText(named['Id'], LONGEST_ZONE);
  const older = item['MeetingTimeZone'];
  return isRecord(older) ? asText(older['TimeZoneName'], LONGEST_ZONE) : '';
}

/** The zone an item names or, where nobody knows the name, the one that the rules beside it are those of. */
export function zoneIn(item: ForeignRecord, member: 'StartTimeZone' | 'EndTimeZone'): ZoneId | null {
  const known = zoneOf(zoneNameIn(item, member));
  if (known !== null) return known;
  const start = readInstant(item['Start']);
  const described = start === null ? null : describedZone(item[member] ?? item['MeetingTimeZone'], start);
  return described ?? (asText(item[DAY_ZONE], LONGEST_ZONE) || null);
}

/** The zone as it was written, as long as Exchange's own name still stands for it. */
export function zoneAsWritten(zone: ZoneId | null, written: ZoneId | undefined): ZoneId | null {
  if (zone === null || written === undefined || written === zone) return zone;
  return windowsIdOf(written) === windowsIdOf(zone) ? written : zone;
}

/** The instant of an `xs:dateTime`, or null. One without an offset is told in UTC, as all others. */
export function readInstant(value: unknown): number | null {
  const told = asText(value, 40).trim();
  const instant = parseInstant(told) ?? parseInstant(`${told}Z`);
  return instant === null ? null : Math.floor(instant / 1000) * 1000;
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

/** The date of an all-day start or end: a midnight in the zone of its item, or in UTC. Null for any other time. */
export function readDay(instant: number, zone: ZoneId | null): MeetingTime | null {
  const place = [...(zone === null ? [] : [zone]), 'UTC'].find((one) => isMidnight(instant, one));
  return place === undefined ? null : { date: dateOf(toCivil(instant, place)) };
}

/** Whether a day begins then; not every one does so at midnight. */
export function isMidnight(instant: number, zone: ZoneId): boolean {
  const there = toCivil(instant, zone);
  const date = dateOf(there);
  return isCivilDate(date) && (there.endsWith(MIDNIGHT) || startOfDay(date, zone) === instant);
}

/** Minutes that zones are ahead of UTC, besides whole hours. */
const BETWEEN_HOURS = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825];
const AHEAD = [...Array.from({ length: 27 }, (_none, index) => (index - 12) * 60), ...BETWEEN_HOURS];

/**
 * The dates of an all-day start and end in a zone nobody knows: where only one distance from UTC makes midnights of both. Around
 * noon in UTC there are two, on two days. Null where that is so, or there is none.
 */
export function daysByDistance(from: number, to: number): readonly [MeetingTime, MeetingTime] | null {
  const [ahead, another] = AHEAD.filter((minutes) =>
    [from, to].every((instant) => (instant + minutes * MINUTE) % DAY === 0),
  );
  if (ahead === undefined || another !== undefined) return null;
  const dayOf = (instant: number): MeetingTime => ({ date: dateOf(toCivil(instant + ahead * MINUTE, 'UTC')) });
  return [dayOf(from), dayOf(to)];
}
