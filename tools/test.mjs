/**
 * `npm test`: everything there is to check. One line for each step; output only of what failed. The last line is
 * `N passed, N failed` over all steps. `--only STEP` (more than once if need be) for developers.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareModules } from './embedded/modules.mjs';
import { createReport } from './processes/report.mjs';
import { root } from './stack/paths.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const report = createReport();
const started = Date.now();
const folder = await mkdtemp(join(tmpdir(), 'daybook-test-'));
const totals = { passed: 0, failed: 0 };
let servers = null;

async function clean() {
  await servers?.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    await clean();
    process.exit(130);
  });
}

function tell(name, { passed, failed, details, seconds }) {
  totals.passed += passed;
  totals.failed += failed;
  const mark = failed > 0 ? '✗' : '✓';
  const counts = `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}`;
  report.say(`${mark} ${name.padEnd(24)} ${counts.padEnd(28)} ${seconds.toFixed(1)} s`);
  if (failed > 0) report.say(`${'─'.repeat(100)}\n${details.trimEnd()}\n${'─'.repeat(100)}`);
}

/** A step that cannot even be prepared is a failed one, with the reason. */
async function attempt(name, act) {
  const begun = Date.now();
  try {
    return await act();
  } catch (error) {
    tell(name, { passed: 0, failed: 1, details: error.stack ?? String(error), seconds: (Date.now() - begun) / 1000 });
    return null;
  }
}

const wanted = (name) => !values.only || values.only.some((part) => name.includes(part));
const inOrder = async (steps) => {
  for (const { name, run } of steps) {
    const result = await attempt(name, run);
    if (result) tell(name, result);
  }
};

async function prepareServers() {
  if (!wanted('unit and integration')) return {};
  const { startTestServers } = await import('./embedded/servers.mjs');
  servers = await startTestServers({ home: join(folder, 'servers'), report });
  return servers.env;
}

/** A browser and fresh builds; the stacks of system tests start servers of their own. */
async function prepareSystem() {
  const { cacheFolder } = await import('./embedded/cache.mjs');
  const { obtainChromium } = await import('./embedded/chromium-sources.mjs');
  const { buildChanged } = await import('./stack/build.mjs');
  const { services } = await import('../rolldown.config.mjs');
  const chromium = await obtainChromium({ cache: cacheFolder(), report });
  await buildChanged({ services, report });
  return { CHROME_PATH: chromium.path, MONGODB_URI: '', NATS_URL: '' };
}

try {
  // Recordings of the simulators are wanted by their folder's name; each runner has a working folder of its own.
  if (process.env.SANDBOX_RECORD_DIR) process.env.SANDBOX_RECORD_DIR = resolve(root, process.env.SANDBOX_RECORD_DIR);
  await prepareModules({ root, report });
  const { testSteps } = await import('./testing/steps.mjs');
  const serverEnv = (await attempt('servers', prepareServers)) ?? {};
  const cores = availableParallelism();
  // Node gives each address of `localhost` a quarter of a second, which a machine busy with a browser does not always keep.
  const patience = '--network-family-autoselection-attempt-timeout=5000';
  const systemEnv = { NODE_OPTIONS: [process.env.NODE_OPTIONS, patience].filter(Boolean).join(' ') };
  const given = { output: folder, workers: Math.max(2, cores - 1), serverEnv, systemEnv };
  const known = await testSteps(given);
  const steps = known.filter(({ name }) => wanted(name));
  if (steps.length === 0)
    throw new Error(`There is no such step. There are: ${known.map(({ name }) => name).join(', ')}`);
  const lane = (name) => steps.filter((step) => step.lane === name);
  // The checks are single-threaded: they share the machine with the tests.
  await Promise.all([inOrder(lane('checks')), inOrder(lane('tests'))]);
  await servers?.stop();
  servers = null;
  if (lane('system').length > 0) {
    const prepared = await attempt('system', prepareSystem);
    if (prepared) {
      Object.assign(systemEnv, prepared);
      await inOrder(lane('system'));
    }
  }
} catch (error) {
  tell('test run', { passed: 0, failed: 1, details: error.stack ?? String(error), seconds: 0 });
}
await clean();
report.say(`${Math.round((Date.now() - started) / 1000)} s in all`);
report.say(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
