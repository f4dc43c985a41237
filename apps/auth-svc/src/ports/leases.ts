import type { Tx } from './unit-of-work';

/** Proof of being the only one at work on something; `assertHeld` comes first in a transaction that depends on it. */
export abstract class Held {
  abstract assertHeld(tx: Tx): Promise<void>;
}

/** Exclusive work across processes. */
export abstract class Leases {
  /** `held` at once when somebody else is at it. */
  abstract tryRun<T>(id: string, ttlMs: number, work: (held: Held) => Promise<T>): Promise<T | 'held'>;

  /** Waits for its turn up to `waitMs`. */
  abstract runInTurn<T>(
    id: string,
    times: { ttlMs: number; waitMs: number },
    work: (held: Held) => Promise<T>,
  ): Promise<T | 'held'>;
}
