import type { Connection, mongo } from 'mongoose';

/** The native driver's names, so that only this library knows where the driver comes from. */
export type AnyBulkWriteOperation<T extends mongo.Document> = mongo.AnyBulkWriteOperation<T>;
export type ClientSession = mongo.ClientSession;
export type Collection<T extends mongo.Document> = mongo.Collection<T>;
export type Db = mongo.Db;
export type Filter<T> = mongo.Filter<T>;
export type IndexDescription = mongo.IndexDescription;
export type UpdateFilter<T> = mongo.UpdateFilter<T>;

/** The native database of a connection: five to nine times less CPU on bulk writes than mongoose's models. */
export function nativeDb(connection: Connection): Db {
  return connection.getClient().db(connection.name);
}

/** Whether a write failed because a unique key is there already (server code 11000). */
export function isDuplicateKey(error: unknown): boolean {
  return hasCode(error, 11_000);
}

/** Whether the error came from the server with this code. */
export function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
