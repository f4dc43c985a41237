import { jobSubjects } from '@daybook/contracts';
import type { JobQueue } from '@daybook/platform/nats';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 200;
/** A wake-up that is still on its way need not be sent again. */
const NOT_AGAIN_MS = 5_000;

export interface SchedulerOptions {
  readonly store: CalendarStore;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly push: boolean;
  readonly failed: (error: unknown) => void;
}

/**
 * Wakes workers for whatever is due in the database: polls, hints whose wake-up was lost, calendars left by a dead process.
 * Any number of processes may run it; a wake-up too many meets a lease and ends.
 */
export class Scheduler {
  private timer: NodeJS.Timeout | null = null;
  private readonly sent = new Map<string, number>();

  constructor(private readonly options: SchedulerOptions) {}

  start(): void {
    this.timer = setTimeout(() => void this.look(), LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** At once, for a connection something just happened to; never fails, because the next look would find it too. */
  wake(connectionId: string): void {
    this.options.jobs.publish(jobSubjects.calendarSync, { connectionId }).catch(this.options.failed);
  }

  private async look(): Promise<void> {
    try {
      const { store, clock, push } = this.options;
      const now = performance.now();
      for (const [id, at] of this.sent) if (now - at > NOT_AGAIN_MS) this.sent.delete(id);
      for (const connectionId of await store.dueConnections(new Date(clock.now()), { limit: AT_ONCE, push })) {
        if (this.sent.has(connectionId)) continue;
        await this.options.jobs.publish(jobSubjects.calendarSync, { connectionId });
        this.sent.set(connectionId, now);
      }
    } catch (error) {
      this.options.failed(error);
    } finally {
      if (this.timer) this.timer = setTimeout(() => void this.look(), LOOK_EVERY_MS);
    }
  }
}
