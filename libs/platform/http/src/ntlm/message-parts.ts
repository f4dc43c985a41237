import { NtlmRefusal } from './ntlm-refusal';

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
/** Lengths are two bytes, so no payload is longer. */
const LONGEST_PAYLOAD = 0xffff;

/** Signature and type, with which every message begins (MS-NLMP section 2.2.1). */
export function header(type: 1 | 3): Buffer {
  return Buffer.concat([SIGNATURE, uint32(type)]);
}

export function isChallenge(message: Buffer): boolean {
  return message.subarray(0, SIGNATURE.length).equals(SIGNATURE) && message.readUInt32LE(SIGNATURE.length) === 2;
}

/** Length, room and offset of a payload. @throws NtlmRefusal `tooLarge` */
export function descriptor(payload: Buffer, offset: number): Buffer {
  if (payload.length > LONGEST_PAYLOAD) throw new NtlmRefusal('tooLarge');
  return Buffer.concat([uint16(payload.length), uint16(payload.length), uint32(offset)]);
}

/** The payload a descriptor points to; null when it points outside of the message. */
export function payloadAt(message: Buffer, at: number): Buffer | null {
  const length = message.readUInt16LE(at);
  const offset = message.readUInt32LE(at + 4);
  return offset + length <= message.length ? message.subarray(offset, offset + length) : null;
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
