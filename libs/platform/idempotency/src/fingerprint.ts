import type { RawBody } from '@daybook/contracts';
import { sha256Hex } from '@daybook/platform/crypto';

/** A hash of what a body says: the order of fields and white space make no difference, the order of lists does. */
export function fingerprintOf(body: RawBody | undefined): string {
  return sha256Hex(inOrder(body ?? { type: 'none' }));
}

/** Text that two different lists of parts never share. */
export function placeOf(parts: readonly string[]): string {
  return sha256Hex(JSON.stringify(parts));
}

function inOrder(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inOrder).join()}]`;
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, content]) => `${JSON.stringify(name)}:${inOrder(content)}`).join()}}`;
}
