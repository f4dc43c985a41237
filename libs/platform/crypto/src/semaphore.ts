/** At most `limit` holders at once, at most `maxWaiting` in the queue, served in the order they came. */
export class Semaphore {
  private held = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly limit: number,
    private readonly maxWaiting: number,
  ) {}

  /** Resolves to the function that gives the slot back, or to null at once when the queue is full. */
  async acquire(): Promise<(() => void) | null> {
    if (this.held < this.limit) {
      this.held += 1;
      return this.releaseOnce();
    }
    if (this.waiting.length >= this.maxWaiting) {
      return null;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.releaseOnce();
  }

  /** A released slot goes straight to the next in the queue, so `held` does not change then. */
  private releaseOnce(): () => void {
    let released = false;
    return () => {
      if (released) {
        return;
      }
      released = true;
      const next = this.waiting.shift();
      if (next) {
        next();
      } else {
        this.held -= 1;
      }
    };
  }
}
