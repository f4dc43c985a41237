import { setImmediate as othersTurn } from 'node:timers/promises';

/** How long the event loop is kept from others at most, milliseconds, a step more or less. */
const LONGEST_MS = 2;

/** Long work in steps: after some of them, or some milliseconds, everybody else gets their turn. */
export class Turn {
  private begun = performance.now();
  private steps = 0;

  /** @param mostSteps after which others get their turn whatever the clock says */
  constructor(private readonly mostSteps: number) {}

  /** To be awaited after each step. */
  async step(): Promise<void> {
    this.steps += 1;
    if (this.steps < this.mostSteps && performance.now() - this.begun < LONGEST_MS) return;
    await othersTurn();
    this.begun = performance.now();
    this.steps = 0;
  }
}
