import { z } from 'zod';
import { jobSubjects } from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import { LeaseLost, type Lease, type LeaseStore } from '@daybook/platform/mongo';
import type { Consumption, JobOutcome, JobQueue } from '@daybook/platform/nats';
import type { CalendarSyncStore, WriteQueue } from '@daybook/sync-engine';
import type { CalendarStore } from '../ports/calendar-store';
import type { CalendarRecord } from '../ports/records';
import { purgeConnection, type FollowSurroundings } from '../use-cases/follow-connection';
import { reportPart, runConnection } from '../use-cases/run-connection';
import type { RunSurroundings } from '../use-cases/run-surroundings';

export interface SyncWorkerOptions {
  readonly jobs: JobQueue;
  readonly leases: LeaseStore;
  readonly store: CalendarStore;
  readonly syncStore: (lease: Lease, calendar: CalendarRecord) => CalendarSyncStore;
  readonly writeQueue: (lease: Lease, connectionId: string, remoteIdOf: ((key: string) => string) | null) => WriteQueue;
  readonly run: Omit<RunSurroundings, 'syncStore' | 'writeQueue' | 'writesWait' | 'stopped'>;
  readonly purges: FollowSurroundings['purges'];
}

const wakeUp = z.object({ connectionId: z.string() });
const LEASE_MS = 15_000;
/** A run notices within this time that its connection was stopped or deleted. */
const WATCH_MS = 1_000;
/** A first sync's progress is told this often. */
const PROGRESS_MS = 1_500;
const HELD_AGAIN_MS = 150;

/** Tells new writes from those that a run has looked at already and that wait for something else. */
class NewWrites {
  private looked: number | null = null;
  wait = false;

  note(due: number): void {
    this.looked ??= due;
    this.wait = due > this.looked;
  }

  taken(): void {
    this.looked = null;
    this.wait = false;
  }
}

/** Takes wake-ups and works on one connection at a time under its lease, several connections at once. */
export class SyncWorker {
  private consumption: Consumption | null = null;

  constructor(private readonly options: SyncWorkerOptions) {}

  async start(): Promise<void> {
    this.consumption = await this.options.jobs.consume({
      name: 'calendar-svc_sync',
      subject: jobSubjects.calendarSync,
      schema: wakeUp,
      parallelism: 4,
      handle: (job) => this.work(job.body.connectionId, job.signal),
    });
  }

  async stop(): Promise<void> {
    await this.consumption?.stop();
  }

  private async work(connectionId: string, ending: AbortSignal): Promise<JobOutcome> {
    const owner = newId('run');
    const done = await this.options.leases.withLease(
      `connection:${connectionId}`,
      { owner, ttlMs: LEASE_MS },
      async (lease, lost) => {
        await this.underLease(connectionId, lease, () => lost.aborted || ending.aborted);
        return 'done' as const;
      },
    );
    // Whoever holds the lease may already be past its last look: come again rather than leave a hint lying.
    return done === 'held' ? { type: 'again', inMs: HELD_AGAIN_MS } : { type: 'done' };
  }

  private async underLease(connectionId: string, lease: Lease, over: () => boolean): Promise<void> {
    const { store, run, purges } = this.options;
    const connection = await store.connection(connectionId);
    if (!connection) return;
    if (connection.status === 'deleted') return purgeConnection(connection, { store, clock: run.clock, purges });
    let ended = false;
    const writes = new NewWrites();
    const watch = setInterval(() => {
      store.dueWrites(connectionId, new Date(run.clock.now())).then(
        (due) => writes.note(due),
        () => undefined,
      );
      store.connection(connectionId).then(
        (now) => (ended = ended || now === null || now.status !== 'live' || !now.readable),
        () => undefined,
      );
    }, WATCH_MS);
    const progress =
      connection.listedAt === null
        ? setInterval(() => void reportPart(connectionId, run).catch(() => undefined), PROGRESS_MS)
        : null;
    try {
      await runConnection(connectionId, {
        ...run,
        syncStore: (calendar) => this.options.syncStore(lease, calendar),
        writeQueue: (id, remoteIdOf) => {
          writes.taken();
          return this.options.writeQueue(lease, id, remoteIdOf);
        },
        writesWait: () => writes.wait,
        stopped: () => ended || over(),
      });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    } finally {
      clearInterval(watch);
      if (progress) clearInterval(progress);
    }
  }
}
