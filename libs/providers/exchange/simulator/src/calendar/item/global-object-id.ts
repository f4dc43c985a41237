/** First 16 bytes of every global object id, then the date of an occurrence, which EWS leaves empty (MS-OXOCAL 2.2.1.27). */
const CLASS = '040000008200E00074C5B7101A82E008';
const NO_DATE = '00000000';
const RESERVED = '0000000000000000';
/** 1601-01-01 in milliseconds, and ticks of 100 ns in one. */
const EPOCH = 11_644_473_600_000n;
const TICKS = 10_000n;

/** The `UID` of an item that its client gave none; `own` are 16 bytes that tell it from others. */
export function globalObjectId(now: number, own: Uint8Array): string {
  const ticks = ((BigInt(Math.trunc(now)) + EPOCH) * TICKS).toString(16).toUpperCase().padStart(16, '0');
  const time = (ticks.match(/../g) ?? []).reverse().join('');
  const size = Buffer.alloc(4);
  size.writeUInt32LE(own.length);
  return [CLASS, NO_DATE, time, RESERVED, hex(size), hex(own)].join('');
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
