/** Database and broker of one stack: the operator's, or embedded ones with their data in the home. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../embedded/cache.mjs';
import { obtainMongod } from '../embedded/mongod-sources.mjs';
import { mongoUri, startMongod } from '../embedded/mongod.mjs';
import { obtainNatsServer } from '../embedded/nats-sources.mjs';
import { natsUrl, startNatsServer } from '../embedded/nats-server.mjs';
import { natsPasswords } from './home.mjs';
import { natsUsers } from './nats-users.mjs';

/**
 * @returns {Promise<{ servers: { mongodb: string, nats: string }, passwords: Record<string, string>, processes: object[],
 *   wipeBroker: (() => Promise<void>) | null }>} `processes` in the order in which they are to be ended, last first
 */
export async function startServers({ settings, ports, report, onDied }) {
  const { home } = settings;
  const cache = cacheFolder(settings.env);
  const logFile = (name) => join(home, 'logs', `${name}.log`);
  const passwords = await natsPasswords(home);

  const database = async () => {
    if (settings.mongodbUri) return null;
    const { path: executable } = await obtainMongod({ cache, report });
    const dataFolder = join(home, 'mongo');
    return startMongod({ executable, dataFolder, port: ports.mongod, logFile: logFile('mongod'), onDied });
  };
  const storeFolder = join(home, 'nats');
  const broker = async () => {
    if (settings.natsUrl) return null;
    const { path: executable, canSetSync } = await obtainNatsServer({ cache, report });
    const users = natsUsers.map((user) => ({ ...user, password: passwords[user.user] }));
    const files = { dataFolder: storeFolder, configFile: join(home, 'nats-server.conf'), logFile: logFile('nats') };
    return startNatsServer({ executable, canSetSync, port: ports.nats, users, onDied, ...files });
  };

  const results = await Promise.allSettled([database(), broker()]);
  const processes = results.flatMap(({ value }) => (value ? [value] : []));
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) {
    await Promise.all(processes.map((server) => server.stop()));
    throw failed.reason;
  }
  const nats = results[1].value;
  const wipeBroker =
    nats &&
    (async () => {
      await nats.stop('SIGKILL');
      await rm(join(storeFolder, 'jetstream'), { recursive: true, force: true });
      await nats.start();
    });
  return {
    servers: {
      mongodb: settings.mongodbUri ?? mongoUri(ports.mongod),
      nats: settings.natsUrl ?? natsUrl(ports.nats),
    },
    passwords,
    processes,
    wipeBroker,
  };
}
