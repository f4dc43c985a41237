import { mongo } from 'mongoose';
import os from 'node:os';

/** What `mongodump --oplog` takes: every document of every database of the product, as of one moment. */
export type DatabaseCopy = ReadonlyMap<string, ReadonlyMap<string, readonly Buffer[]>>;

const DATABASES = ['daybook_auth', 'daybook_calendar', 'daybook_admin'];
const AT_ONCE = 1_000;

/** Documents stay in BSON, so that no type gets lost on the way. */
export async function copyDatabases(uri: string): Promise<DatabaseCopy> {
  const client = await openDatabase(uri);
  const session = client.startSession({ snapshot: true });
  try {
    const copy = new Map<string, Map<string, Buffer[]>>();
    for (const database of DATABASES) {
      const collections = new Map<string, Buffer[]>();
      for (const { name } of await client.db(database).listCollections({}, { nameOnly: true }).toArray()) {
        const documents = client.db(database).collection(name).find({}, { session });
        const bytes: Buffer[] = [];
        for await (const document of documents) bytes.push(Buffer.from(mongo.BSON.serialize(document)));
        collections.set(name, bytes);
      }
      copy.set(database, collections);
    }
    return copy;
  } finally {
    await session.endSession();
    await client.close();
  }
}

/** What `mongorestore --drop` does: nothing of what was there before is left. Indexes are made by the services at their start. */
export async function restoreDatabases(uri: string, copy: DatabaseCopy): Promise<void> {
  const client = await openDatabase(uri);
  try {
    for (const [database, collections] of copy) {
      await client.db(database).dropDatabase();
      for (const [name, bytes] of collections) {
        for (let from = 0; from < bytes.length; from += AT_ONCE) {
          const documents = bytes.slice(from, from + AT_ONCE).map((one) => mongo.BSON.deserialize(one));
          await client.db(database).collection(name).insertMany(documents, { ordered: false });
        }
      }
    }
  } finally {
    await client.close();
  }
}

/** The driver would load `os` by a dynamic import, which the virtual machine of the test runner refuses. */
export function openDatabase(uri: string): Promise<mongo.MongoClient> {
  return new mongo.MongoClient(uri, { runtimeAdapters: { os } }).connect();
}
