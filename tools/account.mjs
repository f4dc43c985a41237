/** `npm run account -- NAME --admin EMAIL`: another account (tenant) with its first administrator, in the running stack's database. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareModules } from './embedded/modules.mjs';
import { createReport } from './processes/report.mjs';
import { withEnvFile } from './stack/env-file.mjs';
import { root } from './stack/paths.mjs';
import { runningStack } from './stack/running-stack.mjs';

const report = createReport();

/** The environment auth-svc itself has: from the running stack, else from the operator's own servers. */
async function authEnvironment(settings) {
  const { masterKey, natsPasswords, openHome, rememberedPorts } = await import('./stack/home.mjs');
  const { servicePlan } = await import('./stack/services.mjs');
  const { SIMULATED } = await import('./stack/simulated.mjs');
  const run = await runningStack(settings.home);
  const mongodb = settings.mongodbUri ?? run?.mongodb;
  if (!mongodb) throw new Error('Daybook does not run. Start it first (npm start), or set MONGODB_URI.');
  await openHome(settings.home);
  const secrets = {
    masterKey: await masterKey(settings.home, settings.env.MASTER_KEY),
    nats: await natsPasswords(settings.home),
  };
  const portOf = (address, fallback) => Number(address ? new URL(address).port : 0) || fallback;
  const ports = {
    gateway: portOf(run?.gateway, settings.ports.gateway),
    control: portOf(run?.control, settings.ports.control),
    ...Object.fromEntries(SIMULATED.map(({ key }) => [key, portOf(run?.[key], settings.ports[key])])),
    authHttp: (await rememberedPorts(settings.home)).authHttp ?? 0,
  };
  const servers = { mongodb, nats: settings.natsUrl ?? run?.nats?.url ?? 'nats://127.0.0.1:4222' };
  const plan = servicePlan({ settings, ports, servers, secrets, demo: false });
  return plan.find(({ name }) => name === 'auth-svc');
}

try {
  await prepareModules({ root, report });
  const { readSettings } = await import('./stack/settings.mjs');
  const { buildChanged } = await import('./stack/build.mjs');
  const settings = readSettings(withEnvFile(process.env, join(root, '.env')), root);
  const { script, env } = await authEnvironment(settings);
  await buildChanged({ services: ['auth-svc'], portal: false, report });
  const { nodeFlags } = await import('./stack/services.mjs');
  const args = [...nodeFlags('auth-svc'), script, 'account', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
} catch (error) {
  report.warn(error.message);
  process.exitCode = 1;
}
