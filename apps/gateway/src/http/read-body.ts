import { rawBodySchema, type RawBody } from '@daybook/contracts';
import { isUtf8 } from 'node:buffer';

/** Bodies are at most this long, on hooks too. */
export const bodyLimitBytes = 256 * 1024;
const deepest = 64;

/**
 * Reads a JSON body without judging it: what is wrong with it is carried along, because whose item it is counts first.
 * Nesting is limited here, since everything behind walks values recursively; so are keys that reach into prototypes.
 */
export function readJsonBody(bytes: Buffer): RawBody {
  if (bytes.length === 0) {
    return { type: 'none' };
  }
  if (!isUtf8(bytes)) {
    return { type: 'malformed', reason: 'The body is not UTF-8.' };
  }
  if (isTooDeep(bytes)) {
    return { type: 'malformed', reason: `The body is nested deeper than ${deepest} levels.` };
  }
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'), refusePrototypes);
    return { type: 'json', value };
  } catch (error) {
    const reason = error instanceof ForbiddenKey ? error.message : 'The request body could not be read as JSON.';
    return { type: 'malformed', reason };
  }
}

/** The body a route was given: what the parser made, or none. */
export function rawBodyOf(body: unknown): RawBody {
  const parsed = rawBodySchema.safeParse(body);
  return parsed.success ? parsed.data : { type: 'none' };
}

class ForbiddenKey extends Error {}

function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') {
    throw new ForbiddenKey('The body has a field that is not allowed.');
  }
  return value;
}

function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === 0x5c) {
        at += 1;
      } else if (byte === 0x22) {
        inText = false;
      }
    } else if (byte === 0x22) {
      inText = true;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepest) {
        return true;
      }
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return false;
}
