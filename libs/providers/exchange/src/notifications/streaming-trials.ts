import { createHash } from 'node:crypto';
import type { Clock, ProviderAccess } from '@daybook/provider-port';
import { readAccess } from '../transport/access-text';

const MOST = 10_000;
const MINUTE = 60_000;
/** A place that was taken may be free by then. */
const HALF_HOUR = 30 * MINUTE;
/** A proxy that holds answers back is seldom replaced: each trial in vain is half a minute in which nothing is heard. */
const LONGEST = 8 * HALF_HOUR;

interface Failed {
  /** In a row. */
  readonly times: number;
  readonly until: number;
}

/**
 * Where open answers do not come through, and when that is tried again: half an hour later, then ever more seldom. By server and
 * name, in the memory of this process only: what is forgotten costs a trial.
 */
export class StreamingTrials {
  /** By digests, the oldest first. */
  private readonly failed = new Map<string, Failed>();

  constructor(private readonly clock: Clock) {}

  /** Epoch milliseconds of the next trial; null where it may be made now, or within a minute. @throws ProviderError AccessExpired */
  nextOf(access: ProviderAccess): number | null {
    const until = this.failed.get(keyOf(access))?.until ?? 0;
    return until - this.clock.now() < MINUTE ? null : until;
  }

  /** It came through. */
  came(access: ProviderAccess): void {
    this.failed.delete(keyOf(access));
  }

  /** It did not, and asking does instead. Returns when it is tried again. */
  notCame(access: ProviderAccess): number {
    const key = keyOf(access);
    const times = (this.failed.get(key)?.times ?? 0) + 1;
    const until = this.clock.now() + Math.min(HALF_HOUR * 2 ** (times - 1), LONGEST);
    this.failed.delete(key);
    this.failed.set(key, { times, until });
    const [oldest] = this.failed.keys();
    if (this.failed.size > MOST && oldest !== undefined) this.failed.delete(oldest);
    return until;
  }

  /** There was no place for it: as long as others have it, which nobody knows. */
  noPlace(): number {
    return this.clock.now() + HALF_HOUR;
  }
}

function keyOf(access: ProviderAccess): string {
  const { url, user, domain } = readAccess(access);
  return createHash('sha256')
    .update(JSON.stringify([url, user, domain]))
    .digest('base64');
}
