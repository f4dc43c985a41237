/**
 * Waits for the MongoDB on the port given as the only argument, makes it a replica set of one where it is none, and waits
 * until it takes writes.
 */
import { MongoClient } from 'mongodb';
import { waitFor } from '../processes/wait-for.mjs';
import { REPLICA_SET } from './replica-set-name.mjs';

const NOT_YET_INITIALIZED = 94;
const START_MS = 60_000;

async function becomeWritable(port) {
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
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
    return;
  }
  if (config.members.length === 1 && config.members[0].host === host) return;
  const members = [{ ...config.members[0], host }];
  await admin.command({ replSetReconfig: { ...config, members, version: config.version + 1 }, force: true });
}

try {
  await becomeWritable(Number(process.argv[2]));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
