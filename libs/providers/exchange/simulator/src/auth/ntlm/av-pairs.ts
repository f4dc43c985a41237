/** Ids of attributes, MS-NLMP section 2.2.2.1. */
export const AvId = {
  end: 0,
  netBiosComputer: 1,
  netBiosDomain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsTree: 5,
  flags: 6,
  timestamp: 7,
  channelBindings: 10,
} as const;

/** Of the attribute `flags`: the message carries an integrity code. */
export const AV_FLAG_MIC = 0x2;

const PAIR_HEADER = 4;

export function writeAvPairs(pairs: readonly (readonly [number, Buffer])[]): Buffer {
  return Buffer.concat([...pairs, [AvId.end, Buffer.alloc(0)] as const].map(([id, value]) => pairOf(id, value)));
}

function pairOf(id: number, value: Buffer): Buffer {
  const header = Buffer.alloc(PAIR_HEADER);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(value.length, 2);
  return Buffer.concat([header, value]);
}

/** Attributes up to their end mark; null when there is none. What follows it is padding. */
export function readAvPairs(bytes: Buffer): ReadonlyMap<number, Buffer> | null {
  const pairs = new Map<number, Buffer>();
  let at = 0;
  while (at + PAIR_HEADER <= bytes.length) {
    const id = bytes.readUInt16LE(at);
    const end = at + PAIR_HEADER + bytes.readUInt16LE(at + 2);
    if (id === AvId.end) return pairs;
    if (end > bytes.length) return null;
    pairs.set(id, bytes.subarray(at + PAIR_HEADER, end));
    at = end;
  }
  return null;
}
