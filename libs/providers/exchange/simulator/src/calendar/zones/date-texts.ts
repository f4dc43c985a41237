import { dayNumber, dayOfText, DAY_MS, textOfDay, civilDate } from '../recurrence/civil-days';
import { instantOfWall, type CalendarZone, type WallTime } from './calendar-zone';

const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,20})?)?(Z|[+-]\d\d:\d\d)?$/;
const DATE = /^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?$/;
const MINUTE = 60_000;
const MOST_OFFSET = 14 * 60;

/**
 * The instant of an xs:dateTime in whole seconds, null for anything else. A time without an offset is one of `zone`:
 * https://learn.microsoft.com/exchange/client-developer/exchange-web-services/time-zones-and-ews-in-exchange
 */
export function readDateTime(text: string, zone: CalendarZone): number | null {
  const found = DATE_TIME.exec(text.trim());
  const wall = found === null ? null : wallOf(found);
  if (found === null || wall === null) return null;
  const offset = found[5];
  if (offset === undefined) return instantOfWall(wall, zone);
  const minutes = offset === 'Z' ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  if (minutes > MOST_OFFSET) return null;
  return wall - (offset.startsWith('-') ? -minutes : minutes) * MINUTE;
}

/** What the clock shows in an xs:dateTime, whatever its offset; null for anything else. */
export function readWallTime(text: string): WallTime | null {
  const found = DATE_TIME.exec(text.trim());
  return found === null ? null : wallOf(found);
}

function wallOf(found: RegExpExecArray): WallTime | null {
  const day = dayOfText(found[1] ?? '');
  const [hour, minute, second] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)];
  if (day === null || minute > 59 || second > 59) return null;
  if (hour > 24 || (hour === 24 && minute + second > 0)) return null;
  return day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** `2026-11-23` of an xs:date that may carry an offset, null for anything else. */
export function readDate(text: string): string | null {
  const date = DATE.exec(text.trim())?.[1];
  return date === undefined || dayOfText(date) === null ? null : date;
}

/** `2026-11-23T08:00:00Z`, or with the offset of a zone when the request named one. */
export function dateTimeText(instant: number, zone?: CalendarZone): string {
  if (zone === undefined) return `${wallText(instant)}Z`;
  const offset = Math.trunc(zone.offsetAt(instant) / MINUTE);
  return offset === 0 ? `${wallText(instant)}Z` : `${wallText(instant + offset * MINUTE)}${offsetText(offset)}`;
}

/** `2026-11-23T09:00:00` */
export function wallText(wall: WallTime): string {
  const day = Math.floor(wall / DAY_MS);
  return `${textOfDay(day)}T${timeText(wall - day * DAY_MS)}`;
}

/** `09:00:00` of milliseconds since midnight. */
export function timeText(sinceMidnight: number): string {
  const seconds = Math.floor(sinceMidnight / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
}

/** An xs:date as Exchange writes it: with the offset that its midnight has in the zone. */
export function dateText(date: string, zone?: CalendarZone): string {
  const day = dayOfText(date);
  if (zone === undefined || day === null) return date;
  const offset = Math.trunc(zone.offsetAt(instantOfWall(day * DAY_MS, zone)) / MINUTE);
  return `${date}${offset === 0 ? 'Z' : offsetText(offset)}`;
}

const offsetText = (minutes: number): string =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;

const two = (value: number): string => String(value).padStart(2, '0');

/** The same moment some years later, on the last day of a shorter month. */
export function yearsLater(instant: number, years: number): number {
  const day = Math.floor(instant / DAY_MS);
  const date = civilDate(day);
  const isLeapDay = date.month === 2 && date.day === 29;
  const next = dayNumber({ year: date.year + years, month: date.month, day: isLeapDay ? 28 : date.day });
  return next * DAY_MS + (instant - day * DAY_MS);
}
