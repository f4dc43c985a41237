/**
 * Middle of the bare chain: hears of a call, fetches what changed from the provider, writes the same kinds of documents in one
 * majority transaction by the driver alone, and says so on the broker.
 */
import { MongoClient } from 'mongodb';
import { connect } from 'nats';
import { carryOutOrders } from './child.mjs';

const majority = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } };

async function consume({ mongodb, dbName, nats, subject, changed, url, token, syncToken }) {
  const client = await new MongoClient(mongodb).connect();
  const db = client.db(dbName);
  const broker = await connect(nats);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  let cursor = syncToken;
  let runs = Promise.resolve();

  const fetchDelta = async () => {
    const address = new URL(url);
    address.searchParams.set('syncToken', cursor);
    const response = await fetch(address, { headers });
    const page = JSON.parse(await response.text());
    if (!response.ok) throw new Error(JSON.stringify(page));
    return page;
  };
  const store = async ({ items, nextSyncToken }, channelId, session) => {
    const at = new Date();
    for (const item of items) {
      const set = { $set: { content: item, at }, $inc: { sequence: 1 } };
      const before = await db.collection('meetings').findOneAndUpdate({ _id: item.id }, set, { session, upsert: true });
      const row = { startsAt: new Date(item.start?.dateTime ?? at), at };
      await db.collection('occurrences').updateOne({ _id: item.id }, { $set: row }, { session, upsert: true });
      await db.collection('ledger').insertOne({ itemId: item.id, before, at }, { session });
      await db.collection('outbox').insertOne({ body: JSON.stringify(item), publishedAt: null }, { session });
    }
    const served = { $inc: { rev: 1, served: 1 }, $set: { cursor: nextSyncToken } };
    await db.collection('calendars').updateOne({ channelId }, served, { session });
  };
  const run = async (channelId) => {
    const page = await fetchDelta();
    cursor = page.nextSyncToken;
    // Two calls for one change: the second finds nothing.
    if (page.items.length === 0) return;
    await client.withSession((session) => session.withTransaction(() => store(page, channelId, session), majority));
    broker.publish(changed, cursor);
  };

  broker.subscribe(subject, {
    callback: (_error, message) => {
      runs = runs.then(() => run(message.string())).catch((error) => console.error(error));
    },
  });
  await broker.flush();
  return {};
}

carryOutOrders(({ type, ...order }) => ({ consume })[type](order));
