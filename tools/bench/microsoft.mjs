/**
 * Office 365 by the measures of Google: the first sync of 20,000 events and its processor time against a bare page loop that
 * writes the same documents, and a change in a small and in a large calendar.
 */
import { measureRounds } from '../measure/rounds.mjs';
import { inTemporaryHome, withSimulator } from './parts/bench-home.mjs';
import { changeOne, openSynced } from './parts/changed-event.mjs';
import { withFirstSyncPair, withSyncing } from './parts/first-sync-pair.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { startSyncing } from './parts/syncing-child.mjs';

const EVENTS = 20_000;
const LATENCIES = [
  { latencyMs: 100, limit: 1.2 },
  { latencyMs: 0, limit: 1.5 },
];
const CPU_LIMIT = 3;
const DELTA_LIMIT = 1.1;
const DELTA_ROUNDS = 15;

async function firstSync({ latencyMs, limit, home, syncing, say }) {
  return withSimulator({ home, latencyMs }, async (addresses) => {
    const mailbox = await createMailbox(addresses, 'bench@example.com', { near: EVENTS }, 'microsoft');
    return withFirstSyncPair({ ...syncing, mailbox }, async ({ floor, subject, documents }) => {
      const costs = { floor: [], subject: [] };
      const result = await measureRounds({
        floor: async () => timed(await floor(), costs.floor),
        subject: async () => timed(await subject(), costs.subject),
      });
      const cpu = sum(costs.subject) / costs.subject.length / (sum(costs.floor) / costs.floor.length);
      say(`  at ${latencyMs} ms: ${result.ratio}, ${JSON.stringify(documents)}`);
      const time = { measure: `first sync of Office 365 at ${latencyMs} ms latency`, ...result, unit: 'ms' };
      return [
        { ...time, limit, within: result.ratio <= limit },
        {
          measure: `processor time of an event of Office 365 at ${latencyMs} ms latency`,
          ratio: Math.round(cpu * 100) / 100,
          limit: CPU_LIMIT,
          within: cpu <= CPU_LIMIT,
        },
      ];
    });
  });
}

function timed({ ms, cpuMs }, seen) {
  seen.push(cpuMs);
  return ms;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

async function delta({ mongodb, script, client, addresses }) {
  const ours = startSyncing(script);
  try {
    const small = await createMailbox(addresses, 'small@example.com', { near: 1_000 }, 'microsoft');
    const large = await createMailbox(addresses, 'large@example.com', { near: 1_000, far: 99_000 }, 'microsoft');
    await openSynced(ours, mongodb, small, 'bench_small');
    await openSynced(ours, mongodb, large, 'bench_large');
    const result = await measureRounds({
      floor: changeOne(ours, client, small, 'bench_small', await small.someEvent()),
      subject: changeOne(ours, client, large, 'bench_large', await large.someEvent()),
      rounds: DELTA_ROUNDS,
      warmUps: 5,
    });
    const told = { ...result, unit: 'ms', limit: DELTA_LIMIT, within: result.ratio <= DELTA_LIMIT };
    return [{ measure: 'one changed event of Office 365 among 100,000 against one among 1,000', ...told }];
  } finally {
    await ours.end();
  }
}

export const bench = {
  name: 'microsoft',
  summary: 'Office 365: first sync, processor time, one change among 1,000 and 100,000',
  run: ({ env, say }) =>
    inTemporaryHome((home) =>
      withSyncing({ home, env }, async (syncing) => {
        const measurements = [];
        const ofDelta = await withSimulator({ home, latencyMs: 0, name: 'delta' }, (addresses) =>
          delta({ ...syncing, addresses }),
        );
        measurements.push(...ofDelta);
        for (const wanted of LATENCIES) measurements.push(...(await firstSync({ ...wanted, home, syncing, say })));
        return measurements;
      }),
    ),
};
