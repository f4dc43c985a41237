/** Clients in a process of their own: each asks, reads the whole answer and asks again, on a connection kept alive. */
import { Agent, get } from 'node:http';
import { carryOutOrders } from './child.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const once = (url, headers) =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (part) => (bytes += part.length));
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${response.statusCode}`)),
      );
    }).on('error', reject);
  });

let asked = 0;

/** The same page with a beginning nobody has asked for before: it cannot have been kept from an earlier request. */
function unseen(url) {
  asked += 1;
  const address = new URL(url);
  address.searchParams.set('from', new Date(Date.now() + asked).toISOString());
  return address;
}

/** @returns milliseconds a request, as the clients together got them, and the bytes of one answer */
async function read({ url, headers, clients, requests, fresh }) {
  let left = requests;
  let bytes = 0;
  const started = performance.now();
  const client = async () => {
    while (left > 0) {
      left -= 1;
      bytes = await once(fresh ? unseen(url) : url, headers);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { ms: (performance.now() - started) / requests, bytes };
}

carryOutOrders(({ type, ...order }) => ({ read })[type](order));
