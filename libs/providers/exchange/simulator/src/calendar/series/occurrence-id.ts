import { createHash } from 'node:crypto';
import { dayOfText, textOfDay } from '../recurrence/civil-days';

/**
 * Ids of occurrences: the id of the master, followed by the day the rule gave the occurrence, so that moving it keeps the id.
 * Base64 and case-sensitive as every item id, 24 characters longer than that of the master at most.
 */
const DAY_BYTES = 4;
const CHECK_BYTES = 6;
const TAIL = DAY_BYTES + CHECK_BYTES;
/** MS-OXWSCDATA 2.2.4.25: an item id has at most 512 characters. */
const LONGEST = 512;

/** The id of the occurrence on a day (`2026-11-23`) of the series with that master id. */
export function occurrenceId(masterId: string, day: string): string {
  const body = bodyOf(masterId);
  const date = Buffer.alloc(DAY_BYTES);
  date.writeInt32BE(dayOfText(day) ?? 0);
  return Buffer.concat([body, date, check(body, date)]).toString('base64');
}

/** Master id and day of an occurrence's id; null for the id of anything else. */
export function readOccurrenceId(id: string): { readonly masterId: string; readonly day: string } | null {
  if (id.length > LONGEST) return null;
  const bytes = Buffer.from(id, 'base64');
  if (bytes.length <= TAIL + 1 || bytes.toString('base64') !== id) return null;
  const body = bytes.subarray(0, -TAIL);
  const date = bytes.subarray(-TAIL, -CHECK_BYTES);
  if (!check(body, date).equals(bytes.subarray(-CHECK_BYTES))) return null;
  const day = dayOfText(safeDay(date.readInt32BE()));
  const rest = body.subarray(0, -1);
  const masterId = body.at(-1) === 1 ? rest.toString('base64') : rest.toString('utf8');
  return day === null ? null : { masterId, day: textOfDay(day) };
}

/** Bytes of a master id, and how to get it back from them. */
function bodyOf(masterId: string): Buffer {
  const bytes = Buffer.from(masterId, 'base64');
  const isBase64 = bytes.toString('base64') === masterId;
  return Buffer.concat([isBase64 ? bytes : Buffer.from(masterId), Buffer.from([isBase64 ? 1 : 0])]);
}

const check = (body: Buffer, date: Buffer): Buffer =>
  createHash('sha256').update('occurrence').update(body).update(date).digest().subarray(0, CHECK_BYTES);

/** Of the days a date can be told for. */
const safeDay = (day: number): string => (Math.abs(day) > 3_000_000 ? '' : textOfDay(day));
