/** The first sync of 20,000 events against a bare page loop and a bulk insert of the very same documents. */
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { measureRounds } from '../measure/rounds.mjs';
import { nodeFlags } from '../stack/services.mjs';
import { inTemporaryHome, withMongod, withSimulator } from './parts/bench-home.mjs';
import { bundle } from './parts/bundle.mjs';
import { startChild } from './parts/child.mjs';
import { createMailbox } from './parts/mailbox.mjs';

const EVENTS = 20_000;
const LIMITS = [
  { latencyMs: 100, limit: 1.2 },
  { latencyMs: 0, limit: 1.5 },
];
const MEMORY_MB = 250;
const bareSync = fileURLToPath(new URL('./parts/bare-sync.mjs', import.meta.url));

async function atLatency({ mongodb, mailbox, script, client }) {
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir', process.env.BENCH_PROFILE] : [];
  const ours = startChild(script, { execArgv: [...nodeFlags('calendar-svc'), ...profile] });
  const bare = startChild(bareSync);
  let database = 0;
  const drop = (dbName) => client.db(dbName).dropDatabase();
  let peakMb = 0;
  let asked = [];

  async function firstSync({ keep = false } = {}) {
    const dbName = `bench_${process.pid}_${(database += 1)}`;
    const { email, token, google: provider, service } = mailbox;
    await ours.order({ type: 'open', mongodb, dbName, provider, service, email, token });
    const result = await ours.order({ type: 'run', dbName, again: false, listAnew: false });
    await ours.order({ type: 'close', dbName });
    ({ peakMb, asked } = result);
    if (keep) return dbName;
    await drop(dbName);
    return result.ms;
  }

  try {
    const captured = await firstSync({ keep: true });
    const documents = await bare.order({ type: 'keep', mongodb, dbName: captured });
    await drop(captured);
    const url = asked.find((one) => /\/events\?/.test(one) && !/timeMin|pageToken/.test(one));
    const floor = async () => {
      const dbName = `bench_${process.pid}_${(database += 1)}`;
      await bare.order({ type: 'prepare', dbName });
      const { ms } = await bare.order({ type: 'run', url, token: mailbox.token, dbName, write: true });
      await drop(dbName);
      return ms;
    };
    const result = await measureRounds({ floor, subject: firstSync });
    return { result, peakMb: Math.round(peakMb), documents, requests: asked.length };
  } finally {
    await Promise.all([ours.end(), bare.end()]);
  }
}

export const bench = {
  name: 'first-sync',
  summary: 'the first sync of 20,000 events against a page loop and a bulk insert of the same documents',
  run: ({ env, say }) =>
    inTemporaryHome((home) =>
      withMongod(home, env, async (mongodb) => {
        const script = await bundle('apps/calendar-svc/src/testing/sync-process.ts', 'sync-process');
        const client = await new MongoClient(mongodb).connect();
        const measurements = [];
        try {
          for (const { latencyMs, limit } of LIMITS) {
            await withSimulator({ home, latencyMs }, async (addresses) => {
              const mailbox = await createMailbox(addresses, 'bench@example.com', { near: EVENTS });
              const { result, peakMb, documents, requests } = await atLatency({ mongodb, mailbox, script, client });
              say(`  at ${latencyMs} ms: ${requests} requests, ${JSON.stringify(documents)}`);
              measurements.push({
                measure: `first sync at ${latencyMs} ms latency`,
                ...result,
                unit: 'ms',
                limit,
                within: result.ratio <= limit,
              });
              measurements.push({
                measure: `peak memory of the syncing process at ${latencyMs} ms`,
                megabytes: peakMb,
                limit: `${MEMORY_MB} MB`,
                within: peakMb < MEMORY_MB,
              });
            });
          }
        } finally {
          await client.close();
        }
        return measurements;
      }),
    ),
};
