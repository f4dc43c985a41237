import type { Logger } from '@daybook/platform/logging';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs `work` again and again with a pause between, or at once when woken; a fault is logged and the next turn comes. */
export class RepeatingJob {
  private readonly stopping = new AbortController();
  private woken = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly options: {
      readonly name: string;
      readonly everyMs: number;
      readonly work: () => Promise<unknown>;
      readonly logger: Logger;
    },
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  wake(): void {
    this.woken.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { name, everyMs, work, logger } = this.options;
    while (!this.stopping.signal.aborted) {
      await work().catch((error: unknown) => logger.warn('a job failed and will run again', { event: name, error }));
      await sleep(everyMs, undefined, { signal: this.woken.signal }).catch(() => undefined);
      this.woken = new AbortController();
    }
  }
}
