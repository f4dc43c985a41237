import type { Problem } from '@daybook/contracts';
import type { FastifyReply } from 'fastify';

export const problemMedia = 'application/problem+json; charset=utf-8';

/** Answers with a problem: its status, its headers, and the request's correlation id. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  const { status, retryAfter } = problem;
  if (retryAfter !== undefined) {
    void reply.header('retry-after', String(retryAfter));
  } else if (status === 503) {
    void reply.header('retry-after', '5');
  }
  if (status === 401) {
    void reply.header('www-authenticate', 'Bearer realm="daybook"');
  }
  void reply
    .removeHeader('etag')
    .status(status)
    .header('content-type', problemMedia)
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ ...problem, correlationId: reply.request.id }));
}
