import { hash, randomBytes } from 'node:crypto';

/** Crockford's alphabet in lower case: no i, l, o, u, so that an id read aloud is not misheard. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

let lastMillis = 0;
/** The 128 bits of the last id: 48 of time, 80 of randomness that is counted up within a millisecond. */
const last = Buffer.alloc(16);

/**
 * A new sortable id: `<prefix>_` and a ULID in lower case, 48 bits of time and 80 of randomness. Ids made by one process
 * grow strictly, also within one millisecond and when the clock steps back; ids of two processes sort by their clocks only,
 * so no logic may rest on their order across processes.
 */
export function newId(prefix: string, clock: { now(): Date } = { now: () => new Date() }): string {
  const millis = Math.max(clock.now().getTime(), lastMillis);
  if (millis === lastMillis) {
    countUp(last);
  } else {
    last.writeUIntBE(millis, 0, 6);
    randomBytes(10).copy(last, 6);
    // The highest random bit stays free, so that counting up does not run into the time.
    last[6] = (last[6] ?? 0) & 0x7f;
  }
  lastMillis = millis;
  return `${prefix}_${encode(last)}`;
}

/**
 * The same parts give the same id, everywhere and always: for occurrences and idempotent writes. Each part is hashed with
 * its length in front, so `('a', 'bc')` and `('ab', 'c')` differ.
 */
export function deterministicId(prefix: string, ...parts: readonly string[]): string {
  // At once and as text: a fifth of what a hash object with a buffer costs, and syncing makes two ids for each item.
  let text = '';
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
  return `${prefix}_${encodeHex(hash('sha256', text, 'hex'))}`;
}

function countUp(bytes: Buffer): void {
  for (let place = bytes.length - 1; place >= 0; place -= 1) {
    const next = ((bytes[place] ?? 0) + 1) & 0xff;
    bytes[place] = next;
    if (next !== 0) {
      return;
    }
  }
}

/** Two characters for each ten bits. */
const pairs = Array.from({ length: 1024 }, (_, value) => (alphabet[value >>> 5] ?? '') + (alphabet[value & 31] ?? ''));

/** The first 128 bits of a digest as `encode` gives them: eight bits, then six times twenty. */
function encodeHex(hex: string): string {
  let text = pairs[Number.parseInt(hex.slice(0, 2), 16)] ?? '';
  for (let place = 2; place < 32; place += 5) {
    const bits = Number.parseInt(hex.slice(place, place + 5), 16);
    text += `${pairs[bits >>> 10]}${pairs[bits & 1023]}`;
  }
  return text;
}

/** The first 128 bits as 26 characters, highest first: 130 bits, of which the first two are 0. */
function encode(bytes: Buffer): string {
  let text = '';
  let value = 0;
  let bits = 2;
  for (let place = 0; place < 16; place += 1) {
    value = (value << 8) | (bytes[place] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
