/**
 * Google writes a time with the offset the zone has at that moment, and on nearly every day a zone has one offset only.
 * So for such a day the text says the wall time itself, and no calendar arithmetic is needed: what is remembered here is
 * the offset of each zone on each day seen. This is most of what makes reading hundreds of thousands of events cheap.
 */
import { offsetAt, parseInstant, type ZoneId } from '@daybook/domain';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ZERO = 48;
/** Of all zones together; beyond it everything is forgotten and learnt anew. */
const REMEMBERED_DAYS = 32_768;

const zones = new Map<ZoneId, Map<number, number>>();
let remembered = 0;

/**
 * Whether the first 19 characters of `2026-11-22T09:00:00+01:00` (or `…Z`) are the wall time in the zone, for sure: false
 * only says that a closer look is needed. True implies a real date and time.
 */
export function saysWallTime(text: string, zone: ZoneId): boolean {
  const offset = statedOffset(text);
  return offset !== null && isTimeOfDay(text) && steadyOffset(text, zone) === offset;
}

/** The offset a zone has all through the date a text begins with and a day around it; NaN on other days and no dates. */
function steadyOffset(text: string, zone: ZoneId): number {
  const days = daysOf(zone);
  const key = (digits(text, 0, 4) * 100 + digits(text, 5, 2)) * 100 + digits(text, 8, 2);
  const known = days.get(key);
  if (known !== undefined) return known;
  const midnight = parseInstant(`${text.slice(0, 10)}T00:00:00Z`) ?? Number.NaN;
  const offset = Number.isNaN(midnight) ? Number.NaN : constantOffset(midnight, zone);
  remembered += 1;
  days.set(key, offset);
  return offset;
}

/** Any offset of the world moves a day by 14 hours at most; two more keep clear of wall times that occur twice. */
function constantOffset(midnight: number, zone: ZoneId): number {
  const before = offsetAt(midnight - 16 * HOUR, zone);
  return before === offsetAt(midnight + 40 * HOUR, zone) ? before : Number.NaN;
}

function daysOf(zone: ZoneId): Map<number, number> {
  if (remembered >= REMEMBERED_DAYS) {
    zones.clear();
    remembered = 0;
  }
  const known = zones.get(zone);
  if (known !== undefined) return known;
  const days = new Map<number, number>();
  zones.set(zone, days);
  return days;
}

/** The offset of the two usual shapes, milliseconds east; null for any other shape. */
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

function isTimeOfDay(text: string): boolean {
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
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
