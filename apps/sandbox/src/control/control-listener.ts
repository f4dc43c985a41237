import type { Logger } from '@daybook/platform/logging';
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pageRoutes, type PageAnswer, type PageRoute } from '../page/page-routes';
import type { Simulator } from '../simulator';
import { ControlProblem, problemOf } from './control-problem';
import { controlRoutes, type ControlAnswer, type ControlRequest, type ControlRoute } from './control-routes';

/** Read beyond the limit and thrown away: who still sends would not hear the refusal. */
const MOST_DRAINED = 32 * 1024 * 1024;
const BASE_URL = 'http://unnamed.invalid';
const NONCE_FREE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** The control port: the API for programs, the page for people. */
export function controlListener(simulators: readonly Simulator[], logger: Logger): RequestListener {
  const api = controlRoutes(simulators);
  const pages = pageRoutes(simulators);
  return (request, response) => {
    answer({ request, response, api, pages }).catch((error: unknown) => {
      const problem = problemOf(error);
      if (problem.status >= 500) logger.error('the control side failed', { error });
      sendProblem(response, problem);
    });
  };
}

interface Turn {
  request: IncomingMessage;
  response: ServerResponse;
  api: readonly ControlRoute[];
  pages: readonly PageRoute[];
}

async function answer({ request, response, api, pages }: Turn): Promise<void> {
  refuseForeignPages(request);
  const target = request.url ?? '/';
  const { pathname, searchParams } = URL.canParse(target, BASE_URL) ? new URL(target, BASE_URL) : new URL(BASE_URL);
  const fits = (route: ControlRoute | PageRoute): boolean => route.path === pathname && route.verb === request.method;
  const page = pages.find(fits);
  const route = api.find(fits);
  if (page === undefined && route === undefined) {
    const known = [...api, ...pages].filter(({ path }) => path === pathname).map(({ verb }) => verb);
    if (known.length > 0)
      throw new ControlProblem(405, 'method_not_allowed', `this address knows ${known.join(', ')}`, known);
    const paths = [...new Set(api.map(({ path }) => path))];
    throw new ControlProblem(404, 'not_found', `there is nothing here; known: ${paths.join(', ')}`, paths);
  }
  const body = await readBody(request, (route ?? page)?.limit ?? 0);
  const input: ControlRequest = { query: searchParams, body };
  if (page !== undefined) sendPage(response, await page.run(input));
  else if (route !== undefined) sendJson(response, route.run(input));
}

/** A web page elsewhere must not work the controls through somebody's browser. */
function refuseForeignPages({ headers, method }: IncomingMessage): void {
  const { origin, host } = headers;
  if (method === 'GET' || origin === undefined) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new ControlProblem(403, 'foreign_origin', 'orders from other sites are refused');
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > limit + MOST_DRAINED) break;
  }
  if (size > limit) throw new ControlProblem(413, 'body_too_large', `the body may have ${limit} bytes`);
  const body = Buffer.concat(chunks);
  // Wrong bytes would become question marks in somebody's calendar, and nobody would know.
  if (!isUtf8(body)) throw new ControlProblem(400, 'invalid_encoding', 'the body is not UTF-8');
  return body.toString('utf8');
}

function sendJson(response: ServerResponse, { status, value }: ControlAnswer): void {
  if (value === undefined) {
    response.writeHead(status).end();
    return;
  }
  const body = JSON.stringify(value);
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(body);
}

function sendProblem(response: ServerResponse, problem: ControlProblem): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const close = problem.status === 413 ? { connection: 'close' } : {};
  response.writeHead(problem.status, { 'content-type': 'application/problem+json; charset=utf-8', ...close });
  response.end(problem.body);
}

function sendPage(response: ServerResponse, page: PageAnswer): void {
  const common = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': NONCE_FREE_POLICY,
  };
  if (page.redirect !== undefined) response.writeHead(303, { ...common, location: page.redirect }).end();
  else response.writeHead(page.status, { ...common, 'content-type': 'text/html; charset=utf-8' }).end(page.html);
}
