import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Unguessable text for a link, a ticket or a cookie: `bytes` of randomness as base64url (32 bytes give 43 characters). */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** SHA-256 as 64 lower-case hex digits: how tokens are stored, so that a copy of the database opens no session. */
export function sha256Hex(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Compares without telling by its duration where the first difference is; the lengths may differ. */
export function constantTimeEqual(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

export interface PkcePair {
  readonly verifier: string;
  readonly challenge: string;
  readonly method: 'S256';
}

/** A fresh code verifier and its S256 challenge (RFC 7636, sections 4.1 and 4.2). */
export function pkcePair(): PkcePair {
  const verifier = randomToken(32);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, challenge, method: 'S256' };
}
