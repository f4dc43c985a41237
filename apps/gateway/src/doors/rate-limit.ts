import type { Clock } from './clock';

/**
 * So many requests a minute for each key, in a steady stream or in one burst of as many (the generic cell rate algorithm:
 * one number for each key, the time at which its allowance would be whole again). Keys are forgotten once theirs is.
 */
export class RateLimit {
  private readonly wholeAgainAt = new Map<string, number>();
  private readonly costMs: number;
  private sweepAt = 0;

  constructor(
    perMinute: number,
    private readonly clock: Clock,
  ) {
    this.costMs = 60_000 / perMinute;
  }

  /** Counts one request. 0 lets it pass; else the seconds after which one would pass. */
  take(key: string): number {
    const now = this.clock.now().getTime();
    this.sweep(now);
    const wholeAgainAt = Math.max(this.wholeAgainAt.get(key) ?? 0, now) + this.costMs;
    if (wholeAgainAt - now > 60_000 + 0.001) {
      return Math.max(1, Math.ceil((wholeAgainAt - now - 60_000) / 1000));
    }
    this.wholeAgainAt.set(key, wholeAgainAt);
    return 0;
  }

  private sweep(now: number): void {
    if (now < this.sweepAt) {
      return;
    }
    this.sweepAt = now + 60_000;
    for (const [key, wholeAgainAt] of this.wholeAgainAt) {
      if (wholeAgainAt <= now) {
        this.wholeAgainAt.delete(key);
      }
    }
  }
}
