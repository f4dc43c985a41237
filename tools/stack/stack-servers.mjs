/** Database and broker of one stack: the operator's, or embedded ones with their data in the home. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../embedded/cache.mjs';
import { obtainMongod } from '../embedded/mongod-sources.mjs';
import { mongoUri, startMongod } from '../embedded/mongod.mjs';
import { obtainNatsServer } from '../embedded/nats-sources.mjs';
import { natsUrl, startNatsServer } from '../embedded/nats-server.mjs';
import { natsUsers } from './nats-users.mjs';

/**
 * Finds the programs, which may take minutes at the very first start and nothing later.
 * @returns {Promise<{ mongod?: { path: string }, nats?: { path: string, canSetSync: boolean } }>} absent: the operator's server
 */
export async function findServers({ settings, report }) {
  const cache = cacheFolder(settings.env);
  const [mongod, nats] = await Promise.all([
    settings.mongodbUri ? undefined : obtainMongod({ cache, report }),
    settings.natsUrl ? undefined : obtainNatsServer({ cache, report }),
  ]);
  return { mongod, nats };
}

/** Addresses of database and broker, known before they run. */
export const serverAddresses = ({ settings, ports }) => ({
  mongodb: settings.mongodbUri ?? mongoUri(ports.mongod),
  nats: settings.natsUrl ?? natsUrl(ports.nats),
});

/**
 * Starts those that are ours.
 * @param {object} given `programs` from `findServers`, `passwords` of the broker's users
 * @param {(server: import('../processes/managed-process.mjs').ManagedProcess) => void} given.onStarted told as each serves
 * @returns {Promise<(() => Promise<void>) | undefined>} takes the broker's volume away and starts it again
 */
export async function startServers({ settings, ports, programs, passwords, onStarted, onDied }) {
  const { home } = settings;
  const logFile = (name) => join(home, 'logs', `${name}.log`);
  const storeFolder = join(home, 'nats');
  const database = async () => {
    if (!programs.mongod) return;
    const where = { dataFolder: join(home, 'mongo'), port: ports.mongod, logFile: logFile('mongod') };
    onStarted(await startMongod({ executable: programs.mongod.path, ...where, onDied }));
  };
  const broker = async () => {
    if (!programs.nats) return undefined;
    const { path: executable, canSetSync } = programs.nats;
    const users = natsUsers.map((user) => ({ ...user, password: passwords[user.user] }));
    const files = { dataFolder: storeFolder, configFile: join(home, 'nats-server.conf'), logFile: logFile('nats') };
    const server = await startNatsServer({ executable, canSetSync, port: ports.nats, users, onDied, ...files });
    onStarted(server);
    return server;
  };
  const results = await Promise.allSettled([broker(), database()]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  const nats = results[0].value;
  if (!nats) return undefined;
  return async () => {
    await nats.stop('SIGKILL');
    await rm(join(storeFolder, 'jetstream'), { recursive: true, force: true });
    await nats.start();
  };
}
