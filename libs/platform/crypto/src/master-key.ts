import { createHash } from 'node:crypto';
import { Secret } from './secret';

/** The text given as a master key is not 32 bytes in a known form. Its message never repeats the text. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyError';
  }
}

const keyBytes = 32;

/** Reads a master key: 64 hex digits, or 32 bytes as base64 or base64url. Throws KeyError. */
export function parseMasterKey(text: Secret<string>): Secret<Buffer> {
  const given = text.reveal().trim();
  const key = /^[0-9a-f]{64}$/i.test(given) ? Buffer.from(given, 'hex') : fromBase64(given);
  if (key?.length !== keyBytes) {
    throw new KeyError('a master key is 32 bytes: 64 hex digits, or base64');
  }
  return Secret.of(key);
}

/** Names a key without telling anything about it: the first 12 hex digits of a hash made for this purpose only. */
export function masterKeyId(key: Secret<Buffer>): string {
  return createHash('sha256').update('daybook master key id').update(key.reveal()).digest('hex').slice(0, 12);
}

function fromBase64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}
