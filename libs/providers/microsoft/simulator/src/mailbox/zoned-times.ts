import { isCivilDateTime, resolveZone, startOfDay, toCivil, toInstant } from '@daybook/domain';
import { refusals } from '../graph/graph-error';
import type { ZonedTime } from './event-record';

/** A start or end as a client sends it. */
export interface SentTime {
  dateTime: string;
  timeZone?: string | null | undefined;
}

const OFFSET = /(Z|[+-]\d\d:\d\d)$/i;

/** The IANA zone of a Windows or IANA name. @throws GraphError 400 `TimeZoneNotSupportedException` */
export function zoneOf(name: string): string {
  const { zone } = resolveZone(name);
  if (zone === null) throw refusals.unknownZone(name);
  return zone;
}

/** The same without refusal: a name nobody knows counts as UTC, as for items that came in damaged. */
export const zoneOrUtc = (name: string): string => resolveZone(name).zone ?? 'UTC';

/**
 * A sent time with whole seconds and a zone. One with an offset is an instant, told in the zone beside it; without a zone it
 * is UTC.
 * @throws GraphError 400
 */
export function readTime({ dateTime, timeZone }: SentTime): ZonedTime {
  const name = timeZone === null || timeZone === undefined || timeZone === '' ? 'UTC' : timeZone;
  const zone = zoneOf(name);
  const plain = OFFSET.test(dateTime) ? toCivil(parseWithOffset(dateTime), zone) : civilOf(dateTime);
  if (!isCivilDateTime(plain)) throw refusals.unreadableBody(`Cannot convert '${dateTime}' to a date and time.`);
  return { dateTime: plain, timeZone: name };
}

function parseWithOffset(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw refusals.unreadableBody(`Cannot convert '${text}' to a date and time.`);
  return instant;
}

/** Always with seconds, never with a fraction. */
function civilOf(text: string): string {
  const plain = text.slice(0, 19);
  if (/^\d{4}-\d\d-\d\d$/.test(plain)) return `${plain}T00:00:00`;
  return plain.length === 16 ? `${plain}:00` : plain;
}

export const dateOf = ({ dateTime }: ZonedTime): string => dateTime.slice(0, 10);

export const isMidnight = ({ dateTime }: ZonedTime): boolean => dateTime.endsWith('T00:00:00');

/** The instant of a time; that of an all-day event is the midnight of its zone. */
export function instantOf({ dateTime, timeZone }: ZonedTime, isAllDay = false): number {
  const zone = zoneOrUtc(timeZone);
  return isAllDay ? startOfDay(dateTime.slice(0, 10), zone) : toInstant(dateTime, zone);
}

/** Seven digits of a second, as Graph writes wall times. */
export const withFraction = (dateTime: string): string => `${dateTime}.0000000`;
