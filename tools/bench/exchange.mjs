/**
 * Exchange: a first sync against a library of this platform used as its examples show, processor time against another one that only
 * reads, memory with a large mailbox, and what one change asks of the server.
 */
import { measureRounds } from '../measure/rounds.mjs';
import { inTemporaryHome, withSimulator } from './parts/bench-home.mjs';
import { measureChange, measureMemory } from './parts/exchange-change.mjs';
import { exchangelibChild } from './parts/exchangelib-child.mjs';
import { withExchangePair } from './parts/exchange-pair.mjs';
import { withSyncing } from './parts/first-sync-pair.mjs';
import { createMailbox } from './parts/mailbox.mjs';
import { exchangelib } from './parts/other-clients.mjs';
import { startSyncing } from './parts/syncing-child.mjs';

const EVENTS = 1_100;
/** One request for each event is the library's own time on a wire without latency; with it, it would be the wire's. */
const TEXTBOOK = [
  { latencyMs: 0, bind: 'each', how: 'each bound by itself', limit: 1 / 5 },
  { latencyMs: 0, bind: 'page', how: 'bound by the page' },
  { latencyMs: 20, bind: 'page', how: 'bound by the page' },
];
const CPU_LIMIT = 1 / 5;
/** As many events as one first sync of a large calendar has: by then the process has seen all of its own code. */
const WARM_UPS = 10;

async function firstSyncs({ syncing, home, env, latencyMs }) {
  return withSimulator({ home, latencyMs }, async (addresses) => {
    const mailbox = await createMailbox(addresses, 'bench@example.com', { near: EVENTS }, 'exchange');
    return withExchangePair({ ...syncing, env, mailbox, events: EVENTS }, async ({ floor, subject }) => {
      const measurements = [];
      for (const { bind, how, limit } of TEXTBOOK.filter((one) => one.latencyMs === latencyMs)) {
        const result = await measureRounds({
          floor: async () => (await floor(bind)).ms,
          subject: async () => (await subject()).ms,
        });
        measurements.push({
          measure: `first sync of ${EVENTS} events of Exchange at ${latencyMs} ms latency against ews-javascript-api, ${how}`,
          ...result,
          unit: 'ms',
          ...(limit === undefined ? {} : { limit, within: result.ratio <= limit }),
        });
      }
      return measurements;
    });
  });
}

const microseconds = (cpuMs) => Math.round((cpuMs * 1_000) / EVENTS);

async function processorTime({ syncing, home, env }) {
  const python = await exchangelib(env);
  return withSimulator({ home, latencyMs: 0, name: 'cpu' }, async (addresses) => {
    const mailbox = await createMailbox(addresses, 'bench@example.com', { near: EVENTS }, 'exchange');
    const other = exchangelibChild(python, mailbox);
    try {
      return await withExchangePair({ ...syncing, env, mailbox, events: EVENTS }, async ({ subject }) => {
        const result = await measureRounds({
          floor: async () => {
            const { cpuMs, count } = await other.read();
            if (count !== EVENTS) throw new Error(`exchangelib read ${count} events`);
            return cpuMs;
          },
          subject: async () => (await subject()).cpuMs,
          warmUps: WARM_UPS,
        });
        return {
          measure: `processor time of an event of Exchange, synced and stored, against exchangelib, which reads it`,
          ...result,
          floor: microseconds(result.floor),
          subject: microseconds(result.subject),
          unit: 'µs an event',
          limit: CPU_LIMIT,
          within: result.ratio <= CPU_LIMIT,
        };
      });
    } finally {
      await other.end();
    }
  });
}

async function large({ syncing, home }) {
  return withSimulator({ home, latencyMs: 0, name: 'large' }, async (addresses) => {
    const mailbox = await createMailbox(addresses, 'large@example.com', { near: 20_000 }, 'exchange');
    const ours = startSyncing(syncing.script);
    try {
      const around = { ours, mailbox, ...syncing };
      return [await measureMemory(around), await measureChange(around)];
    } finally {
      await ours.end();
    }
  });
}

export const bench = {
  name: 'exchange',
  summary: 'Exchange: first sync, processor time, memory, and what one change among 20,000 asks for',
  run: ({ env }) =>
    inTemporaryHome((home) =>
      withSyncing({ home, env }, async (syncing) => {
        const measurements = [...(await large({ syncing, home }))];
        for (const latencyMs of [0, 20]) measurements.push(...(await firstSyncs({ syncing, home, env, latencyMs })));
        return [...measurements, await processorTime({ syncing, home, env })];
      }),
    ),
};
