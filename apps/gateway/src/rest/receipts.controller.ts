import { authReceiptGet, receiptSchema } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { callerOf, idOf } from '../http/request-parts';

@Controller('v1/receipts')
export class ReceiptsController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', ':id', {
    id: 'getReceipt',
    area: 'connections',
    summary: 'What deleting a connection removed',
    access: { type: 'proven' },
    answers: { 200: { description: 'The receipt', schema: receiptSchema } },
  })
  get(@Req() request: FastifyRequest) {
    return this.rpc.call(authReceiptGet, { caller: callerOf(request), id: idOf(request) }, askedBy(request));
  }
}
