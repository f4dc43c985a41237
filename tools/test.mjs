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
import { createTally } from './testing/tally.mjs';
import { obtainedAhead } from './testing/obtained-ahead.mjs';
import { testSteps } from './testing/steps.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const report = createReport();
const tally = createTally(report);
const folder = await mkdtemp(join(tmpdir(), 'daybook-test-'));
let servers = null;

async function clean() {
  await servers?.stop();
  servers = null;
  await rm(folder, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    tally.close();
    await clean();
    // What still runs ends with this process: see run-command.mjs.
    process.exit(130);
  });
}

async function startServers(programs) {
  await programs();
  const { startTestServers } = await import('./embedded/servers.mjs');
  servers = await startTestServers({ home: join(folder, 'servers'), report });
  return servers.env;
}

/** Checks, then tests without a stack. */
async function runPlain(steps, { programs, serverEnv }) {
  for (const step of steps) {
    const env = step.needs === 'servers' ? await tally.attempt('servers', () => startServers(programs)) : {};
    if (!env) continue;
    Object.assign(serverEnv, env);
    await tally.run(step);
    await servers?.stop();
    servers = null;
  }
}

async function build() {
  const { buildChanged } = await import('./stack/build.mjs');
  const { services } = await import('../rolldown.config.mjs');
  await buildChanged({ services, report });
  return true;
}

/** Tests of fresh builds, with stacks that start servers of their own. */
async function runStacks(steps, { programs, chromium, systemEnv }) {
  if (steps.length === 0) return;
  if (!(await tally.attempt('build', build))) return;
  if (!(await tally.attempt('programs of a stack', programs))) return;
  for (const step of steps) {
    const browser = step.needs === 'chromium' ? await tally.attempt('Chromium', chromium) : {};
    if (!browser) continue;
    if (browser.path) systemEnv.CHROME_PATH = browser.path;
    await tally.run(step);
  }
}

async function runAll() {
  // Recordings of the simulators are wanted by their folder's name; each runner has a working folder of its own.
  if (process.env.SANDBOX_RECORD_DIR) process.env.SANDBOX_RECORD_DIR = resolve(root, process.env.SANDBOX_RECORD_DIR);
  // Node gives each address of `localhost` a quarter of a second, which a machine busy with a browser does not always keep.
  const patience = '--network-family-autoselection-attempt-timeout=5000';
  const options = [process.env.NODE_OPTIONS, patience].filter(Boolean).join(' ');
  const serverEnv = {};
  const systemEnv = { NODE_OPTIONS: options, MONGODB_URI: '', NATS_URL: '' };
  const workers = Math.max(2, availableParallelism() - 1);
  const known = await testSteps({ output: folder, workers, serverEnv, systemEnv });
  const steps = known.filter(({ name }) => !values.only || values.only.some((part) => name.includes(part)));
  if (steps.length === 0)
    throw new Error(`There is no such step. There are: ${known.map(({ name }) => name).join(', ')}`);
  const modules = prepareModules({ root, report });
  const ahead = obtainedAhead({ steps, modules, report });
  await modules;
  const lane = (name) => steps.filter((step) => step.lane === name);
  // A stack waits as much as it computes: what computes only fills the gaps.
  await Promise.all([
    runPlain(lane('plain'), { ...ahead, serverEnv }),
    runStacks(lane('stacks'), { ...ahead, systemEnv }),
  ]);
}

await runAll().catch((error) => tally.failed('test run', error));
await clean();
tally.sum();
process.exit(tally.failures > 0 ? 1 : 0);
