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
import type { FirstLooks } from '../use-cases/first-looks';
import type { KeptAccess } from '../use-cases/kept-access';
import { beginRun, type RunStart } from '../use-cases/run-start';
import type { RunSurroundings } from '../use-cases/run-surroundings';

export interface SyncWorkerOptions {
  readonly jobs: JobQueue;
  readonly leases: LeaseStore;
  readonly store: CalendarStore;
  readonly syncStore: (lease: Lease, calendar: CalendarRecord) => CalendarSyncStore;
  readonly writeQueue: (lease: Lease, connectionId: string, remoteIdOf: ((key: string) => string) | null) => WriteQueue;
  readonly run: { readonly access: KeptAccess; readonly firstLooks: FirstLooks } & Omit<
    RunSurroundings,
    'access' | 'syncStore' | 'writeQueue' | 'writesWait' | 'writesSeen' | 'stopped'
  >;
  readonly purges: FollowSurroundings['purges'];
}

const wakeUp = z.object({ connectionId: z.string() });
const LEASE_MS = 15_000;
/** A run notices within this time that its connection was stopped or deleted. */
const WATCH_MS = 1_000;
/** A first sync's progress is told this often. */
const PROGRESS_MS = 1_500;
const HELD_AGAIN_MS = 150;
/** Whoever waits comes again far more often; one that came to another process is forgotten after this. */
const QUEUEING_MS = 2_000;

/** Tells new writes from those that a run has looked at already and that wait for something else. */
class NewWrites {
  private looked: number | null = null;
  wait = false;

  note(due: number): void {
    this.looked ??= due;
    this.wait = due > this.looked;
  }

  seen(): void {
    this.looked = null;
    this.wait = false;
  }
}

/** Takes wake-ups and works on one connection at a time under its lease, several connections at once. */
export class SyncWorker {
  private consumption: Consumption | null = null;
  /** Connections for which somebody already waits for the lease, and until when that is believed. */
  private readonly queueing = new Map<string, number>();

  constructor(private readonly options: SyncWorkerOptions) {}

  async start(): Promise<void> {
    this.consumption = await this.options.jobs.consume({
      name: 'calendar-svc_sync',
      subject: jobSubjects.calendarSync,
      schema: wakeUp,
      parallelism: 4,
      handle: ({ body, attempt, signal }) => this.work(body.connectionId, attempt, signal),
    });
  }

  async stop(): Promise<void> {
    await this.consumption?.stop();
  }

  private async work(connectionId: string, attempt: number, ending: AbortSignal): Promise<JobOutcome> {
    const owner = newId('run');
    const start = beginRun(connectionId, this.options.run);
    const done = await this.options.leases.withLease(
      `connection:${connectionId}`,
      { owner, ttlMs: LEASE_MS },
      async (lease, lost) => {
        await this.underLease(start, lease, () => lost.aborted || ending.aborted);
        return 'done' as const;
      },
    );
    if (done !== 'held') {
      this.queueing.delete(connectionId);
      return { type: 'done' };
    }
    // Whoever holds the lease may already be past its last look: one comes again rather than leave a hint lying.
    const now = performance.now();
    if (attempt === 1 && (this.queueing.get(connectionId) ?? 0) > now) return { type: 'done' };
    this.queueing.set(connectionId, now + QUEUEING_MS);
    return { type: 'again', inMs: HELD_AGAIN_MS };
  }

  private async underLease(start: RunStart, lease: Lease, over: () => boolean): Promise<void> {
    const { store, run, purges } = this.options;
    const { connectionId } = start;
    const connection = await start.connection;
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
      await runConnection(start, {
        ...run,
        syncStore: (calendar) => this.options.syncStore(lease, calendar),
        writeQueue: (id, remoteIdOf) => this.options.writeQueue(lease, id, remoteIdOf),
        writesWait: () => writes.wait,
        writesSeen: () => writes.seen(),
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
