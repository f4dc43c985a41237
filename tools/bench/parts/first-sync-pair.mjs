/** The first sync of a mailbox and its floor, each in a process of its own, as often as they are asked for. */
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { withMongod } from './bench-home.mjs';
import { bundle } from './bundle.mjs';
import { startChild } from './child.mjs';
import { startSyncing } from './syncing-child.mjs';

const bareSync = fileURLToPath(new URL('./bare-sync.mjs', import.meta.url));

/**
 * @param {{ mongodb: string, mailbox: object, script: string, client: import('mongodb').MongoClient }} given
 * @param {(pair: { floor(): Promise<Cost>, subject(): Promise<Cost>, documents: object }) => Promise<T>} work `documents`: how
 *   many of each collection the product wrote, and the floor writes
 * @returns {Promise<T>}
 * @template T
 *
 * @typedef {{ ms: number, cpuMs: number, peakMb?: number, asked?: { url: string, prefer: string | null }[] }} Cost `cpuMs` of the process, not of the database
 */
export async function withFirstSyncPair({ mongodb, mailbox, script, client }, work) {
  const ours = startSyncing(script);
  const bare = startChild(bareSync);
  let database = 0;
  const nextName = () => `bench_${process.pid}_${(database += 1)}`;
  const drop = (dbName) => client.db(dbName).dropDatabase();

  const sync = async (dbName) => {
    const { email, token, base: provider, service } = mailbox;
    await ours.order({ type: 'open', mongodb, dbName, provider, service, email, token });
    const cost = await ours.order({ type: 'run', dbName, again: false, listAnew: false });
    await ours.order({ type: 'close', dbName });
    return cost;
  };
  const subject = async () => {
    const dbName = nextName();
    const cost = await sync(dbName);
    await drop(dbName);
    return cost;
  };

  try {
    const captured = nextName();
    const { asked } = await sync(captured);
    const documents = await bare.order({ type: 'keep', mongodb, dbName: captured });
    await drop(captured);
    const { url, prefer } = asked.find((one) => mailbox.isListing(one.url));
    const floor = async () => {
      const dbName = nextName();
      await bare.order({ type: 'prepare', dbName });
      const cost = await bare.order({ type: 'run', url, prefer, token: mailbox.token, dbName, write: true });
      await drop(dbName);
      return cost;
    };
    return await work({ floor, subject, documents });
  } finally {
    await Promise.all([ours.end(), bare.end()]);
  }
}

/** A database and a bundle of the syncing process, for as long as `work` takes. */
export const withSyncing = ({ home, env }, work) =>
  withMongod(home, env, async (mongodb) => {
    const script = await bundle('apps/calendar-svc/src/testing/sync-process.ts', 'sync-process');
    const client = await new MongoClient(mongodb).connect();
    try {
      return await work({ mongodb, script, client });
    } finally {
      await client.close();
    }
  });
