import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumption, JobConsumer, JobQueue } from '@daybook/platform/nats';

interface Waiting {
  readonly connectionId: string;
  readonly attempt: number;
}

const IDLE_MS = 5;
const AGAIN_MS = 20;

/** The broker's work queue in memory, for one process: first come, first served, in as many slots as are wanted. */
export class WorkQueue implements Pick<JobQueue, 'consume'> {
  /** Connections in the order in which their jobs were begun. */
  readonly begun: string[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly stopping = new AbortController();

  /** Puts a connection behind all others. */
  readonly wake = (connectionId: string): void => void this.waiting.push({ connectionId, attempt: 1 });

  async consume<T>(consumer: JobConsumer<T>): Promise<Consumption> {
    const slots = Array.from({ length: consumer.parallelism ?? 1 }, () => this.runSlot(consumer));
    return {
      stop: async () => {
        this.stopping.abort();
        await Promise.all(slots);
      },
    };
  }

  private async runSlot<T>(consumer: JobConsumer<T>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const next = this.waiting.shift();
      await (next ? this.work(consumer, next) : sleep(IDLE_MS));
    }
  }

  private async work<T>(consumer: JobConsumer<T>, { connectionId, attempt }: Waiting): Promise<void> {
    this.begun.push(connectionId);
    const outcome = await consumer.handle({
      subject: consumer.subject,
      body: consumer.schema.parse({ connectionId }),
      attempt,
      correlationId: connectionId,
      signal: this.stopping.signal,
    });
    if (outcome?.type !== 'again') return;
    await sleep(AGAIN_MS);
    this.waiting.push({ connectionId, attempt: attempt + 1 });
  }
}
