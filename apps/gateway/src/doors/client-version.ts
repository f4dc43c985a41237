import type { Client } from '@daybook/contracts';
import type { FastifyRequest } from 'fastify';

const form = /^(portal|desktop|mobile|deskphone)(?:\/([\w.+-]{1,40}))?(?: \(([^()\r\n]{1,60})\))?$/;
const kinds: ReadonlyMap<string, Client['kind']> = new Map([
  ['portal', 'portal'],
  ['desktop', 'desktop'],
  ['mobile', 'mobile'],
  ['deskphone', 'deskphone'],
]);
const unknownClient: Client = { kind: 'unknown' };

/** Reads `X-Client: desktop/5.2.1 (linux)`. What does not have that form is the kind `unknown`. */
export function readClient(header: string | undefined): Client {
  const match = header ? form.exec(header.trim()) : null;
  const kind = kinds.get(match?.[1] ?? '');
  if (!match || !kind) {
    return unknownClient;
  }
  return {
    kind,
    ...(match[2] === undefined ? {} : { version: match[2] }),
    ...(match[3] === undefined ? {} : { platform: match[3] }),
  };
}

/** The client a request says it comes from; read once. */
export function clientOf(request: FastifyRequest): Client {
  const header = request.headers['x-client'];
  request.client ??= readClient(typeof header === 'string' ? header : undefined);
  return request.client;
}

/**
 * Whether `version` is older than `minimum`, by its numbers (`5.10` is newer than `5.9`). What follows the numbers
 * (`5.2.1-beta`) does not count; a version without numbers is older than any.
 */
export function isOlder(version: string | undefined, minimum: string): boolean {
  const have = numbersOf(version ?? '');
  const want = numbersOf(minimum);
  for (let place = 0; place < Math.max(have.length, want.length); place += 1) {
    const difference = (have[place] ?? 0) - (want[place] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return have.length === 0;
}

function numbersOf(version: string): number[] {
  const match = /^\d{1,9}(\.\d{1,9})*/.exec(version);
  return match ? match[0].split('.').map(Number) : [];
}
