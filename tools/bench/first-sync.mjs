/** The first sync of 20,000 events against a bare page loop and a bulk insert of the very same documents. */
import { measureRounds } from '../measure/rounds.mjs';
import { inTemporaryHome, withSimulator } from './parts/bench-home.mjs';
import { withFirstSyncPair, withSyncing } from './parts/first-sync-pair.mjs';
import { createMailbox } from './parts/mailbox.mjs';

const EVENTS = 20_000;
const LIMITS = [
  { latencyMs: 100, limit: 1.2 },
  { latencyMs: 0, limit: 1.5 },
];
const MEMORY_MB = 250;

async function measurePair({ floor, subject, documents }) {
  let last = null;
  const result = await measureRounds({
    floor: async () => (await floor()).ms,
    subject: async () => (last = await subject()).ms,
  });
  return { result, documents, peakMb: Math.round(last.peakMb), requests: last.asked.length };
}

async function atLatency({ latencyMs, limit, home, syncing, say }) {
  return withSimulator({ home, latencyMs }, async (addresses) => {
    const mailbox = await createMailbox(addresses, 'bench@example.com', { near: EVENTS });
    const { result, peakMb, documents, requests } = await withFirstSyncPair({ ...syncing, mailbox }, measurePair);
    say(`  at ${latencyMs} ms: ${requests} requests, ${JSON.stringify(documents)}`);
    return [
      {
        measure: `first sync at ${latencyMs} ms latency`,
        ...result,
        unit: 'ms',
        limit,
        within: result.ratio <= limit,
      },
      {
        measure: `peak memory of the syncing process at ${latencyMs} ms`,
        megabytes: peakMb,
        limit: `${MEMORY_MB} MB`,
        within: peakMb < MEMORY_MB,
      },
    ];
  });
}

export const bench = {
  name: 'first-sync',
  summary: 'the first sync of 20,000 events against a page loop and a bulk insert of the same documents',
  run: ({ env, say }) =>
    inTemporaryHome((home) =>
      withSyncing({ home, env }, async (syncing) => {
        const measurements = [];
        for (const wanted of LIMITS) measurements.push(...(await atLatency({ ...wanted, home, syncing, say })));
        return measurements;
      }),
    ),
};
