import { jobSubjects } from '@daybook/contracts';
import type { JobQueue } from '@daybook/platform/nats';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 200;
/** Hints come in storms; whoever is woken reads all there is. */
const WAKE_APART_MS = 100;
/** Waits longer than this are left to the looks. */
const LONGEST_TIMER_MS = 600_000;
/** Timers may come a moment early. */
const LATE_MS = 5;
/** A wake-up that is still on its way need not be sent again. */
const NOT_AGAIN_MS = 5_000;

export interface SchedulerOptions {
  readonly store: Pick<CalendarStore, 'dueConnections'>;
  readonly jobs: Pick<JobQueue, 'publish'>;
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
  /** Where the last look ended: those that are due for long, because they wait for others, hide nobody behind them. */
  private after = '';
  /** Connections that were woken a moment ago; true: and have to be woken once more. */
  private readonly woken = new Map<string, boolean>();
  /** Connections that a provider has told to wait, and the ends of that. */
  private readonly alarms = new Map<string, NodeJS.Timeout>();

  constructor(private readonly options: SchedulerOptions) {}

  start(): void {
    this.timer = setTimeout(() => void this.look(), LOOK_EVERY_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (const alarm of this.alarms.values()) clearTimeout(alarm);
    this.alarms.clear();
  }

  /**
   * At a moment that a provider has named, instead of at the look after it. Only this process knows of it; after its end the looks
   * do.
   */
  wakeAt(connectionId: string, at: Date): void {
    const wait = at.getTime() - this.options.clock.now();
    clearTimeout(this.alarms.get(connectionId));
    this.alarms.delete(connectionId);
    if (this.timer === null || wait > LONGEST_TIMER_MS) return;
    const ring = (): void => {
      this.alarms.delete(connectionId);
      this.wake(connectionId);
    };
    this.alarms.set(connectionId, setTimeout(ring, Math.max(0, wait) + LATE_MS).unref());
  }

  /** At once, and once more for all that comes right after, for a connection something just happened to; never fails, because the next look would find it too. */
  wake(connectionId: string): void {
    if (this.woken.has(connectionId)) {
      this.woken.set(connectionId, true);
      return;
    }
    this.woken.set(connectionId, false);
    this.options.jobs.publish(jobSubjects.calendarSync, { connectionId }).catch(this.options.failed);
    setTimeout(() => {
      const again = this.woken.get(connectionId) === true;
      this.woken.delete(connectionId);
      if (again) this.wake(connectionId);
    }, WAKE_APART_MS).unref();
  }

  private async look(): Promise<void> {
    try {
      const { store, clock, push } = this.options;
      const now = performance.now();
      for (const [id, at] of this.sent) if (now - at > NOT_AGAIN_MS) this.sent.delete(id);
      const found = await store.dueConnections(new Date(clock.now()), { limit: AT_ONCE, push, after: this.after });
      this.after = found.length < AT_ONCE ? '' : (found.at(-1) ?? '');
      for (const connectionId of found) {
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
