/** What a change costs beside all that did not change: one event among 1,000 and among 100,000, and 20,000 told again. */
import { MongoClient } from 'mongodb';
import { median } from '../measure/pairs.mjs';
import { measureRounds } from '../measure/rounds.mjs';
import { inTemporaryHome, withMongod, withSimulator } from './parts/bench-home.mjs';
import { bundle } from './parts/bundle.mjs';
import { changeOne, openSynced } from './parts/changed-event.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { startSyncing } from './parts/syncing-child.mjs';

const REDELIVERED = 20_000;
const ROUNDS = 15;
/** What an unchanged page may not write to. */
const KEPT = ['meetings', 'occurrences', 'removals', 'ledger', 'outbox', 'quarantine'];
const PROFILE_BYTES = 256 * 1024 * 1024;
const WRITES = ['insert', 'update', 'remove', 'delete', 'findandmodify', 'findAndModify', 'bulkWrite'];

async function measureDelta({ ours, client, mongodb, addresses }) {
  const small = await createMailbox(addresses, 'small@example.com', { near: 1_000 });
  const large = await createMailbox(addresses, 'large@example.com', { near: 1_000, far: 99_000 });
  await openSynced(ours, mongodb, small, 'bench_small');
  await openSynced(ours, mongodb, large, 'bench_large');
  const result = await measureRounds({
    floor: changeOne(ours, client, small, 'bench_small', await small.someEvent()),
    subject: changeOne(ours, client, large, 'bench_large', await large.someEvent()),
    rounds: ROUNDS,
    warmUps: 5,
  });
  return {
    measure: 'one changed event among 100,000 against one among 1,000',
    ...result,
    unit: 'ms',
    limit: 1.1,
    within: result.ratio <= 1.1,
  };
}

/** How much is stored, and the calendars' revisions. */
async function storedState(db) {
  const counts = await Promise.all(KEPT.map((name) => db.collection(name).countDocuments()));
  const revisions = await db.collection('calendars').find().project({ rev: 1 }).toArray();
  return { counts, revisions };
}

async function measureRedelivery({ ours, client, mongodb, addresses }) {
  const mailbox = await createMailbox(addresses, 'again@example.com', { near: REDELIVERED });
  const dbName = 'bench_again';
  const { email, token, base: provider, service } = mailbox;
  await ours.order({ type: 'open', mongodb, dbName, provider, service, email, token });
  const first = await ours.order({ type: 'run', dbName, again: false, listAnew: false });
  const db = client.db(dbName);
  const before = await storedState(db);
  // Large enough for every operation of all runs: the profile as the server makes it would forget the first ones.
  await db.createCollection('system.profile', { capped: true, size: PROFILE_BYTES });
  await db.command({ profile: 2, slowms: 0 });
  const runs = [];
  for (let run = 0; run < 3; run += 1) {
    runs.push(await ours.order({ type: 'run', dbName, again: true, listAnew: true }));
  }
  await db.command({ profile: 0 });
  const profile = db.collection('system.profile');
  const isWrite = WRITES.flatMap((name) => [{ op: name }, { [`command.${name}`]: { $exists: true } }]);
  const writes = await profile.countDocuments({ ns: { $in: KEPT.map((name) => `${dbName}.${name}`) }, $or: isWrite });
  const looked = await profile.countDocuments({});
  // The notes of which ids a page has shown: proof that writes are seen where there are any.
  const notes = await profile.countDocuments({ ns: `${dbName}.sync_runs`, op: 'insert' });
  const after = await storedState(db);
  const same = JSON.stringify(after) === JSON.stringify(before);
  const outbox = KEPT.indexOf('outbox');
  const cpuMs = median(runs.map((run) => run.cpuMs));
  return {
    measure: 'all 20,000 told again unchanged',
    writes,
    events: after.counts[outbox] - before.counts[outbox],
    sameAsBefore: same,
    operationsSeen: looked,
    notesOfPages: notes,
    ms: Math.round(median(runs.map((run) => run.ms))),
    cpuToFirstSync: Math.round((cpuMs / first.cpuMs) * 100) / 100,
    limit: '0 writes, 0 events',
    within: writes === 0 && same && notes === 3 * (REDELIVERED / 2_500),
  };
}

export const bench = {
  name: 'delta',
  summary: 'one changed event in a small and a large calendar; a listing in which nothing changed',
  run: ({ env }) =>
    inTemporaryHome((home) =>
      withMongod(home, env, async (mongodb) => {
        const script = await bundle('apps/calendar-svc/src/testing/sync-process.ts', 'sync-process');
        const client = await new MongoClient(mongodb).connect();
        const ours = startSyncing(script);
        try {
          return await withSimulator({ home, latencyMs: 0 }, async (addresses) => {
            const around = { ours, client, mongodb, addresses };
            return [await measureDelta(around), await measureRedelivery(around)];
          });
        } finally {
          await ours.end();
          await client.close();
        }
      }),
    ),
};
