import { removeTestEvents, type RemovalSurroundings } from '../use-cases/remove-test-events';

const EVERY_MS = 60_000;

/** Looks every minute for test events that are still to be removed. Two processes that meet at one do no harm. */
export class TestEventRemover {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly around: RemovalSurroundings,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.running.then(() => removeTestEvents(this.around)).catch(this.failed);
    }, EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }
}
