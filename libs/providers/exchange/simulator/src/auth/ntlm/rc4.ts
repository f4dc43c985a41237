/**
 * RC4, with which NTLM clients send the session key (MS-NLMP section 3.4.5.1); OpenSSL 3, thus Node, has moved it away.
 * The same call encrypts and decrypts. The key must not be empty.
 */
export function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  const state = scheduled(key);
  let [i, j] = [0, 0];
  return Buffer.from(
    bytes.map((byte) => {
      i = (i + 1) & 0xff;
      j = (j + at(state, i)) & 0xff;
      swap(state, i, j);
      return byte ^ at(state, (at(state, i) + at(state, j)) & 0xff);
    }),
  );
}

function scheduled(key: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  let j = 0;
  for (let i = 0; i < state.length; i += 1) {
    j = (j + at(state, i) + at(key, i % key.length)) & 0xff;
    swap(state, i, j);
  }
  return state;
}

function swap(state: Uint8Array, i: number, j: number): void {
  [state[i], state[j]] = [at(state, j), at(state, i)];
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
