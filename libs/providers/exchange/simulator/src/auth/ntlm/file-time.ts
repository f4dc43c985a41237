/** Milliseconds from the first of January 1601, where FILETIME begins, to the epoch. */
const BEFORE_EPOCH = 11_644_473_600_000n;
const TICKS_PER_MILLISECOND = 10_000n;

/** An instant in epoch milliseconds as FILETIME: ticks of 100 ns since 1601, eight bytes (MS-DTYP section 2.3.3). */
export function fileTime(now: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, (BigInt(Math.trunc(now)) + BEFORE_EPOCH) * TICKS_PER_MILLISECOND));
  return bytes;
}
