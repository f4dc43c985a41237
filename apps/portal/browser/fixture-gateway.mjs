import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createReport } from '../../../tools/processes/report.mjs';
import { buildChanged } from '../../../tools/stack/build.mjs';
import { createWorld } from './fixtures/world.mjs';

const built = fileURLToPath(new URL('../../../dist/apps/portal', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
/** The gateway's own policy, so that a page that breaks it breaks here too. */
const policy =
  "default-src 'self'; base-uri 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'";

/**
 * The built portal in front of fixtures instead of services: every state can be looked at without making it happen. Answers
 * have the gateway's shapes; `world` is changed by the caller while it runs. Builds the portal if its sources have changed.
 */
export async function startFixtureGateway({ port = 0 } = {}) {
  await buildChanged({ services: [], report: createReport({ quiet: true }) });
  let world = createWorld();
  const server = createServer((request, response) => {
    handle(world, request, response).catch((error) => {
      response.writeHead(500, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'internal_error', detail: String(error), correlationId: 'cor_fixture' }));
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = `http://localhost:${server.address().port}`;
  return {
    address,
    get world() {
      return world;
    },
    /** Everything as at first, for the next look. */
    renew: () => (world = createWorld()),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

async function handle(world, request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (!url.pathname.startsWith('/v1/')) return sendFile(world, url.pathname, response);
  if (url.pathname === '/v1/stream' && !world.down) return openStream(world, response);
  if (world.slow && url.pathname === '/v1/meetings') return;
  const body = await readJson(request);
  const answer = world.answer(request.method, url, body, request.headers);
  if (answer === null) return request.socket.destroy();
  if (answer.events) return sendEvents(answer, response);
  const { status = 200, json, headers = {} } = answer;
  response.writeHead(status, {
    'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
    ...headers,
  });
  response.end(json === undefined ? '' : JSON.stringify(json));
}

function openStream(world, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(': open\n\n');
  const tell = (event) => response.write(`event: ${event}\ndata: {"cursor":"1"}\n\n`);
  world.listeners.add(tell);
  world.streams.add(response);
  response.on('close', () => {
    world.listeners.delete(tell);
    world.streams.delete(response);
  });
}

function sendEvents({ events, open }, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  for (const [event, data] of events) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  if (!open) response.end();
}

async function sendFile(world, path, response) {
  const name = extname(path) === '' ? 'index.html' : normalize(path).replace(/^[/\\]+/, '');
  const packed = await readFile(join(built, `${name}.gz`)).catch(() => null);
  const content = packed ?? (await readFile(join(built, name)).catch(() => null));
  if (content === null) return response.writeHead(404).end();
  if (name.endsWith('.js')) world.scriptBytes += content.length;
  response.writeHead(200, {
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(content);
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await startFixtureGateway({ port: Number(process.env.PORT ?? 0) });
  process.stdout.write(`Fixtures at ${address} (any password; admin@example.com is an administrator)\n`);
}
