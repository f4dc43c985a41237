/** Last hop of the bare chain: `node:http` writes what it hears on the broker to everybody who waits. */
import { createServer } from 'node:http';
import { connect } from 'nats';
import { carryOutOrders } from './child.mjs';

async function serve({ nats, changed }) {
  const broker = await connect(nats);
  const clients = new Set();
  broker.subscribe(changed, {
    callback: (_error, message) => {
      for (const client of clients) client.write(`event: meetings.changed\ndata: ${message.string()}\n\n`);
    },
  });
  await broker.flush();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    clients.add(response);
    response.once('close', () => clients.delete(response));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/` };
}

carryOutOrders(({ type, ...order }) => ({ serve })[type](order));
