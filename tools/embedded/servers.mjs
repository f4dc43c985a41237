import { join } from 'node:path';
import { freePort } from '../processes/free-port.mjs';
import { cacheFolder } from './cache.mjs';
import { obtainMongod } from './mongod-sources.mjs';
import { mongoUri, startMongod } from './mongod.mjs';
import { obtainNatsServer } from './nats-sources.mjs';
import { natsUrl, startNatsServer } from './nats-server.mjs';

/**
 * One MongoDB and one NATS for tests and developers: no users, free ports. A server named in the environment is used
 * instead of one of our own.
 * @param {{ home: string, env?: NodeJS.ProcessEnv, report: ReturnType<typeof import('../processes/report.mjs').createReport> }} given
 * @returns {Promise<{ env: { MONGODB_URI: string, NATS_URL: string }, stop(): Promise<void> }>}
 */
export async function startTestServers({ home, env = process.env, report }) {
  const started = [];
  const cache = cacheFolder(env);
  const mongod = async () => {
    if (env.MONGODB_URI) return env.MONGODB_URI;
    const { path: executable } = await obtainMongod({ cache, report });
    const port = await freePort();
    const dataFolder = join(home, 'mongo');
    started.push(await startMongod({ executable, dataFolder, port, logFile: join(home, 'logs', 'mongod.log') }));
    return mongoUri(port);
  };
  const nats = async () => {
    if (env.NATS_URL) return env.NATS_URL;
    const { path: executable, canSetSync } = await obtainNatsServer({ cache, report });
    const port = await freePort();
    const files = { dataFolder: join(home, 'nats'), configFile: join(home, 'nats.conf') };
    const logFile = join(home, 'logs', 'nats.log');
    started.push(await startNatsServer({ executable, canSetSync, port, logFile, ...files }));
    return natsUrl(port);
  };
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
  };
  const [database, broker] = await Promise.allSettled([mongod(), nats()]);
  const failed = [database, broker].find(({ status }) => status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { env: { MONGODB_URI: database.value, NATS_URL: broker.value }, stop };
}
