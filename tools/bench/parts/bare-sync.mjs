/** The floor of a first sync: a page loop that parses, then the driver's bulk insert of documents it was given. No library of ours. */
import { MongoClient } from 'mongodb';
import { carryOutOrders } from './child.mjs';

let client = null;
/** By collection: documents, and the indexes they were found with. */
let kept = {};

async function keep({ mongodb, dbName }) {
  client ??= await new MongoClient(mongodb).connect();
  const db = client.db(dbName);
  kept = {};
  for (const name of ['meetings', 'occurrences', 'ledger', 'outbox', 'sync_runs']) {
    const documents = await db.collection(name).find().sort({ $natural: 1 }).toArray();
    const indexes = (await db.collection(name).indexes()).filter((index) => index.name !== '_id_');
    kept[name] = { documents, indexes: indexes.map(({ v: _version, ...index }) => index) };
  }
  return Object.fromEntries(Object.entries(kept).map(([name, { documents }]) => [name, documents.length]));
}

async function prepare({ dbName }) {
  const db = client.db(dbName);
  for (const [name, { indexes }] of Object.entries(kept)) {
    await db.createCollection(name);
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
  }
}

async function pageLoop({ url, token, prefer }) {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...(prefer ? { prefer } : {}) };
  const pages = [];
  let next = new URL(url);
  for (;;) {
    const response = await fetch(next, { headers });
    const page = JSON.parse(await response.text());
    if (!response.ok) throw new Error(JSON.stringify(page));
    pages.push((page.items ?? page.value).map(({ id }) => id));
    const link = page['@odata.nextLink'];
    if (link) next = new URL(link);
    else if (page.nextPageToken) next.searchParams.set('pageToken', page.nextPageToken);
    else return pages;
  }
}

async function run({ url, prefer, token, dbName, write }) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const pages = await pageLoop({ url, token, prefer });
  const read = performance.now();
  if (write) {
    const db = client.db(dbName);
    for (const [name, { documents }] of Object.entries(kept)) {
      if (documents.length > 0) await db.collection(name).insertMany(documents, { ordered: false });
    }
    const runs = pages.map((remoteIds, page) => ({ _id: `lst_${page}`, calendarId: 'cal', generation: 1, remoteIds }));
    await db.collection('sync_runs').insertMany(runs);
  }
  const ended = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: ended - started, readMs: read - started, cpuMs: (user + system) / 1000, pages: pages.length };
}

carryOutOrders(({ type, ...order }) => ({ keep, prepare, run })[type](order));
