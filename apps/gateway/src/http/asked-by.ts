import type { CallOptions } from '@daybook/platform/nats';
import type { FastifyRequest } from 'fastify';

/** What a call to a service takes over from the request it serves: correlation id, trace, and how long it may take. */
export function askedBy(request: FastifyRequest, deadlineMs?: number): CallOptions {
  const { traceparent } = request.headers;
  return {
    correlationId: request.id,
    ...(typeof traceparent === 'string' && traceparentForm.test(traceparent) ? { traceparent } : {}),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
}

const traceparentForm = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;
