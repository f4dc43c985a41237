/**
 * `node tools/dev-servers.mjs`: one MongoDB and one NATS for integration tests, in the foreground until Ctrl-C. Prints the
 * line to put into another shell; `--write FILE` writes it there as well.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestServers } from './embedded/servers.mjs';
import { createReport } from './processes/report.mjs';
import { lockHome } from './stack/home-lock.mjs';

const { values } = parseArgs({
  options: { home: { type: 'string', default: '.daybook-dev' }, write: { type: 'string' } },
});
const report = createReport();
// Its own servers, also in a shell where the addresses of others are set.
const env = { ...process.env, MONGODB_URI: '', NATS_URL: '' };
const home = resolve(values.home);
await mkdir(home, { recursive: true, mode: 0o700 });
try {
  await lockHome(home);
  const servers = await startTestServers({ home, env, report });
  const line = `export MONGODB_URI='${servers.env.MONGODB_URI}' NATS_URL='${servers.env.NATS_URL}'`;
  if (values.write) await writeFile(values.write, `${line}\n`);
  report.say(line);
  const keepAlive = setInterval(() => {}, 60_000);
  const end = async () => {
    clearInterval(keepAlive);
    await servers.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
} catch (error) {
  report.warn(error.message);
  process.exit(1);
}
