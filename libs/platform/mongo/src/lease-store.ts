import type { Connection } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDuplicateKey, nativeDb, type ClientSession, type Collection } from './native';

/** The right to do one thing alone, for a while. `fence` grows with each holder: work of an older one is refused. */
export interface Lease {
  readonly id: string;
  readonly owner: string;
  readonly fence: number;
  /** For its holder's transactions, one at a time: what a dead holder leaves open here ends when the next one takes over. */
  readonly session?: ClientSession;
}

interface LeaseRow {
  readonly _id: string;
  readonly owner: string | null;
  readonly fence: number;
  readonly expiresAt: Date;
  readonly checks?: number;
  /** The holder's session at the server. */
  readonly session?: ServerSession | null;
}

type ServerSession = NonNullable<ClientSession['id']>;

interface Holder {
  readonly owner: string;
  readonly ttlMs: number;
  readonly session?: ClientSession;
}

/** Somebody else holds the lease now: what was being done must stop, and its transaction is rolled back. */
export class LeaseLost extends Error {
  constructor(readonly leaseId: string) {
    super(`the lease ${leaseId} has been lost`);
    this.name = 'LeaseLost';
  }
}

/**
 * Leases in one collection. Time is the database server's (`$$NOW`), not the Clock port's: holders run in several processes
 * whose clocks may differ, and a lease must not end because a test or a simulator moved the business clock by thirty days.
 * Rows are never deleted, because the fence must keep growing.
 */
export class LeaseStore {
  private readonly rows: Collection<LeaseRow>;

  constructor(
    private readonly connection: Connection,
    { collection = 'leases' }: { collection?: string } = {},
  ) {
    this.rows = nativeDb(connection).collection<LeaseRow>(collection);
  }

  /**
   * Takes the lease for `ttlMs`, or null when it is held, also when held by the same owner: an owner is one run of one
   * process, so a second run of the same name is another holder.
   */
  async acquire(id: string, owner: string, ttlMs: number, session?: ClientSession): Promise<Lease | null> {
    const holder = { owner, ttlMs, ...(session && { session }) };
    return (await this.take(id, holder)) ?? this.takeNew(id, holder);
  }

  private async take(id: string, { owner, ttlMs, session }: Holder): Promise<Lease | null> {
    const held = { owner, fence: { $add: ['$fence', 1] }, expiresAt: { $add: ['$$NOW', ttlMs] } };
    const before = await this.rows.findOneAndUpdate(
      { _id: id, $expr: { $lte: ['$expiresAt', '$$NOW'] } },
      [{ $set: { ...held, session: { $literal: session?.id ?? null } } }],
      { returnDocument: 'before' },
    );
    if (!before) return null;
    // It was never given back: its holder is dead or stuck.
    if (before.owner !== null && before.session) await this.endTransactionOf(before.session);
    return { id, owner, fence: before.fence + 1, ...(session && { session }) };
  }

  /**
   * A process that dies in the middle of a transaction leaves it open at the server for a minute
   * (`transactionLifetimeLimitSeconds`), and everybody who wants to write the same documents waits. Anybody may end sessions
   * of their own user. Not done, it only takes longer.
   */
  private async endTransactionOf(session: ServerSession): Promise<void> {
    const admin = this.connection.getClient().db('admin');
    await admin.command({ killSessions: [session] }).catch(() => undefined);
  }

  /** One that nobody ever held. A pipeline, because only that may tell the time by the server. */
  private async takeNew(id: string, { owner, ttlMs, session }: Holder): Promise<Lease | null> {
    const held = { _id: id, owner: { $literal: owner }, fence: { $literal: 1 }, expiresAt: { $add: ['$$NOW', ttlMs] } };
    const isNew = { $eq: [{ $type: '$fence' }, 'missing'] };
    const row = { ...held, session: { $literal: session?.id ?? null } };
    try {
      const before = await this.rows.findOneAndUpdate(
        { _id: id },
        [{ $replaceWith: { $cond: [isNew, row, '$$ROOT'] } }],
        { upsert: true, returnDocument: 'before' },
      );
      return before ? null : { id, owner, fence: 1, ...(session && { session }) };
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  /** Extends the lease from now on; false when it has been lost. An expired lease that nobody took may be renewed. */
  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    const { matchedCount } = await this.rows.updateOne({ _id: lease.id, owner: lease.owner, fence: lease.fence }, [
      { $set: { expiresAt: { $add: ['$$NOW', ttlMs] } } },
    ]);
    return matchedCount === 1;
  }

  /** Gives the lease back; without effect when it has been lost. */
  async release(lease: Lease): Promise<void> {
    await this.rows.updateOne({ _id: lease.id, owner: lease.owner, fence: lease.fence }, [
      { $set: { owner: null, expiresAt: '$$NOW' } },
    ]);
  }

  /**
   * Makes the transaction depend on the lease. It writes the row, so a holder that comes in between conflicts with us
   * instead of overlapping. Call it FIRST in the transaction: our own renewals then wait for the commit; called last, a
   * renewal in between would cost a repetition of the whole transaction. Throws LeaseLost.
   */
  async assertFence(session: ClientSession, id: string, fence: number): Promise<void> {
    const { matchedCount } = await this.rows.updateOne(
      { _id: id, fence, owner: { $ne: null } },
      { $inc: { checks: 1 } },
      { session },
    );
    if (matchedCount !== 1) {
      throw new LeaseLost(id);
    }
  }

  /**
   * Runs `work` under the lease, renewing it every third of `ttlMs`, and gives it back at the end. `signal` aborts, with
   * LeaseLost as its reason, when the lease was lost or could not be renewed in time. Resolves to `'held'` when somebody
   * else has it.
   */
  async withLease<T>(
    id: string,
    { owner, ttlMs }: { owner: string; ttlMs: number },
    work: (lease: Lease, signal: AbortSignal) => Promise<T>,
  ): Promise<T | 'held'> {
    const session = await this.connection.startSession();
    const lease = await this.acquire(id, owner, ttlMs, session).catch(async (error: unknown) => {
      await session.endSession();
      throw error;
    });
    if (!lease) {
      await session.endSession();
      return 'held';
    }
    const lost = new AbortController();
    const done = new AbortController();
    const renewing = this.keepRenewing(lease, ttlMs, lost, done.signal);
    try {
      return await work(lease, lost.signal);
    } finally {
      done.abort();
      await renewing;
      await this.release(lease).catch(() => undefined);
      await session.endSession();
    }
  }

  private async keepRenewing(lease: Lease, ttlMs: number, lost: AbortController, done: AbortSignal): Promise<void> {
    let renewedAt = performance.now();
    while (!done.aborted && !lost.signal.aborted) {
      await sleep(ttlMs / 3, undefined, { signal: done }).catch(() => undefined);
      if (done.aborted) {
        return;
      }
      const asked = performance.now();
      const kept = await this.renew(lease, ttlMs).catch(() => null);
      if (kept) {
        renewedAt = asked;
      }
      if (kept === false || performance.now() - renewedAt > ttlMs) {
        lost.abort(new LeaseLost(lease.id));
      }
    }
  }
}
