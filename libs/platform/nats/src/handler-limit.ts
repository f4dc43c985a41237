/** At most `limit` handlers at once and `maxWaiting` requests in the queue, in the order they came. */
export class HandlerLimit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly limit: number,
    private readonly maxWaiting: number,
  ) {}

  /** Runs `work` when a slot is free; false, without running it, when the queue is full. */
  run(work: () => Promise<void>): boolean {
    if (this.running < this.limit) {
      this.start(work);
      return true;
    }
    if (this.waiting.length >= this.maxWaiting) {
      return false;
    }
    this.waiting.push(() => this.start(work));
    return true;
  }

  /** How many run or wait. */
  get load(): number {
    return this.running + this.waiting.length;
  }

  private start(work: () => Promise<void>): void {
    this.running += 1;
    void work().finally(() => {
      this.running -= 1;
      this.waiting.shift()?.();
    });
  }
}
