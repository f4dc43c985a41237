import {
  authConnectionConnect,
  authConnectionReconnect,
  connectBodySchema,
  connectedSchema,
  reconnectBodySchema,
  type OutputOf,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, idempotencyKeyOf, idOf, ifMatchOf, withEtag } from '../http/request-parts';
import { signInSteps, StepStreams, wantsEvents } from '../push/step-streams';

type Connected = OutputOf<typeof authConnectionConnect>;

const area = 'connections';
const media = 'text/event-stream';
const consent = 'with the page to open for consent, where that is needed';
const steps = 'With Accept: text/event-stream: an event `step` for each step of a sign-in, then `done` or `problem`';
/** With a form the server is found and signed in to before the answer. */
const deadlineMs = 45_000;

/** The ways into a connection. */
@Controller('v1/connections')
export class ConnectController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly streams: StepStreams,
  ) {}

  @Route('POST', '', {
    id: 'connect',
    area,
    summary: 'Connect a service; with Accept: text/event-stream one event a step of the sign-in as it comes',
    access: { type: 'proven', integration: true },
    idempotent: true,
    body: connectBodySchema,
    answers: {
      200: { description: steps, media },
      201: { description: `The connection, ${consent}`, schema: connectedSchema },
    },
    problems: [
      'connection_exists',
      'conflict',
      'sign_in_failed',
      'service_not_allowed',
      'permission_locked',
      'capability_not_available',
    ],
  })
  async connect(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const input = { caller: callerOf(request), ...idempotencyKeyOf(request), ...bodyOf(request) };
    const ask = (more: { tellAs?: string } = {}) =>
      this.rpc.call(authConnectionConnect, { ...input, ...more }, askedBy(request, deadlineMs));
    if (wantsEvents(request)) await this.stream(request, reply, ask);
    else await reply.status(201).send(await ask());
  }

  @Route('POST', ':id/reconnect', {
    id: 'reconnect',
    area,
    summary:
      'Sign in again, by the same method or another one of the service, keeping everything; streams as a connect does',
    access: { type: 'proven', integration: true },
    idempotent: true,
    ifMatch: true,
    etag: true,
    body: reconnectBodySchema,
    bodyOptional: true,
    answers: { 200: { description: `The connection, ${consent}. ${steps}`, schema: connectedSchema, media } },
    problems: [
      'conflict',
      'different_account',
      'sign_in_failed',
      'service_not_allowed',
      'permission_locked',
      'capability_not_available',
    ],
  })
  async reconnect(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const keys = { ...idempotencyKeyOf(request), ...ifMatchOf(request) };
    const input = { caller: callerOf(request), id: idOf(request), ...keys, ...bodyOf(request) };
    const ask = (more: { tellAs?: string } = {}) =>
      this.rpc.call(authConnectionReconnect, { ...input, ...more }, askedBy(request, deadlineMs));
    if (wantsEvents(request)) return this.stream(request, reply, ask);
    const connected = await ask();
    withEtag(reply, connected.connection);
    await reply.send(connected);
  }

  private stream(
    request: FastifyRequest,
    reply: FastifyReply,
    ask: (more: { tellAs: string }) => Promise<Connected>,
  ): Promise<void> {
    const done = async (tellAs: string) => ({ done: await ask({ tellAs }) });
    return this.streams.relay(signInSteps, { reply, correlationId: request.id, ask: done });
  }
}
