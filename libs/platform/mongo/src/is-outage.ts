import { mongo } from 'mongoose';
import { TransactionFailed } from './in-transaction';

/** Whether an operation failed because the database could not be reached or is changing hands: the same may work soon. */
export function isOutage(error: unknown): boolean {
  if (error instanceof TransactionFailed) return isOutage(error.cause);
  const unreachable =
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError;
  return unreachable || (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError'));
}
