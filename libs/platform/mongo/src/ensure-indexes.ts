import type { Connection } from 'mongoose';
import { hasCode, nativeDb, type IndexDescription } from './native';

/** The indexes of a service: collection name → what `createIndexes` takes. */
export type IndexPlan = Readonly<Record<string, readonly IndexDescription[]>>;

/** An index of the plan does not fit one that is there under the same name or keys: a migration has to change it. */
export class IndexConflict extends Error {
  constructor(
    readonly collection: string,
    cause: unknown,
  ) {
    super(`the indexes of ${collection} conflict with those in the database`, { cause });
    this.name = 'IndexConflict';
  }
}

/**
 * Creates the collections and indexes that are missing; what is there is left alone, so every start may call it. Collections
 * are created here because a transaction may not create one that another transaction creates too. Throws IndexConflict.
 */
export async function ensureIndexes(connection: Connection, plan: IndexPlan): Promise<void> {
  const db = nativeDb(connection);
  for (const [collection, indexes] of Object.entries(plan)) {
    await db.createCollection(collection).catch(unlessThere);
    if (indexes.length === 0) {
      continue;
    }
    try {
      await db.collection(collection).createIndexes([...indexes]);
    } catch (error) {
      throw hasCode(error, indexOptionsConflict) || hasCode(error, indexKeysConflict)
        ? new IndexConflict(collection, error)
        : error;
    }
  }
}

// Codes of the server: https://www.mongodb.com/docs/manual/reference/error-codes/
const namespaceExists = 48;
const indexOptionsConflict = 85;
const indexKeysConflict = 86;

function unlessThere(error: unknown): void {
  if (!hasCode(error, namespaceExists)) {
    throw error;
  }
}
