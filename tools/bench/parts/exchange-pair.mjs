/** A first sync of an Exchange mailbox and that of a library others wrote, each in a process and each time into a database of its own. */
import { fileURLToPath } from 'node:url';
import { startChild } from './child.mjs';
import { ewsJavascriptApi } from './other-clients.mjs';
import { startSyncing } from './syncing-child.mjs';

const librarySync = fileURLToPath(new URL('./ews-library-sync.mjs', import.meta.url));

/**
 * @param {(pair: { floor(bind: 'each' | 'page'): Promise<Cost>, subject(): Promise<Cost> }) => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 * @typedef {{ ms: number, cpuMs: number }} Cost
 */
export async function withExchangePair({ mongodb, client, script, env, mailbox, events }, work) {
  const ours = startSyncing(script);
  const theirs = startChild(librarySync);
  let database = 0;
  const inDatabase = async (work) => {
    const dbName = `bench_${process.pid}_${(database += 1)}`;
    try {
      return await work(dbName);
    } finally {
      await client.db(dbName).dropDatabase();
    }
  };
  const checked = (count) => {
    if (count !== events) throw new Error(`${count} of ${events} events came`);
  };
  const subject = () =>
    inDatabase(async (dbName) => {
      const { email, token, base: provider, service, method } = mailbox;
      await ours.order({ type: 'open', mongodb, dbName, provider, service, method, email, token });
      const cost = await ours.order({ type: 'run', dbName, again: false, listAnew: false });
      await ours.order({ type: 'close', dbName });
      checked(await client.db(dbName).collection('meetings').countDocuments());
      return cost;
    });
  const floor = (bind) =>
    inDatabase(async (dbName) => {
      const cost = await theirs.order({ type: 'run', dbName, bind });
      checked(cost.count);
      return cost;
    });
  try {
    const { url, email, password } = mailbox;
    await theirs.order({ type: 'open', mongodb, library: await ewsJavascriptApi(env), url, email, password });
    return await work({ floor, subject });
  } finally {
    await Promise.all([ours.end(), theirs.end()]);
  }
}
