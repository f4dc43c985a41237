/** The embedded database, for real: what it promises over crashes and moves. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MongoClient } from 'mongodb';
import { freePort } from '../processes/free-port.mjs';
import { isAlive } from '../processes/is-alive.mjs';
import { createReport } from '../processes/report.mjs';
import { cacheFolder } from './cache.mjs';
import { obtainMongod } from './mongod-sources.mjs';
import { mongoUri, startMongod } from './mongod.mjs';

let home;
let executable;
const started = [];

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'daybook-mongod-'));
  ({ path: executable } = await obtainMongod({ cache: cacheFolder(), report: createReport() }));
});
after(async () => {
  await Promise.all(started.map((server) => server.stop()));
  await rm(home, { recursive: true, force: true });
});

async function start() {
  const port = await freePort();
  const server = await startMongod({
    executable,
    port,
    dataFolder: join(home, 'data'),
    logFile: join(home, 'mongod.log'),
  });
  started.push(server);
  return { server, port };
}

async function using(port, act) {
  const client = new MongoClient(mongoUri(port));
  try {
    return await act(client);
  } finally {
    await client.close();
  }
}

describe('the embedded database', () => {
  it('has transactions, keeps its data over a crash and follows to another port', async () => {
    const first = await start();
    await using(first.port, (client) =>
      client.withSession((session) =>
        session.withTransaction(() => client.db('x').collection('y').insertOne({ _id: 1 }, { session })),
      ),
    );
    await first.server.stop('SIGKILL');
    const second = await start();
    assert.notEqual(second.port, first.port);
    assert.deepEqual(await using(second.port, (client) => client.db('x').collection('y').findOne()), { _id: 1 });
    await second.server.stop();
  });

  it('ends one that was left running on its data', async () => {
    const left = await start();
    const { pid } = left.server;
    const next = await start();
    assert.equal(isAlive(pid), false);
    assert.equal(await using(next.port, (client) => client.db('x').collection('y').countDocuments()), 1);
    await Promise.all([left.server.stop(), next.server.stop()]);
  });
});
