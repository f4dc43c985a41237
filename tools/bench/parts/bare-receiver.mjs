/** First hop of the bare chain: `node:http` takes the provider's call, one majority write, one message on the broker, then 204. */
import { createServer } from 'node:http';
import { MongoClient } from 'mongodb';
import { connect } from 'nats';
import { carryOutOrders } from './child.mjs';

async function serve({ mongodb, dbName, nats, subject }) {
  const calendars = (await new MongoClient(mongodb).connect()).db(dbName).collection('calendars');
  const broker = await connect(nats);
  const take = async (channelId) => {
    await calendars.updateOne({ channelId }, { $inc: { requested: 1 } }, { writeConcern: { w: 'majority' } });
    broker.publish(subject, channelId);
  };
  const server = createServer((request, response) => {
    request.resume();
    take(request.headers['x-goog-channel-id']).then(
      () => response.writeHead(204).end(),
      (error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/` };
}

carryOutOrders(({ type, ...order }) => ({ serve })[type](order));
