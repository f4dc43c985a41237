/** MongoDB as a replica set of one: transactions and change streams need a set. Loopback only, data stays in its folder. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ManagedProcess } from '../processes/managed-process.mjs';
import { waitFor } from '../processes/wait-for.mjs';
import { endOrphan } from './orphan.mjs';

const SET = 'daybook';
const NOT_YET_INITIALIZED = 94;
const START_MS = 60_000;

/** Base address of the set, without a database. */
export const mongoUri = (port) => `mongodb://127.0.0.1:${port}/?replicaSet=${SET}`;

/**
 * @param {{ executable: string, dataFolder: string, port: number, logFile: string, cacheGb?: number,
 *   onDied?: (event: { name: string, how: string, delayMs: number }) => void }} given
 * @returns {Promise<ManagedProcess>} started and writable; a start after a crash recovers from the journal
 */
export async function startMongod({ executable, dataFolder, port, logFile, cacheGb = 0.25, onDied }) {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await endOrphan(join(dataFolder, 'mongod.lock'), dataFolder);
  const mongod = new ManagedProcess({
    name: 'mongod',
    command: executable,
    args: [
      ...['--dbpath', dataFolder, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', SET],
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

async function becomeWritable(port) {
  // Installed by then: the driver is not part of the plain-Node bootstrap.
  const { MongoClient } = await import('mongodb');
  const options = { timeoutMs: START_MS, everyMs: 30 };
  let client;
  const connected = async () => {
    // A client whose first connection was refused stays closed: each try is a new one.
    const attempt = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
      serverSelectionTimeoutMS: 500,
    });
    try {
      client = await attempt.connect();
      return true;
    } catch (error) {
      await attempt.close();
      throw error;
    }
  };
  await waitFor(connected, { ...options, what: 'MongoDB' });
  try {
    const admin = client.db('admin');
    await configureSet(admin, port);
    const isPrimary = async () => (await admin.command({ hello: 1 })).isWritablePrimary;
    await waitFor(isPrimary, { ...options, what: 'the replica set' });
  } finally {
    await client.close();
  }
}

/** Initiates the set, or moves it to our port: a member that does not find itself in the configuration serves nobody. */
async function configureSet(admin, port) {
  const host = `127.0.0.1:${port}`;
  let config;
  try {
    ({ config } = await admin.command({ replSetGetConfig: 1 }));
  } catch (error) {
    if (error.code !== NOT_YET_INITIALIZED) throw error;
    await admin.command({ replSetInitiate: { _id: SET, members: [{ _id: 0, host }] } });
    return;
  }
  if (config.members.length === 1 && config.members[0].host === host) return;
  const members = [{ ...config.members[0], host }];
  await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
}
