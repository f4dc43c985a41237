import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Semaphore } from './semaphore';

/**
 * Passwords are kept as scrypt hashes, their parameters beside them: `scrypt$<log2 N>$<r>$<p>$<salt>$<hash>`, so that the
 * cost can be raised later and old hashes still verify. N = 2^15, r = 8 is 32 MB and about 80 ms on a small machine.
 */
interface Parameters {
  readonly log2n: number;
  readonly r: number;
  readonly p: number;
}

const current: Parameters = { log2n: 15, r: 8, p: 1 };
const keyBytes = 32;

/** Two at once: each takes 32 MB and a thread of the pool of four that file and name look-ups share. */
const slots = new Semaphore(2, 64);

/** Too many sign-ins wait already; the caller answers 503 and the person tries again. */
export class PasswordQueueFull extends Error {
  constructor() {
    super('too many password checks are waiting');
    this.name = 'PasswordQueueFull';
  }
}

/** The text to store for this password. Throws PasswordQueueFull. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, current);
  return format(current, salt, key);
}

/** Whether the password is the stored one. A stored text that is not ours is a `false`, after the same work. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parse(stored);
  const { parameters, salt, key } = parsed ?? unmatchable;
  const derived = await derive(password, salt, parameters);
  return timingSafeEqual(derived, key) && parsed !== null;
}

/** True when the hash was made with weaker parameters than today's: hash again at the next good sign-in. */
export function passwordNeedsRehash(stored: string): boolean {
  const parsed = parse(stored);
  return parsed === null || parsed.parameters.log2n < current.log2n || parsed.parameters.r < current.r;
}

const unmatchable = { parameters: current, salt: Buffer.alloc(16), key: Buffer.alloc(keyBytes) };

function format(parameters: Parameters, salt: Buffer, key: Buffer): string {
  const { log2n, r, p } = parameters;
  return ['scrypt', log2n, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

function parse(stored: string): typeof unmatchable | null {
  const match = /^scrypt\$(\d{2})\$(\d{1,2})\$(\d)\$([\w-]{16,})\$([\w-]{43})$/.exec(stored);
  if (!match) {
    return null;
  }
  const [, log2n, r, p, salt, key] = match;
  const parameters = { log2n: Number(log2n), r: Number(r), p: Number(p) };
  const sane =
    parameters.log2n >= 14 && parameters.log2n <= 18 && parameters.r >= 1 && parameters.r <= 16 && parameters.p >= 1;
  return sane
    ? { parameters, salt: Buffer.from(salt ?? '', 'base64url'), key: Buffer.from(key ?? '', 'base64url') }
    : null;
}

async function derive(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  const release = await slots.acquire();
  if (!release) {
    throw new PasswordQueueFull();
  }
  const options = { N: 2 ** parameters.log2n, r: parameters.r, p: parameters.p, maxmem: 512 * 1024 * 1024 };
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    release();
  }
}
