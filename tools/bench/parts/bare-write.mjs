/**
 * The least that could schedule a meeting: `node:http`, one majority transaction that keeps what is meant, one request to the
 * provider, one majority transaction with what came of it, then the answer.
 */
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { carryOutOrders } from './child.mjs';

const majority = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } };
const COLLECTIONS = ['meetings', 'occurrences', 'ledger', 'outbox', 'calendars'];

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text);
}

async function serve({ mongodb, dbName, url, token }) {
  const client = await new MongoClient(mongodb).connect();
  const db = client.db(dbName);
  for (const name of COLLECTIONS) await db.createCollection(name);
  await db.collection('calendars').insertOne({ _id: 'calendar', rev: 0 });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const inTransaction = (work) =>
    client.withSession((session) => session.withTransaction(() => work(session), majority));
  const raise = (session) =>
    db.collection('calendars').updateOne({ _id: 'calendar' }, { $inc: { rev: 1 } }, { session });

  const intend = (_id, content) =>
    inTransaction(async (session) => {
      await db.collection('meetings').insertOne({ _id, content, pending: { operation: 'create' } }, { session });
      await db.collection('ledger').insertOne({ itemId: _id, at: new Date() }, { session });
      await raise(session);
    });
  const create = async (body) => {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const event = JSON.parse(await response.text());
    if (!response.ok) throw new Error(JSON.stringify(event));
    return event;
  };
  const settle = (_id, event) =>
    inTransaction(async (session) => {
      const set = { $set: { pending: null, remoteId: event.id, remoteVersion: event.etag } };
      await db.collection('meetings').updateOne({ _id }, set, { session });
      const startsAt = new Date(event.start.dateTime);
      await db.collection('occurrences').insertOne({ _id, startsAt }, { session });
      await db.collection('outbox').insertOne({ body: JSON.stringify(event), publishedAt: null }, { session });
      await raise(session);
    });

  const answer = async (request, response) => {
    const body = await bodyOf(request);
    const id = randomUUID();
    await intend(id, body);
    const event = await create(body);
    await settle(id, event);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id, ...event }));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(error.message));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/` };
}

carryOutOrders(({ type, ...order }) => ({ serve })[type](order));
