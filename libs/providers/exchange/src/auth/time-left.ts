import type { Clock } from '@daybook/provider-port';

/** How long something may still take. */
export class TimeLeft {
  private readonly end: number;

  constructor(
    private readonly clock: Clock,
    ms: number,
  ) {
    this.end = clock.now() + ms;
  }

  get isOver(): boolean {
    return this.clock.now() >= this.end;
  }

  /** Milliseconds, at least one: a deadline for what may take so long by itself. */
  upTo(ms: number): number {
    return Math.max(1, Math.min(ms, this.end - this.clock.now()));
  }
}
