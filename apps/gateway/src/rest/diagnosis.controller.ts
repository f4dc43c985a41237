import { calendarConnectionDiagnose, diagnosisSchema } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { callerOf, idOf } from '../http/request-parts';
import { diagnosisSteps, StepStreams, wantsEvents } from '../push/step-streams';

/** A little longer than a diagnosis may take, so that its own word on what took too long arrives. */
const deadlineMs = 50_000;

@Controller('v1/connections')
export class DiagnosisController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly streams: StepStreams,
  ) {}

  @Route('POST', ':id/diagnose', {
    id: 'diagnoseConnection',
    area: 'connections',
    summary: 'Check a connection step by step; with Accept: text/event-stream one event a check as it comes',
    access: { type: 'proven', integration: true },
    answers: {
      200: { description: 'What each check has found', schema: diagnosisSchema, media: 'text/event-stream' },
    },
    problems: ['capability_not_available'],
  })
  async diagnose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const input = { caller: callerOf(request), id: idOf(request) };
    const ask = (more: { tellAs?: string } = {}) =>
      this.rpc.call(calendarConnectionDiagnose, { ...input, ...more }, askedBy(request, deadlineMs));
    if (wantsEvents(request)) {
      const correlationId = request.id;
      await this.streams.relay(diagnosisSteps, { reply, correlationId, ask: (tellAs) => ask({ tellAs }) });
    } else {
      await reply.send(await ask());
    }
  }
}
