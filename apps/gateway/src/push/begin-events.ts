import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';

/** Takes the reply over for server-sent events: from here on nobody but the caller writes to it or ends it. */
export function beginEvents(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return reply.raw.writeHead(200, {
    ...Object.fromEntries(headers),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
}
