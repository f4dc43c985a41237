import { createHmac } from 'node:crypto';
import { md4 } from '@daybook/md4';

export interface NtlmSecret {
  readonly user: string;
  /** As the client sent it: its letters' case is part of the key. */
  readonly domain: string;
  readonly password: string;
}

/** NTOWFv2, the key that a password and a name make (MS-NLMP section 3.3.2): 16 bytes. */
export function responseKey({ user, domain, password }: NtlmSecret): Buffer {
  return hmacMd5(md4(Buffer.from(password, 'utf16le')), Buffer.from(upperCase(user) + domain, 'utf16le'));
}

/** NTProofStr: what somebody who knows the key answers to both challenges. `temp` is the client's part. */
export function proofOf(key: Buffer, serverChallenge: Buffer, temp: Buffer): Buffer {
  return hmacMd5(key, serverChallenge, temp);
}

/** SessionBaseKey, which in NTLMv2 is the key exchange key, too. */
export function sessionBaseKey(key: Buffer, proof: Buffer): Buffer {
  return hmacMd5(key, proof);
}

export function hmacMd5(key: Uint8Array, ...parts: readonly Buffer[]): Buffer {
  return parts.reduce((hmac, part) => hmac.update(part), createHmac('md5', key)).digest();
}

/** Windows knows upper case one unit to one only: `ß` stays as it is. */
function upperCase(text: string): string {
  return text.replace(/[^]/g, (unit) => (unit.toUpperCase().length === 1 ? unit.toUpperCase() : unit));
}
