/** `npm run sandbox`: the provider simulators alone, in the foreground. Their mailboxes stay in DAYBOOK_HOME. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepareModules } from './embedded/modules.mjs';
import { endWithNpm } from './processes/end-with-npm.mjs';
import { createReport } from './processes/report.mjs';
import { withEnvFile } from './stack/env-file.mjs';
import { root, serviceScript } from './stack/paths.mjs';

const report = createReport();
try {
  await prepareModules({ root, report });
  const { buildChanged } = await import('./stack/build.mjs');
  const { readSettings } = await import('./stack/settings.mjs');
  const { nodeFlags } = await import('./stack/services.mjs');
  const { portVariables, SIMULATED } = await import('./stack/simulated.mjs');
  const { openHome } = await import('./stack/home.mjs');
  const { waitFor } = await import('./processes/wait-for.mjs');
  const { home, ports, env } = readSettings(withEnvFile(process.env, join(root, '.env')), root);
  await openHome(home);
  await buildChanged({ services: ['sandbox'], portal: false, report });
  const settings = {
    SANDBOX_CONTROL_PORT: String(ports.control),
    ...portVariables(ports),
    DAYBOOK_HOME: home,
  };
  const child = spawn(process.execPath, [...nodeFlags('sandbox'), serviceScript('sandbox')], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', TZ: 'UTC', ...settings },
    stdio: 'inherit',
  });
  child.once('exit', (code) => process.exit(code ?? 0));
  // Ctrl-C reaches the child by itself; a signal to this process alone is handed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.kill('SIGTERM'));
  if (ports.control > 0) {
    const answers = async () => (await fetch(`http://127.0.0.1:${ports.control}/health`)).ok;
    await waitFor(answers, { timeoutMs: 30_000, what: 'the sandbox' });
    report.say(`${'Control page'.padEnd(20)} http://localhost:${ports.control}`);
    for (const { key, label } of SIMULATED) report.say(`${label.padEnd(20)} http://localhost:${ports[key]}`);
  }
} catch (error) {
  report.warn(error.message);
  process.exit(1);
}
