import { cacheFolder } from '../embedded/cache.mjs';
import { obtainChromium } from '../embedded/chromium-sources.mjs';
import { obtainMongod } from '../embedded/mongod-sources.mjs';
import { obtainNatsServer } from '../embedded/nats-sources.mjs';

/**
 * Begins to fetch the programs that these steps want, beside whatever else goes on; nothing that no step wants.
 * @param {{ steps: readonly { lane: string, needs?: string }[], modules: Promise<void>,
 *   report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 *   `modules`: packages know where database and browser are published
 * @returns {{ programs(): Promise<unknown>, chromium(): Promise<{ path: string }> }} each resolves when they are there, and
 *   rejects with what every source said
 */
export function obtainedAhead({ steps, modules, report }) {
  const hasServers = Boolean(process.env.MONGODB_URI && process.env.NATS_URL);
  const given = { cache: cacheFolder(), report };
  const anyStep = (test, act) => {
    const result = steps.some(test) ? act() : Promise.resolve();
    // Whoever waits for it is told; nobody may wait for a while.
    result.catch(() => {});
    return () => result;
  };
  return {
    programs: anyStep(
      ({ lane, needs }) => lane === 'stacks' || (needs === 'servers' && !hasServers),
      () => Promise.all([obtainNatsServer(given), modules.then(() => obtainMongod(given))]),
    ),
    chromium: anyStep(
      ({ needs }) => needs === 'chromium',
      () => modules.then(() => obtainChromium(given)),
    ),
  };
}
