import { calendarFreeBusyGet, freeBusyQuerySchema, freeBusySchema } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { callerOf, queryOf } from '../http/request-parts';

/** Providers are asked for whoever is not the caller, within 20 s. */
const deadlineMs = 25_000;

@Controller('v1/free-busy')
export class FreeBusyController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', '', {
    id: 'getFreeBusy',
    area: 'meetings',
    summary: 'When people are taken: the caller, colleagues, and whoever the providers of the connections know',
    access: { type: 'proven', integration: true },
    query: freeBusyQuerySchema,
    answers: { 200: { description: 'Times in UTC, for each person', schema: freeBusySchema } },
    problems: ['not_found', 'capability_not_available', 'provider_unavailable'],
  })
  get(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), query: queryOf(request) };
    return this.rpc.call(calendarFreeBusyGet, input, askedBy(request, deadlineMs));
  }
}
