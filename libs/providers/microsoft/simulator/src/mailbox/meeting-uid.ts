import { randomBytes } from 'node:crypto';

/** First 16 bytes of every global object id (MS-OXOCAL 2.2.1.27). */
const CLASS = '040000008200E00074C5B7101A82E008';
const NO_DATE = '00000000';
const FOREIGN = Buffer.from('vCal-Uid').toString('hex').toUpperCase() + '01000000';
/** Where the date of an occurrence stands. */
const DATE_AT = CLASS.length;

/** A new `iCalUId`: a global object id without a date. `own`, 16 bytes, tell it from others. */
export function newUid(now: number, own: Buffer = randomBytes(16)): string {
  const ticks = (BigInt(Math.trunc(now)) * 10_000n + 116_444_736_000_000_000n).toString(16).toUpperCase();
  const time = ticks.padStart(16, '0').match(/../g)?.reverse().join('') ?? '';
  return `${CLASS}${NO_DATE}${time}000000000000000010000000${own.toString('hex').toUpperCase()}`;
}

/** `iCalUId` of an occurrence: the date is part of it, so it differs from that of the series. */
export function occurrenceUid(uid: string, day: string): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)].map(Number);
  const stamp = hex(year, 4) + hex(month, 2) + hex(date, 2);
  const whole = uid.startsWith(CLASS) ? uid : wrapped(uid);
  return whole.slice(0, DATE_AT) + stamp + whole.slice(DATE_AT + NO_DATE.length);
}

/** A UID of another system as Exchange carries it inside a global object id. */
function wrapped(uid: string): string {
  const text = `${FOREIGN}${Buffer.from(uid).toString('hex').toUpperCase()}00`;
  const size =
    hex(text.length / 2, 8)
      .match(/../g)
      ?.reverse()
      .join('') ?? '';
  return `${CLASS}${NO_DATE}${'0'.repeat(32)}${size}${text}`;
}

const hex = (value: number | undefined, width: number): string =>
  (value ?? 0).toString(16).toUpperCase().padStart(width, '0');
