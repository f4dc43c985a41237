import { mongo, type Connection } from 'mongoose';
import type { ClientSession } from './native';
import { backOff, pauseWithJitter } from './pause';

/** A transaction that could not be brought to its end within its attempts; `cause` is the last fault. */
export class TransactionFailed extends Error {
  constructor(
    readonly attempts: number,
    cause: unknown,
  ) {
    super(`the transaction failed after ${attempts} attempts`, { cause });
    this.name = 'TransactionFailed';
  }
}

export interface TransactionOptions {
  readonly maxAttempts?: number;
  /** No further attempt is begun after this time. */
  readonly maxMs?: number;
  /** A session of the caller's, which stays open; one of its own, when absent. */
  readonly session?: ClientSession;
}

/**
 * Runs `work` in one transaction (snapshot reads, majority writes) and commits it. `work` may run again after a write
 * conflict or a change of primary, so it must have no effect outside the session. Its own errors roll back and pass
 * through; a fault that stays for all attempts becomes TransactionFailed.
 *
 * The driver's `withTransaction` does the same for up to 120 s, which is longer than any of our callers wait.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
  { maxAttempts = 8, maxMs = 15_000, session: given }: TransactionOptions = {},
): Promise<T> {
  const started = performance.now();
  const session = given ?? (await connection.startSession());
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce(session, work);
      } catch (error) {
        if (!isTransient(error)) {
          throw error;
        }
        if (attempt >= maxAttempts || performance.now() - started > maxMs) {
          throw new TransactionFailed(attempt, error);
        }
        await pauseWithJitter(backOff(attempt, 10, 500));
      }
    }
  } finally {
    if (!given) await session.endSession();
  }
}

async function attemptOnce<T>(session: ClientSession, work: (session: ClientSession) => Promise<T>): Promise<T> {
  session.startTransaction({
    readConcern: { level: 'snapshot' },
    writeConcern: { w: 'majority' },
    readPreference: 'primary',
  });
  try {
    const result = await work(session);
    await commit(session);
    return result;
  } catch (error) {
    if (session.inTransaction()) {
      await session.abortTransaction().catch(() => undefined);
    }
    throw error;
  }
}

/** A commit whose outcome is unknown may be sent again: the server applies it once. */
async function commit(session: ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      const unknown = error instanceof mongo.MongoError && error.hasErrorLabel('UnknownTransactionCommitResult');
      if (!unknown || attempt >= 5) {
        throw unknown ? new TransactionFailed(attempt, error) : error;
      }
      await pauseWithJitter(backOff(attempt, 50, 500));
    }
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof mongo.MongoError && error.hasErrorLabel('TransientTransactionError');
}
