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
import type { RunEnd, ServerPlaces } from '../use-cases/server-places';

export interface SyncWorkerOptions {
  readonly jobs: Pick<JobQueue, 'consume'>;
  readonly leases: Pick<LeaseStore, 'withLease'>;
  readonly store: CalendarStore;
  readonly syncStore: (lease: Lease, calendar: CalendarRecord) => CalendarSyncStore;
  readonly writeQueue: (lease: Lease, connectionId: string, remoteIdOf: ((key: string) => string) | null) => WriteQueue;
  readonly run: { readonly access: KeptAccess; readonly firstLooks: FirstLooks } & Omit<
    RunSurroundings,
    'access' | 'syncStore' | 'writeQueue' | 'writesWait' | 'writesSeen' | 'servers' | 'sliceOver' | 'stopped'
  >;
  /** Puts a connection into the queue, behind all that wait there; never fails, because what is due is found by looks as well. */
  readonly wake: (connectionId: string) => void;
  readonly servers: ServerPlaces;
  readonly purges: FollowSurroundings['purges'];
}

const wakeUp = z.object({ connectionId: z.string() });
/** Connections that a process works on at once. */
const SLOTS = 6;
/** Of these at servers that people have named, and at one of them. */
export const PLACES = { most: 3, mostAtOne: 2 } as const;
/** Where others wait, a run ends after this time and its connection is queued again. */
const SLICE_MS = 30_000;
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

  private working = 0;

  constructor(private readonly options: SyncWorkerOptions) {}

  async start(): Promise<void> {
    this.consumption = await this.options.jobs.consume({
      name: 'calendar-svc_sync',
      subject: jobSubjects.calendarSync,
      schema: wakeUp,
      parallelism: SLOTS,
      handle: ({ body, attempt, signal }) => this.inSlot(() => this.work(body.connectionId, attempt, signal)),
    });
  }

  async stop(): Promise<void> {
    await this.consumption?.stop();
  }

  private async inSlot<T>(work: () => Promise<T>): Promise<T> {
    this.working += 1;
    try {
      return await work();
    } finally {
      this.working -= 1;
    }
  }

  /** Whether somebody may wait: for a slot, since nobody counts those in the queue, or for a place at a named server. */
  private isCrowded(): boolean {
    return this.working >= SLOTS || this.options.servers.isAwaited;
  }

  private async work(connectionId: string, attempt: number, ending: AbortSignal): Promise<JobOutcome> {
    const owner = newId('run');
    const start = beginRun(connectionId, this.options.run);
    const done = await this.options.leases.withLease(
      `connection:${connectionId}`,
      { owner, ttlMs: LEASE_MS },
      (lease, lost) => this.underLease(start, lease, () => lost.aborted || ending.aborted),
    );
    if (done !== 'held') {
      this.queueing.delete(connectionId);
      if (done === 'unfinished') this.options.wake(connectionId);
      return { type: 'done' };
    }
    // Whoever holds the lease may already be past its last look: one comes again rather than leave a hint lying.
    const now = performance.now();
    if (attempt === 1 && (this.queueing.get(connectionId) ?? 0) > now) return { type: 'done' };
    this.queueing.set(connectionId, now + QUEUEING_MS);
    return { type: 'again', inMs: HELD_AGAIN_MS };
  }

  private async underLease(start: RunStart, lease: Lease, over: () => boolean): Promise<RunEnd> {
    const { store, run, purges } = this.options;
    const { connectionId } = start;
    const connection = await start.connection;
    if (!connection) return 'unasked';
    if (connection.status === 'deleted') {
      await purgeConnection(connection, { store, clock: run.clock, purges });
      return 'unasked';
    }
    let ended = false;
    const began = run.clock.now();
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
      return await runConnection(start, {
        ...run,
        servers: this.options.servers,
        sliceOver: () => run.clock.now() - began >= SLICE_MS && this.isCrowded(),
        syncStore: (calendar) => this.options.syncStore(lease, calendar),
        writeQueue: (id, remoteIdOf) => this.options.writeQueue(lease, id, remoteIdOf),
        writesWait: () => writes.wait,
        writesSeen: () => writes.seen(),
        stopped: () => ended || over(),
      });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      return 'unasked';
    } finally {
      clearInterval(watch);
      if (progress) clearInterval(progress);
    }
  }
}
