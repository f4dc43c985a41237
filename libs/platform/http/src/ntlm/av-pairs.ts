import { NtlmRefusal } from './ntlm-refusal';
import { uint16 } from './message-parts';

/** Ids of attributes, MS-NLMP section 2.2.2.1. */
export const AvId = { end: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const;

export type AvPairs = ReadonlyMap<number, Buffer>;

const PAIR_HEADER = 4;
const LONGEST_VALUE = 0xffff;

/** Attributes in their order, up to the end mark; null without one. */
export function readAvPairs(bytes: Buffer): AvPairs | null {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + PAIR_HEADER <= bytes.length;) {
    const id = bytes.readUInt16LE(at);
    if (id === AvId.end) return pairs;
    const end = at + PAIR_HEADER + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) return null;
    pairs.set(id, bytes.subarray(at + PAIR_HEADER, end));
    at = end;
  }
  return null;
}

/** Attributes with an end mark after them. @throws NtlmRefusal `tooLarge` */
export function writeAvPairs(pairs: AvPairs): Buffer {
  return Buffer.concat([...pairs, [AvId.end, Buffer.alloc(0)] as const].flatMap(([id, value]) => pairOf(id, value)));
}

function pairOf(id: number, value: Buffer): Buffer[] {
  if (value.length > LONGEST_VALUE) throw new NtlmRefusal('tooLarge');
  return [uint16(id), uint16(value.length), value];
}
