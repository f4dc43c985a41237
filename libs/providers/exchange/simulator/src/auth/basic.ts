import { createHash, timingSafeEqual } from 'node:crypto';
import { parseLogonName, type LogonName } from './account';
import { decodeBase64 } from './base64';

export interface BasicCredentials {
  readonly name: LogonName;
  readonly password: string;
}

/** What follows `Basic ` in an Authorization header; null when it is no user and password. */
export function readBasic(credentials: string): BasicCredentials | null {
  const bytes = decodeBase64(credentials);
  if (bytes === null) return null;
  const text = decode(bytes);
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  return { name: parseLogonName(text.slice(0, colon)), password: text.slice(colon + 1) };
}

/** RFC 7617 section 2 leaves the charset open: programs send UTF-8, and older ones Latin-1. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

export function samePassword(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
