import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const MOST_KEPT = 2000;

/** What waits for a person or a program for a few minutes: kept in memory only, the oldest of too many goes first. */
export class ShortLived<T extends { readonly expiresAt: number }> {
  private readonly entries = new Map<string, T>();

  /** `now`: epoch milliseconds. */
  constructor(private readonly now: () => number) {}

  put(key: string, entry: T): T {
    const oldest = this.entries.size >= MOST_KEPT ? this.entries.keys().next().value : undefined;
    if (oldest !== undefined) this.entries.delete(oldest);
    this.entries.set(key, entry);
    return entry;
  }

  /** An entry whose time is not over, or null. */
  find(key: string): T | null {
    const entry = this.entries.get(key);
    return entry === undefined || entry.expiresAt <= this.now() ? null : entry;
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}

/** A PKCE challenge (RFC 7636). */
export interface CodeChallenge {
  value: string;
  method: 'S256' | 'plain';
}

/** PKCE: does the verifier belong to the challenge? */
export function verifierMatches({ value, method }: CodeChallenge, verifier: string): boolean {
  return value === (method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier);
}

/** Adds parameters to an address; null ones are left out. */
export function withParameters(address: string, parameters: Readonly<Record<string, string | null>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.toString();
}

/** Who a client says it is, and how it proves it: by `Basic` or in the form (RFC 6749, section 2.3.1). */
export function clientCredentials(
  { authorization = '' }: IncomingHttpHeaders,
  form: URLSearchParams,
): { id: string | null; secret: string } {
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') ?? '' };
  const [id = null, secret = ''] = Buffer.from(basic, 'base64').toString().split(/:(.*)/s).map(decodePart);
  return { id, secret };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
