/** The floor of a list: `node:http`, the driver, the two queries of a page, and the same bytes written by JSON.stringify. */
import { createServer } from 'node:http';
import { MongoClient } from 'mongodb';
import { carryOutOrders } from './child.mjs';

const DAYS_AHEAD_MS = 400 * 86_400_000;

async function serve({ mongodb, dbName, userId, calendarIds, longestMs, answer }) {
  const db = (await new MongoClient(mongodb, { maxPoolSize: 20 }).connect()).db(dbName);
  const occurrences = db.collection('occurrences');
  const meetings = db.collection('meetings');

  async function page() {
    const now = Date.now();
    const from = new Date(now);
    const rows = await occurrences
      .find({
        userId,
        startsAt: { $gte: new Date(now - longestMs), $lt: new Date(now + DAYS_AHEAD_MS) },
        $or: [{ endsAt: { $gt: from } }, { startsAt: { $gte: from } }],
        calendarId: { $in: calendarIds },
      })
      .sort({ startsAt: 1, _id: 1 })
      .limit(51)
      .toArray();
    const ids = [...new Set(rows.slice(0, 50).map(({ itemId }) => itemId))];
    await meetings.find({ _id: { $in: ids } }, { projection: { 'content.description': 0 } }).toArray();
    return JSON.stringify(answer);
  }

  const server = createServer((_request, response) => {
    page().then(
      (text) => {
        const bytes = Buffer.from(text);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
        response.end(bytes);
      },
      (error) => {
        response.writeHead(500);
        response.end(error.message);
      },
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/` };
}

carryOutOrders(({ type, ...order }) => ({ serve })[type](order));
