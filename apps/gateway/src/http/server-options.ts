import { problem } from '@daybook/contracts';
import { newCorrelationId } from '@daybook/platform/logging';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewaySettings } from '../config';
import { bodyLimitBytes } from './read-body';
import { problemMedia, sendProblem } from './send-problem';
import { toProblem } from './to-problem';

const correlationForm = /^[\w.:-]{8,128}$/;

/** The caller's correlation id where it is sane, else a new one; fastify keeps it as the request's id. */
export function correlationIdOf(request: IncomingMessage): string {
  const given = request.headers['x-correlation-id'];
  return typeof given === 'string' && correlationForm.test(given) ? given : newCorrelationId();
}

/**
 * The http server against slow and greedy clients: head and body must arrive in time, headers are at most 16 kB, bodies
 * 256 kB. Idle connections end; a live stream does not count as idle, since it says something every 15 s.
 */
export function serverOptions(
  settings: GatewaySettings,
  headers: Readonly<Record<string, string>>,
): FastifyHttpOptions<Server> {
  return {
    bodyLimit: bodyLimitBytes,
    requestTimeout: 20_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    logger: false,
    trustProxy: settings.TRUSTED_PROXIES.length > 0 ? settings.TRUSTED_PROXIES : false,
    genReqId: correlationIdOf,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, maxHeaderSize: 16 * 1024 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.headers(headers).header('x-correlation-id', request.id), toProblem(error));
    },
    clientErrorHandler: (error: Error, socket: Duplex) => {
      answerBrokenRequest(error, socket);
    },
  };
}

/** A request that is not even HTTP, too large in its head, or too slow: answered on the bare socket, which then closes. */
function answerBrokenRequest(error: Error, socket: Duplex): void {
  const code: unknown = Reflect.get(error, 'code');
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = JSON.stringify({ ...problem('bad_request'), status, correlationId: newCorrelationId() });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${problemMedia}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
