import { calendarHookReceive, fail, ProblemError } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Route, type RouteSpec } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { toProblem } from '../http/to-problem';

const providerForm = /^[a-z\d-]{1,40}$/;
/** Headers that belong to the connection or to the browser, not to the provider's message. */
const keptBack = new Set(['cookie', 'connection', 'transfer-encoding', 'content-length', 'host', 'upgrade', 'te']);
/** What an answer may be called; nothing that a browser would run, because this is the portal's own origin. */
const harmlessMedia = /^(text\/plain|text\/xml|application\/(json|xml|soap\+xml))\b/;

const spec: RouteSpec = {
  id: 'receiveHook',
  area: 'hooks',
  summary: "A provider's notification, handed to that provider's own reader",
  access: { type: 'anyone' },
  limit: 'hooks',
  body: 'bytes',
  answers: {
    200: { description: "The reader's answer; a success only when it took the notification", media: 'text/plain' },
  },
};

/** Public, for providers only: says success when calendar-svc has said so, and never before. */
@Controller('hooks')
export class HooksController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('POST', ':provider', spec)
  receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pass(request, reply);
  }

  @Route('GET', ':provider', { ...spec, id: 'checkHook' })
  check(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pass(request, reply);
  }

  private async pass(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const message = {
      provider: providerOf(request),
      method: request.method,
      query: textsOf(request.query),
      headers: headersOf(request.headers),
      bodyBase64: Buffer.isBuffer(request.body) ? request.body.toString('base64') : '',
    };
    const { status, contentType, body } = await this.rpc.call(calendarHookReceive, message, askedBy(request));
    if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
      throw fail('internal_error');
    }
    const refusal = toProblem({ status });
    if (body === undefined && refusal.status === status) {
      throw new ProblemError(refusal);
    }
    void reply.status(status);
    if (body === undefined) {
      void reply.send();
      return;
    }
    const media = contentType && harmlessMedia.test(contentType) ? contentType : 'text/plain; charset=utf-8';
    void reply.header('content-type', media).send(body);
  }
}

function providerOf({ params }: FastifyRequest): string {
  const provider: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'provider') : null;
  if (typeof provider !== 'string' || !providerForm.test(provider)) {
    throw fail('not_found');
  }
  return provider;
}

/** The first text of each parameter. */
function textsOf(query: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query ?? {}).flatMap(([name, value]: [string, unknown]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === 'string' ? [[name, first]] : [];
    }),
  );
}

function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || keptBack.has(name) ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}
