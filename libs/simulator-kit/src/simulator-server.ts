import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { constants, gzip } from 'node:zlib';
import type { Answer, Incoming } from './exchange';
import type { Recorder } from './recorder';
import { sendChunks } from './send-chunks';

const LARGEST_BODY = 10 * 1024 * 1024;
/** Of a body that is too large so many times the limit is read and thrown away: a client that still sends would not hear the refusal. */
const DRAINED = 4;
const SMALLEST_ZIPPED = 1024;
const BASE_URL = 'http://unnamed.invalid';

export interface Certificate {
  key: string;
  cert: string;
}

/** A simulator as its servers see it: what goes wrong in it is an answer, too. */
export interface ServedSimulator {
  readonly recorder: Recorder;
  /** On every answer that does not say otherwise. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of answers with a body. */
  readonly varies: string;
  /** Largest body that is read, in bytes; 10 MiB unless told. */
  readonly largestBody?: number;
  answer(incoming: Incoming): Answer | Promise<Answer>;
  /** To a request whose body nobody reads to its end. */
  tooLarge(): Answer;
  /** Milliseconds to wait before answering. */
  delayOf(incoming: Incoming): number;
  /** Whether the connection is dropped before anything is done. */
  cuts(incoming: Incoming): boolean;
}

/** An http or, with a certificate, https server in front of a simulator. */
export function simulatorServer(simulator: ServedSimulator, certificate?: Certificate): Server {
  const listener: RequestListener = (request, response) => {
    serve(simulator, request, response).catch(() => response.destroy());
  };
  const server = certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  server.keepAliveTimeout = 30_000;
  server.requestTimeout = 60_000;
  return server;
}

async function serve(simulator: ServedSimulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, simulator.largestBody ?? LARGEST_BODY);
  const incoming = { ...incomingOf(request, body ?? ''), gone: goneWith(response) };
  const delay = simulator.delayOf(incoming);
  if (delay > 0) await wait(delay);
  if (simulator.cuts(incoming)) {
    response.destroy();
    return;
  }
  const answer = body === null ? simulator.tooLarge() : await simulator.answer(incoming);
  if (answer.cut === true) {
    response.destroy();
    return;
  }
  const sent = await send(answer, simulator, { request, response });
  simulator.recorder.record({
    request: { method: incoming.method, url: request.url ?? '/', headers: request.headers, body: incoming.body },
    response: { status: answer.status, headers: response.getHeaders(), body: sent },
  });
}

/** The whole body as text; null when it is too large. */
async function readBody(request: IncomingMessage, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > DRAINED * limit) return null;
  }
  return size > limit ? null : Buffer.concat(chunks).toString('utf8');
}

function incomingOf(request: IncomingMessage, body: string): Incoming {
  const target = request.url ?? '/';
  const url = URL.canParse(target, BASE_URL) ? new URL(target, BASE_URL) : new URL(BASE_URL);
  const scheme = isSecure(request.socket) ? 'https' : 'http';
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    origin: `${scheme}://${request.headers.host ?? 'localhost'}`,
    connection: request.socket,
  };
}

function goneWith(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

const isSecure = (socket: IncomingMessage['socket'] | TLSSocket): boolean => 'encrypted' in socket;

/** Sends an answer; returns what of its body went out. */
async function send(
  answer: Answer,
  { headers, varies }: Pick<ServedSimulator, 'headers' | 'varies'>,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<string> {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries({ ...headers, ...answer.headers })) response.setHeader(name, value);
  const bodyless = answer.status === 204 || answer.status === 304;
  if (bodyless) {
    response.end();
    return answer.body;
  }
  if (answer.chunks !== undefined) return sendChunks(answer.body, answer.chunks, response);
  response.setHeader('vary', varies);
  const plain = Buffer.from(answer.body);
  const zip = plain.length >= SMALLEST_ZIPPED && acceptsGzip(request.headers['accept-encoding']);
  const bytes = zip ? await zipped(plain) : plain;
  if (zip) response.setHeader('content-encoding', 'gzip');
  response.setHeader('content-length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
  return answer.body;
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test([header ?? []].flat().join(','));
}

/** The fastest level: the simulator is asked on the same machine. */
function zipped(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gzip(bytes, { level: constants.Z_BEST_SPEED }, (error, result) =>
      error === null ? resolve(result) : reject(error),
    );
  });
}
