// Renewing a session in a real browser, before a server that takes a refresh cookie once and never again: tabs together, with
// and without Web Locks, and pages that are loaded again while the reply is on its way.
import assert from 'node:assert/strict';
import { createServer, request as ask } from 'node:http';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { launchChromium, openContext } from './chrome.mjs';
import { startFixtureGateway } from './fixture-gateway.mjs';

const TABS = 4;

/** The fixtures behind a server whose refresh cookies are good once; a reply takes `delayMs` from the moment it counts. */
async function startStrictGateway() {
  const fixtures = await startFixtureGateway();
  const strict = { valid: 'cookie-0', refreshes: 0, ended: false, delayMs: 0, seen: () => {} };
  const server = createServer(async (request, response) => {
    if (request.url !== '/v1/auth/refresh') return forward(fixtures.address, request, response);
    strict.refreshes += 1;
    const given = /daybook_refresh_1=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    if (given !== strict.valid) strict.ended = true;
    strict.valid = `cookie-${strict.refreshes}`;
    const mine = strict.valid;
    strict.seen();
    await new Promise((resolve) => setTimeout(resolve, strict.delayMs));
    if (strict.ended) return response.writeHead(401, { 'content-type': 'application/problem+json' }).end('{}');
    const cookies = [`daybook_refresh_1=${mine}; HttpOnly; Path=/v1/auth`, `daybook_refreshed_1=${mine}; Path=/`];
    const user = {
      id: 'usr_ada',
      email: 'ada@example.com',
      name: 'Ada',
      role: 'member',
      language: 'en',
      timeZone: 'UTC',
    };
    response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': cookies });
    response.end(JSON.stringify({ accessToken: 'token', expiresIn: 900, user }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await fixtures.stop();
  };
  return Object.assign(strict, { address: `http://localhost:${server.address().port}`, stop });
}

function forward(address, request, response) {
  const { pathname, search } = new URL(request.url, address);
  const onward = ask(`${address}${pathname}${search}`, { method: request.method, headers: request.headers });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

describe('the session of a browser', () => {
  let browser;
  let gateway;
  let context;
  before(async () => {
    browser = await launchChromium();
  });
  beforeEach(async () => {
    gateway = await startStrictGateway();
    context = await openContext(browser);
    const first = { name: 'daybook_refresh_1', value: 'cookie-0', domain: 'localhost', path: '/v1/auth' };
    await context.addCookies([first]);
  });
  afterEach(async () => {
    await context.close();
    await gateway.stop();
  });
  after(() => browser?.close());

  const shown = (page) => page.getByRole('link', { name: 'Design review', exact: true }).first().waitFor();
  const withoutLocks = () =>
    context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true }));

  for (const [how, prepare] of [
    ['by Web Locks', async () => {}],
    ['without Web Locks', withoutLocks],
  ]) {
    it(`survives ${TABS} tabs that open at once, ${how}`, async () => {
      await prepare();
      gateway.delayMs = 150;
      const pages = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
      await Promise.all(pages.map((page) => page.goto(`${gateway.address}/meetings`)));
      await Promise.all(pages.map(shown));
      assert.equal(gateway.refreshes, TABS);
      assert.equal(gateway.ended, false);
    });

    it(`survives a page that is loaded again in the middle of a refresh, ${how}`, async () => {
      await prepare();
      const page = await context.newPage();
      gateway.delayMs = 700;
      for (let time = 0; time < 3; time += 1) {
        const asked = new Promise((resolve) => (gateway.seen = resolve));
        await page.goto(`${gateway.address}/meetings`, { waitUntil: 'commit' });
        await asked;
      }
      const started = performance.now();
      await page.reload();
      await shown(page);
      assert.equal(gateway.ended, false);
      assert.ok(performance.now() - started < 6_000, 'it waited for the reply, not for the longest a reply can take');
    });
  }
});
