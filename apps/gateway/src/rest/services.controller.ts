import { authServiceList } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { callerOf } from '../http/request-parts';

@Controller('v1/services')
export class ServicesController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', '', {
    id: 'listServices',
    area: 'connections',
    summary: 'What may be connected here, how, and why something is not offered',
    access: { type: 'proven' },
    answers: { 200: { description: 'The services', schema: authServiceList.output } },
  })
  list(@Req() request: FastifyRequest) {
    return this.rpc.call(authServiceList, { caller: callerOf(request) }, askedBy(request));
  }
}
