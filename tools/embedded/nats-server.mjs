/** NATS with JetStream, loopback only. Its data may vanish at any time: truth is in the database. */
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ManagedProcess } from '../processes/managed-process.mjs';
import { waitFor } from '../processes/wait-for.mjs';
import { natsConfig } from './nats-config.mjs';
import { endOrphan } from './orphan.mjs';

/** Address of a server on this port, without credentials. */
export const natsUrl = (port) => `nats://127.0.0.1:${port}`;

/**
 * @param {{ executable: string, canSetSync: boolean, dataFolder: string, configFile: string, port: number, logFile: string,
 *   users?: readonly import('./nats-config.mjs').NatsUser[], onDied?: ManagedProcess['spec']['onDied'] }} given
 *   without `users` everybody who reaches the port may do everything: for tests
 * @returns {Promise<ManagedProcess>} started, JetStream ready
 */
export async function startNatsServer({
  executable,
  canSetSync,
  dataFolder,
  configFile,
  port,
  logFile,
  users,
  onDied,
}) {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const pidFile = join(dataFolder, 'nats-server.pid');
  await endOrphan(pidFile, configFile);
  await writeFile(configFile, natsConfig({ port, storeDir: dataFolder, pidFile, canSetSync, users }), { mode: 0o600 });
  const server = new ManagedProcess({
    name: 'nats',
    command: executable,
    args: ['--config', configFile],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    logFile,
    onDied,
    ready: () => waitFor(() => hasJetStream(port), { timeoutMs: 30_000, everyMs: 30, what: 'NATS' }),
  });
  await server.start();
  return server;
}

/** The server greets each connection with a line that says what it can do. */
function hasJetStream(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(1_000, () => socket.destroy(new Error('no greeting')));
    socket.once('error', reject);
    socket.once('data', (greeting) => {
      socket.destroy();
      resolve(/^INFO .*"jetstream":\s*true/.test(greeting.toString('utf8')));
    });
  });
}
