import { problem } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownRoutes } from './known-routes';
import { sendProblem } from './send-problem';
import { toProblem } from './to-problem';

/** Whatever goes wrong leaves as problem+json. What is our fault is logged here, with the id the caller sees. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: KnownRoutes,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) {
      return;
    }
    const answer = toProblem(error);
    if (answer.code === 'internal_error') {
      this.logger.error('a request failed', {
        route: request.routeOptions.url ?? 'none',
        method: request.method,
        correlationId: request.id,
        ...(error instanceof Error ? { error } : {}),
      });
    }
    const allowed = answer.status === 404 && request.is404 ? this.routes.methodsOf(request.url) : [];
    if (allowed.length > 0) {
      sendProblem(reply.header('allow', allowed.join(', ')), problem('method_not_allowed'));
    } else {
      sendProblem(reply, answer);
    }
  }
}
