export { connectMongo, pingMongo } from './connect-mongo';
export type { MongoOptions, PingResult } from './connect-mongo';
export { ensureIndexes, IndexConflict } from './ensure-indexes';
export type { IndexPlan } from './ensure-indexes';
export { inTransaction, TransactionFailed } from './in-transaction';
export type { TransactionOptions } from './in-transaction';
export { isOutage } from './is-outage';
export { LeaseLost, LeaseStore } from './lease-store';
export type { Lease } from './lease-store';
export { MongoModule } from './mongo-module';
export { hasCode, isDuplicateKey, nativeDb } from './native';
export type {
  AnyBulkWriteOperation,
  ClientSession,
  Collection,
  Db,
  Filter,
  IndexDescription,
  UpdateFilter,
} from './native';
export { DatabaseTooNew, MigrationFailed, runMigrations } from './run-migrations';
export type { Migration, MigrationProgress } from './run-migrations';
