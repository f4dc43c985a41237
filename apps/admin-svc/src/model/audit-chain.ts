import type { AuditRecord } from '@daybook/contracts';
import { sha256Hex } from '@daybook/platform/crypto';

/** An audit record in its place: the hash covers the record, its number and the hash before it. */
export interface ChainedRecord {
  readonly record: AuditRecord;
  /** From 1, without gaps, for each account. */
  readonly number: number;
  readonly previousHash: string;
  readonly hash: string;
}

export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

export const CHAIN_START: ChainHead = { number: 0, hash: '0'.repeat(64) };

/** The record as the next link after `head`. */
export function chain(record: AuditRecord, head: ChainHead): ChainedRecord {
  const number = head.number + 1;
  return { record, number, previousHash: head.hash, hash: hashOf(record, number, head.hash) };
}

export type ChainVerdict =
  | { readonly intact: true; readonly count: number }
  /** The first number at which the chain does not hold: changed, missing or put in. */
  | { readonly intact: false; readonly brokenAt: number };

/**
 * Whether records, in their order, are what was once written. Whoever alters a row would have to alter every later one and
 * the head, which is why the head is worth keeping elsewhere as well.
 */
export function verifyChain(links: readonly ChainedRecord[], head: ChainHead): ChainVerdict {
  let last = CHAIN_START;
  for (const link of links) {
    const expected = chain(link.record, last);
    if (link.number !== expected.number || link.previousHash !== last.hash || link.hash !== expected.hash) {
      return { intact: false, brokenAt: last.number + 1 };
    }
    last = { number: link.number, hash: link.hash };
  }
  const complete = last.number === head.number && last.hash === head.hash;
  return complete ? { intact: true, count: last.number } : { intact: false, brokenAt: last.number + 1 };
}

function hashOf(record: AuditRecord, number: number, previousHash: string): string {
  return sha256Hex(canonical({ number, previousHash, record }));
}

/** JSON with sorted names, so that a database that keeps another order of fields gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}
