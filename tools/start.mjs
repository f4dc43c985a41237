/** `npm start`: everything on one machine, in the foreground, until Ctrl-C. Data stays in DAYBOOK_HOME. */
import { join } from 'node:path';
import { cacheFolder } from './embedded/cache.mjs';
import { prepareModules } from './embedded/modules.mjs';
import { obtainNatsServer } from './embedded/nats-sources.mjs';
import { endWithNpm } from './processes/end-with-npm.mjs';
import { createReport } from './processes/report.mjs';
import { root } from './stack/paths.mjs';
import { withEnvFile } from './stack/env-file.mjs';

const report = createReport();
let stack = null;
let ending = false;

async function end(code) {
  if (ending) return;
  ending = true;
  clearInterval(keepAlive);
  report.say('Ending …');
  await stack?.stop();
  process.exit(code);
}

const keepAlive = setInterval(() => {}, 60_000);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
endWithNpm(() => end(0));

function welcome({ addresses, home, demo, invitation }) {
  const names = {
    portal: 'Portal',
    control: 'Simulators',
    google: 'Google (simulated)',
    microsoft: 'Microsoft (simulated)',
    exchange: 'Exchange (simulated)',
    nats: 'Events',
    mongodb: 'Database',
  };
  for (const [key, label] of Object.entries(names)) {
    if (addresses[key]) report.say(`  ${label.padEnd(22)} ${addresses[key].replace(/\/\/[^@/]*@/, '//')}`);
  }
  report.say(`  ${'Data, logs, keys'.padEnd(22)} ${home}`);
  if (invitation) report.say(invitation);
  if (!demo) return;
  report.say('Sign in (password daybook):');
  report.say('  admin@example.com    administrator');
  report.say('  ada@example.com      member, phone licence');
  report.say('  ben@example.com      member, phone licence');
  report.say('  cleo@example.com     member');
}

try {
  const env = withEnvFile(process.env, join(root, '.env'));
  // The broker needs no packages: at the very first start it is fetched beside them. If that fails, it is tried again and told.
  const broker = env.NATS_URL ? null : obtainNatsServer({ cache: cacheFolder(env), report }).catch(() => {});
  await Promise.all([prepareModules({ root, report }), broker]);
  // Only now: what it imports may have just been installed.
  const { startStack } = await import('./stack/start-stack.mjs');
  const starting = startStack({ env, report });
  starting.then((started) => (ending ? started.stop() : undefined)).catch(() => {});
  stack = await starting;
  if (!ending) {
    welcome(stack);
    report.say(`Daybook is ready at ${stack.addresses.portal}`);
  }
} catch (error) {
  if (!ending) {
    report.warn(error.message);
    process.exit(1);
  }
}
