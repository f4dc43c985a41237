/**
 * Processor time of one event synced, in the process that syncs, against a bare one that parses the same pages and writes the same
 * documents by the driver alone. The database's own time is in neither: both have it do the same.
 */
import { measureRounds } from '../measure/rounds.mjs';
import { inTemporaryHome, withSimulator } from './parts/bench-home.mjs';
import { withFirstSyncPair, withSyncing } from './parts/first-sync-pair.mjs';
import { createMailbox } from './parts/mailbox.mjs';

const EVENTS = 20_000;
const LIMIT = 3;

const microseconds = (cpuMs) => Math.round((cpuMs * 1_000) / EVENTS);

async function measureCpu({ floor, subject }) {
  const result = await measureRounds({
    floor: async () => (await floor()).cpuMs,
    subject: async () => (await subject()).cpuMs,
  });
  return [
    {
      measure: `processor time of each of ${EVENTS.toLocaleString('en')} events synced`,
      ...result,
      floor: microseconds(result.floor),
      subject: microseconds(result.subject),
      unit: 'µs an event',
      limit: LIMIT,
      within: result.ratio <= LIMIT,
    },
  ];
}

export const bench = {
  name: 'cpu',
  summary: 'processor time of an event synced against parsing it and writing the same documents natively',
  run: ({ env }) =>
    inTemporaryHome((home) =>
      withSyncing({ home, env }, (syncing) =>
        withSimulator({ home, latencyMs: 0 }, async (addresses) => {
          const mailbox = await createMailbox(addresses, 'cpu@example.com', { near: EVENTS });
          return withFirstSyncPair({ ...syncing, mailbox }, measureCpu);
        }),
      ),
    ),
};
