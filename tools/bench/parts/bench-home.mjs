/** What the measurements run on: a database of their own and the built-in simulator in its own process. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../embedded/cache.mjs';
import { obtainMongod } from '../../embedded/mongod-sources.mjs';
import { mongoUri, startMongod } from '../../embedded/mongod.mjs';
import { freePort } from '../../processes/free-port.mjs';
import { ManagedProcess } from '../../processes/managed-process.mjs';
import { createReport } from '../../processes/report.mjs';
import { waitFor } from '../../processes/wait-for.mjs';
import { buildChanged } from '../../stack/build.mjs';
import { root, serviceScript } from '../../stack/paths.mjs';
import { CLIENTS, SIMULATED } from '../../stack/simulated.mjs';

/** A folder that is gone after `work`, also when that fails. */
export async function inTemporaryHome(work) {
  const home = await mkdtemp(join(tmpdir(), 'daybook-bench-'));
  try {
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs `work` with the address of a database as `npm start` starts it. */
export async function withMongod(home, env, work) {
  const { path: executable } = await obtainMongod({ cache: cacheFolder(env), report: createReport({ quiet: true }) });
  const port = await freePort();
  const mongod = await startMongod({
    executable,
    dataFolder: join(home, 'mongo'),
    port,
    logFile: join(home, 'mongod.log'),
  });
  try {
    return await work(mongoUri(port));
  } finally {
    await mongod.stop();
  }
}

/** Runs `work` with a simulator that adds `latencyMs` to each of its answers. */
export async function withSimulator({ home, latencyMs, name = `simulator-${latencyMs}` }, work) {
  await buildChanged({ services: ['sandbox'], portal: false, report: createReport({ quiet: true }) });
  const folder = join(home, name);
  const addressFile = join(folder, 'sandbox', 'addresses.json');
  const addresses = () => readFile(addressFile, 'utf8').then(JSON.parse);
  const google = await freePort();
  const sandbox = new ManagedProcess({
    name: 'sandbox',
    command: process.execPath,
    args: [serviceScript('sandbox')],
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      NODE_ENV: 'production',
      DAYBOOK_HOME: folder,
      SANDBOX_CONTROL_PORT: '0',
      SANDBOX_GOOGLE_PORT: String(google),
      SANDBOX_MICROSOFT_PORT: '0',
      SANDBOX_EXCHANGE_PORT: '0',
      SANDBOX_LATENCY_MS: String(latencyMs),
      LOG_LEVEL: 'warn',
    },
    logFile: join(home, `${name}.log`),
    ready: () => waitFor(async () => Boolean(await addresses()), { timeoutMs: 30_000, what: 'the simulator' }),
  });
  await sandbox.start();
  try {
    return await work(await addresses());
  } finally {
    await sandbox.stop();
  }
}

/** The environment of a stack with servers of its own, whatever this shell points at. */
export function ownStackEnv(env, more = {}) {
  const foreign = [
    'MONGODB_URI',
    'NATS_URL',
    ...CLIENTS.flatMap(({ id, secret }) => [id, secret]),
    ...SIMULATED.flatMap(({ addresses }) => addresses),
    'PUBLIC_URL',
  ];
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.includes(name))), ...more };
}
