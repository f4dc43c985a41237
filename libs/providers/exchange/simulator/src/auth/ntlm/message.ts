/** `NTLMSSP` and a zero, then the type: every message begins so (MS-NLMP section 2.2.1). */
const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const HEADER_BYTES = 12;
/** Windows takes no longer tokens over HTTP either; what clients send is below one kilobyte. */
const LARGEST_MESSAGE = 8192;

export type MessageType = 1 | 2 | 3;

/** Signature and type, at the beginning of a message. */
export function messageHeader(type: MessageType): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  SIGNATURE.copy(header);
  header.writeUInt32LE(type, SIGNATURE.length);
  return header;
}

/** 1 NEGOTIATE, 2 CHALLENGE, 3 AUTHENTICATE; null of bytes that are no message. */
export function messageType(bytes: Buffer): MessageType | null {
  if (bytes.length < HEADER_BYTES || bytes.length > LARGEST_MESSAGE) return null;
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const type = bytes.readUInt32LE(SIGNATURE.length);
  return type === 1 || type === 2 || type === 3 ? type : null;
}

/**
 * The payload that a descriptor (length, room, offset) at a place of the message points to; null when it points outside.
 * Of an empty one the offset means nothing.
 */
export function payloadAt(bytes: Buffer, descriptor: number): Buffer | null {
  const length = bytes.readUInt16LE(descriptor);
  const offset = bytes.readUInt32LE(descriptor + 4);
  if (length === 0) return Buffer.alloc(0);
  return offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : null;
}

/** Length, room and offset of a payload. */
export function descriptorOf(payload: Buffer, offset: number): Buffer {
  const descriptor = Buffer.alloc(8);
  descriptor.writeUInt16LE(payload.length, 0);
  descriptor.writeUInt16LE(payload.length, 2);
  descriptor.writeUInt32LE(offset, 4);
  return descriptor;
}
