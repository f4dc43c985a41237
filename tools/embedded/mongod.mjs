/** MongoDB as a replica set of one: transactions and change streams need a set. Loopback only, data stays in its folder. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManagedProcess } from '../processes/managed-process.mjs';
import { runCommand } from '../processes/run-command.mjs';
import { REPLICA_SET } from './replica-set-name.mjs';
import { endOrphan } from './orphan.mjs';

const START_MS = 60_000;

/** Base address of the set, without a database. */
export const mongoUri = (port) => `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;

/**
 * @param {{ executable: string, dataFolder: string, port: number, logFile: string, cacheGb?: number,
 *   onDied?: (event: { name: string, how: string, delayMs: number }) => void }} given
 * @returns {Promise<ManagedProcess>} started and writable; a start after a crash recovers from the journal
 */
export async function startMongod({ executable, dataFolder, port, logFile, cacheGb = 0.5, onDied }) {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await endOrphan(join(dataFolder, 'mongod.lock'), dataFolder);
  const mongod = new ManagedProcess({
    name: 'mongod',
    command: executable,
    args: [
      ...['--dbpath', dataFolder, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', REPLICA_SET],
      ...['--wiredTigerCacheSizeGB', String(cacheGb), '--oplogSize', '512', '--nounixsocket', '--quiet'],
      ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    ],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LC_ALL: 'C' },
    logFile,
    patienceMs: 20_000,
    onDied,
    ready: () => becomeWritable(port),
  });
  await mongod.start();
  return mongod;
}

/** In a process of its own: the driver would stay in the memory of the one that only watches. */
async function becomeWritable(port) {
  const script = fileURLToPath(new URL('./become-writable.mjs', import.meta.url));
  await runCommand(process.execPath, [script, String(port)], { timeoutMs: 2 * START_MS });
}
