/**
 * The least that could carry a change from the provider to a waiting client: a receiver, a consumer and a stream, each a process
 * of its own as in the product, on the same database and broker. Its mailbox has a channel of its own at the same simulator.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { startChild } from './child.mjs';

const DB = 'bench_bare_chain';
const script = (name) => fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
/** Nobody else listens to these and no stream keeps them; who says and who hears them has the rights of the service in that place. */
const SUBJECTS = { subject: 'calendar.bare.told', changed: 'push.bare.changed' };

async function brokerAs(user, stack) {
  const pass = (await readFile(join(stack.home, `nats-${user}.password`), 'utf8')).trim();
  return { servers: stack.addresses.nats, user, pass };
}

/** The sync token after everything there is. */
async function readToTheEnd(mailbox, path) {
  for (let pageToken = ''; ;) {
    const page = await mailbox.api('GET', `${path}?maxResults=2500${pageToken && `&pageToken=${pageToken}`}`);
    if (page.nextSyncToken) return page;
    pageToken = page.nextPageToken;
  }
}

/** @returns {Promise<{ url: string, end(): Promise<void> }>} `url`: the stream to wait at */
export async function startBareChain({ stack, mailbox }) {
  const door = { nats: await brokerAs('gateway', stack), ...SUBJECTS };
  const service = { nats: await brokerAs('calendar-svc', stack), ...SUBJECTS };
  const { mongodb } = stack.addresses;
  const children = ['bare-receiver', 'bare-consumer', 'bare-stream'].map((name) => startChild(script(name)));
  const [receiver, consumer, stream] = children;
  const end = () => Promise.all(children.map((child) => child.end()));
  try {
    const path = '/calendars/primary/events';
    const id = randomUUID();
    const client = await new MongoClient(mongodb).connect();
    const calendar = { channelId: id, requested: 0, served: 0, rev: 0 };
    await client.db(DB).collection('calendars').insertOne(calendar);
    await client.db(DB).collection('calendars').createIndex({ channelId: 1 });
    for (const name of ['meetings', 'occurrences', 'ledger', 'outbox']) await client.db(DB).createCollection(name);
    await client.close();
    const { url: address } = await receiver.order({ type: 'serve', mongodb, dbName: DB, ...door });
    const { nextSyncToken: syncToken } = await readToTheEnd(mailbox, path);
    const where = { url: `${mailbox.base}/calendar/v3${path}`, token: mailbox.token, syncToken };
    await consumer.order({ type: 'consume', mongodb, dbName: DB, ...service, ...where });
    const { url } = await stream.order({ type: 'serve', ...door });
    await mailbox.api('POST', `${path}/watch`, { id, type: 'web_hook', address });
    return { url, end };
  } catch (error) {
    await end();
    throw error;
  }
}
