import { isZone, offsetAt, startOfDay, toCivil, toInstant, type MeetingTime } from '@daybook/domain';
import { refusals } from '../http/google-error';
import type { EventDateTime } from './event-resource';

/** A time as a client may send it: null members mean "not this one". */
export interface TimeBody {
  date?: string | null | undefined;
  dateTime?: string | null | undefined;
  timeZone?: string | null | undefined;
}

const OFFSET = /(Z|[+-]\d\d:\d\d)$/i;
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * RFC 3339 text of an instant with the offset of a zone; UTC is written `Z`, as Google does. Offsets have whole minutes there:
 * old local times, which had seconds, are told by the minute below them, so that the instant stays the same.
 */
export function formatInZone(instant: number, zone: string): string {
  const minutes = Math.trunc(offsetAt(instant, zone) / 60_000);
  if (minutes === 0 && (zone === 'UTC' || zone === 'Etc/UTC')) return `${toCivil(instant, zone)}Z`;
  const absolute = Math.abs(minutes);
  const civil = toCivil(instant + minutes * 60_000, 'UTC');
  return `${civil}${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

/**
 * What Google makes of a sent time: dates stay dates; times get the offset of the calendar's zone and keep the zone
 * they were written in (the calendar's, when none was sent).
 * @throws GoogleError 400 when the time has neither offset nor zone, or both date and time.
 */
export function normaliseTime(sent: TimeBody, calendarZone: string, label: 'start' | 'end'): EventDateTime {
  if (typeof sent.date === 'string' && typeof sent.dateTime === 'string')
    throw refusals.invalid(`Invalid ${label} time.`);
  if (typeof sent.date === 'string') return { date: sent.date };
  if (typeof sent.dateTime !== 'string') throw refusals.required(`Missing ${label} time.`);
  const zone = sent.timeZone ?? null;
  if (zone !== null && !isZone(zone)) throw refusals.invalid(`Invalid time zone definition for ${label} time.`);
  if (OFFSET.test(sent.dateTime)) {
    return { dateTime: formatInZone(Date.parse(sent.dateTime), calendarZone), timeZone: zone ?? calendarZone };
  }
  if (zone === null) throw refusals.required(`Missing time zone definition for ${label} time.`);
  return { dateTime: formatInZone(toInstant(civilOf(sent.dateTime), zone), calendarZone), timeZone: zone };
}

/** The civil part of a time text, always with seconds and without fraction. */
function civilOf(text: string): string {
  const plain = text.slice(0, 19);
  return plain.length === 16 ? `${plain}:00` : plain;
}

/** The instant of a served time; a date is its midnight in the calendar's zone. */
export function instantOfTime(time: EventDateTime, calendarZone: string): number {
  if (time.date !== undefined) return startOfDay(time.date, calendarZone);
  return time.dateTime === undefined ? Number.NaN : Date.parse(time.dateTime);
}

/** The same time as the domain writes it: local time in the zone of the event. */
export function meetingTimeOf(time: EventDateTime, calendarZone: string): MeetingTime {
  if (time.date !== undefined) return { date: time.date };
  const zone = time.timeZone ?? calendarZone;
  return { dateTime: toCivil(Date.parse(time.dateTime ?? ''), zone), timeZone: zone };
}

/** A domain time in Google's shape. */
export function eventTimeOf(time: MeetingTime, calendarZone: string): EventDateTime {
  if ('date' in time) return { date: time.date };
  return { dateTime: formatInZone(toInstant(time.dateTime, time.timeZone), calendarZone), timeZone: time.timeZone };
}

/** The suffix of an instance id: the original start in UTC, or the date of an all-day series. */
export function originalKeyOf(time: EventDateTime): string {
  if (time.date !== undefined) return time.date.replaceAll('-', '');
  const instant = new Date(time.dateTime ?? '');
  return Number.isNaN(instant.getTime()) ? '' : `${instant.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
