/** Where the simulator reads the time, in epoch milliseconds. */
export interface SimulatorClock {
  now(): number;
}

/**
 * A clock a person or a test can move. Once set it ticks on from there, as fast as the clock beneath it,
 * so that lifetimes (tokens, channels, sync tokens) pass in a test without waiting.
 */
export class ShiftableClock implements SimulatorClock {
  private offset = 0;

  constructor(private readonly base: SimulatorClock = { now: () => Date.now() }) {}

  now(): number {
    return this.base.now() + this.offset;
  }

  /** Moves the clock to an instant; null follows the clock beneath again. */
  set(instant: number | null): void {
    this.offset = instant === null ? 0 : instant - this.base.now();
  }
}
