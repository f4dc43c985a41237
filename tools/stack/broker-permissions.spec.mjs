/** The rules of the broker, tried on a real one: what the table says is what the server does. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect, StringCodec } from 'nats';
import { cacheFolder } from '../embedded/cache.mjs';
import { obtainNatsServer } from '../embedded/nats-sources.mjs';
import { natsUrl, startNatsServer } from '../embedded/nats-server.mjs';
import { freePort } from '../processes/free-port.mjs';
import { createReport } from '../processes/report.mjs';
import { inboxPrefix, natsUsers } from './nats-users.mjs';

const text = StringCodec();
let home;
let server;
let url;
const open = [];

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'daybook-broker-'));
  const { path: executable, canSetSync } = await obtainNatsServer({ cache: cacheFolder(), report: createReport() });
  const port = await freePort();
  url = natsUrl(port);
  const users = natsUsers.map((user) => ({ ...user, password: `of ${user.user}` }));
  const files = {
    dataFolder: join(home, 'data'),
    configFile: join(home, 'nats.conf'),
    logFile: join(home, 'nats.log'),
  };
  server = await startNatsServer({ executable, canSetSync, port, users, ...files });
});

after(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await server?.stop();
  await rm(home, { recursive: true, force: true });
});

async function as(user, options = { inboxPrefix: inboxPrefix(user) }) {
  const connection = await connect({ servers: url, user, pass: `of ${user}`, timeout: 5_000, ...options });
  open.push(connection);
  return connection;
}

/** Sends, and resolves to what the server thought of it. */
async function complaint(connection, act) {
  const complaints = [];
  const watching = (async () => {
    for await (const { type, data } of connection.status()) {
      if (type === 'error') complaints.push(String(data));
    }
  })();
  watching.catch(() => {});
  act();
  await connection.flush();
  await new Promise((resolve) => setTimeout(resolve, 50));
  return complaints.join();
}

describe('the broker', () => {
  it('lets nobody in without a password', async () => {
    await assert.rejects(connect({ servers: url, reconnect: false }), /AUTHORIZATION_VIOLATION|Authorization/i);
  });

  it('lets calendar-svc ask for access and read the answer', async () => {
    const auth = await as('auth-svc');
    auth.subscribe('auth.access.get', {
      queue: 'auth',
      callback: (_, message) => message.respond(text.encode('token')),
    });
    await auth.flush();
    const calendar = await as('calendar-svc');
    const answer = await calendar.request('auth.access.get', '', { timeout: 2_000 });
    assert.equal(text.decode(answer.data), 'token');
  });

  for (const user of ['gateway', 'admin-svc', 'events-reader']) {
    it(`refuses ${user} that asks for access`, async () => {
      const connection = await as(user);
      assert.match(await complaint(connection, () => connection.publish('auth.access.get')), /PERMISSIONS/i);
    });
  }

  it('refuses one service the inbox of another', async () => {
    const connection = await as('gateway');
    const act = () => connection.subscribe('_INBOX_calendar-svc.>');
    assert.match(await complaint(connection, act), /PERMISSIONS/i);
  });

  it('keeps streams from being deleted, and the gateway from making one that listens to others', async () => {
    const calendar = await (await as('calendar-svc')).jetstreamManager();
    await calendar.streams.add({ name: 'DAYBOOK_EVENTS', subjects: ['evt.>'] });
    await assert.rejects(calendar.streams.delete('DAYBOOK_EVENTS'));
    const gateway = await (await as('gateway')).jetstreamManager();
    await assert.rejects(gateway.streams.add({ name: 'SPY', subjects: ['_INBOX_calendar-svc.>'] }));
  });

  it('gives events to a plain client with the usual inbox, durable and ordered', async () => {
    const calendar = await as('calendar-svc');
    await calendar.jetstream().publish('evt.calendar.meeting.created.v1', text.encode('one'));
    const reader = await as('events-reader', {});
    const manager = await reader.jetstreamManager();
    await manager.consumers.add('DAYBOOK_EVENTS', { durable_name: 'mine', ack_policy: 'explicit' });
    const durable = await (await reader.jetstream().consumers.get('DAYBOOK_EVENTS', 'mine')).next({ expires: 2_000 });
    assert.equal(text.decode(durable.data), 'one');
    assert.equal(await durable.ackAck(), true);
    const ordered = await (await reader.jetstream().consumers.get('DAYBOOK_EVENTS')).next({ expires: 2_000 });
    assert.equal(text.decode(ordered.data), 'one');
  });

  it('takes no events from a reader of events', async () => {
    const reader = await as('events-reader', {});
    const act = () => reader.publish('evt.calendar.meeting.created.v1');
    assert.match(await complaint(reader, act), /PERMISSIONS/i);
  });
});
