const DIGEST_BYTES = 16;
const BLOCK_BYTES = 64;
/** Of the last block, the length of the message in bits takes eight. */
const LENGTH_BYTES = 8;
const TWO_TO_32 = 0x1_0000_0000;

type Mix = (x: number, y: number, z: number) => number;

interface Round {
  readonly mix: Mix;
  readonly constant: number;
  /** In which order the sixteen words of a block are taken. */
  readonly order: readonly number[];
  readonly shifts: readonly [number, number, number, number];
}

/** The three rounds, RFC 1320 section 3.4: https://www.rfc-editor.org/rfc/rfc1320#section-3.4 */
const ROUNDS: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

type State = readonly [number, number, number, number];

const START: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

/**
 * The MD4 digest of a message: 16 bytes. MD4 is broken and protects nothing by itself; NTLM prescribes it, and OpenSSL 3, thus
 * Node, no longer has it.
 */
export function md4(bytes: Uint8Array): Uint8Array {
  const padded = pad(bytes);
  let state = START;
  for (let offset = 0; offset < padded.byteLength; offset += BLOCK_BYTES) {
    state = absorb(state, new DataView(padded.buffer, offset, BLOCK_BYTES));
  }
  const digest = new DataView(new ArrayBuffer(DIGEST_BYTES));
  state.forEach((word, index) => digest.setUint32(index * 4, word, true));
  return new Uint8Array(digest.buffer);
}

/** The message, one set bit, zeros up to the last eight bytes of a block, and its length in bits, low word first. */
function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = bytes.length * 8;
  view.setUint32(padded.length - LENGTH_BYTES, bits % TWO_TO_32, true);
  view.setUint32(padded.length - LENGTH_BYTES / 2, Math.floor(bits / TWO_TO_32), true);
  return padded;
}

function absorb(state: State, block: DataView): State {
  let [a, b, c, d] = state;
  for (const { mix, constant, order, shifts } of ROUNDS) {
    order.forEach((word, step) => {
      const sum = (a + mix(b, c, d) + block.getUint32(word * 4, true) + constant) | 0;
      [a, b, c, d] = [d, rotateLeft(sum, shifts[step % 4] ?? 0), b, c];
    });
  }
  return [state[0] + a, state[1] + b, state[2] + c, state[3] + d];
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
