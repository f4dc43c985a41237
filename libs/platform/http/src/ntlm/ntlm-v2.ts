import { createHmac } from 'node:crypto';
import { md4 } from '@daybook/md4';
import { utf16 } from './message-parts';

export interface NtlmCredentials {
  readonly user: string;
  /** Empty where the user is an address or UPN. Its case matters. */
  readonly domain: string;
  readonly password: string;
}

export interface ClientChallenge {
  /** FILETIME, eight bytes. */
  readonly time: Buffer;
  /** Eight random bytes. */
  readonly nonce: Buffer;
  /** Attributes with their end mark. */
  readonly attributes: Buffer;
}

const FOUR_ZEROS = Buffer.alloc(4);
const RESPONSE_TYPES = Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]);

/** NTOWFv2 of MS-NLMP section 3.3.2: 16 bytes. */
export function responseKey({ user, domain, password }: NtlmCredentials): Buffer {
  return hmacMd5(md4(utf16(password)), utf16(upperCase(user) + domain));
}

/** NtChallengeResponse, the proof and what it proves, with the key of the session that it begins. */
export function ntlmV2Response(
  key: Buffer,
  serverChallenge: Buffer,
  { time, nonce, attributes }: ClientChallenge,
): { response: Buffer; sessionBaseKey: Buffer } {
  const temp = Buffer.concat([RESPONSE_TYPES, time, nonce, FOUR_ZEROS, attributes, FOUR_ZEROS]);
  const proof = hmacMd5(key, serverChallenge, temp);
  return { response: Buffer.concat([proof, temp]), sessionBaseKey: hmacMd5(key, proof) };
}

export function hmacMd5(key: Uint8Array, ...parts: readonly Buffer[]): Buffer {
  return parts.reduce((hmac, part) => hmac.update(part), createHmac('md5', key)).digest();
}

/** As Windows does it, unit by unit: `ß` has no upper case of one unit and stays. */
function upperCase(text: string): string {
  return text.replace(/[^]/g, (unit) => (unit.toUpperCase().length === 1 ? unit.toUpperCase() : unit));
}
