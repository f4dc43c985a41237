import { createHash, randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, so that an id read aloud is not misheard. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

let lastMillis = 0;
let lastRandom = 0n;

/**
 * A new sortable id: `<prefix>_` and a ULID in lower case, 48 bits of time and 80 of randomness. Ids made by one process
 * grow strictly, also within one millisecond and when the clock steps back; ids of two processes sort by their clocks only,
 * so no logic may rest on their order across processes.
 */
export function newId(prefix: string, clock: { now(): Date } = { now: () => new Date() }): string {
  const millis = Math.max(clock.now().getTime(), lastMillis);
  lastRandom = millis === lastMillis ? lastRandom + 1n : BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n;
  lastMillis = millis;
  return `${prefix}_${encode((BigInt(millis) << 80n) | lastRandom)}`;
}

/**
 * The same parts give the same id, everywhere and always: for occurrences and idempotent writes. Each part is hashed with
 * its length in front, so `('a', 'bc')` and `('ab', 'c')` differ.
 */
export function deterministicId(prefix: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return `${prefix}_${encode(BigInt(`0x${hash.digest('hex').slice(0, 32)}`))}`;
}

/** 128 bits as 26 characters, highest first. */
function encode(value: bigint): string {
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) {
    text += alphabet[Number((value >> shift) & 31n)];
  }
  return text;
}
