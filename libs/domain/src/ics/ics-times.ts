import type { MeetingTime } from '../meeting/meeting';
import { isCivilDate, isCivilDateTime } from '../time/civil';
import type { ZoneId } from '../time/zone-offsets';
import { toInstant } from '../time/zoned-time';
import type { IcsProperty } from './ics-properties';

/** Why a value could not be read; the text goes to the person who brought the file. */
export class IcsFault extends Error {}

/** Finds the IANA zone a TZID means; throws {@link IcsFault} when there is none. */
export type ZoneLookup = (id: string) => ZoneId;

const TIME = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/i;
const DURATION = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/i;

export interface TimeReading {
  readonly zoneOf: ZoneLookup;
  /** Where times without zone take place. */
  readonly floatingZone: ZoneId;
}

/** A DATE or DATE-TIME property. @throws IcsFault */
export function readTime(property: IcsProperty, reading: TimeReading): MeetingTime {
  return readTimeText(property.raw.trim(), property, reading);
}

export function readTimeText(text: string, { name, parameters }: IcsProperty, reading: TimeReading): MeetingTime {
  const match = TIME.exec(text);
  if (match === null) throw new IcsFault(`${name.toUpperCase()} is not a time: ${text.slice(0, 40)}`);
  const [, year, month, day, hour, minute, second = '00', utc] = match;
  const date = `${year}-${month}-${day}`;
  if (!isCivilDate(date)) throw new IcsFault(`${name.toUpperCase()} is not a date: ${text.slice(0, 40)}`);
  if (hour === undefined || parameters['value']?.toUpperCase() === 'DATE') return { date };
  // A leap second is told as the last one before it.
  const dateTime = `${date}T${hour}:${minute}:${second === '60' ? '59' : second}`;
  if (!isCivilDateTime(dateTime)) throw new IcsFault(`${name.toUpperCase()} is not a time: ${text.slice(0, 40)}`);
  if (utc !== undefined) return { dateTime, timeZone: 'UTC' };
  const zone = parameters['tzid'];
  return { dateTime, timeZone: zone === undefined || zone === '' ? reading.floatingZone : reading.zoneOf(zone) };
}

/** Milliseconds of a DURATION value. @throws IcsFault */
export function readDuration(text: string): number {
  const match = DURATION.exec(text.trim());
  if (match === null) throw new IcsFault(`DURATION cannot be read: ${text.slice(0, 40)}`);
  const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const total =
    ((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 3600 + Number(minutes) * 60 + Number(seconds);
  return (sign === '-' ? -1 : 1) * total * 1000;
}

/** A time as RDATE and EXDATE write it without needing a zone: `20261122T080000Z` or `20261122`. */
export function stampOf(time: MeetingTime): string {
  if ('date' in time) return time.date.replaceAll('-', '');
  const iso = new Date(toInstant(time.dateTime, time.timeZone)).toISOString();
  return `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
