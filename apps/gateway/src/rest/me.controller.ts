import { authMeChange, authMeGet, meBodySchema, meSchema } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf } from '../http/request-parts';

const me = { description: 'The person, their account, licences and policy', schema: meSchema };

@Controller('v1/me')
export class MeController {
  constructor(private readonly rpc: RpcClient) {}

  @Route('GET', '', {
    id: 'getMe',
    area: 'sign-in',
    summary: 'The person who is signed in',
    access: { type: 'proven' },
    answers: { 200: me },
  })
  get(@Req() request: FastifyRequest) {
    return this.rpc.call(authMeGet, { caller: callerOf(request) }, askedBy(request));
  }

  @Route('PATCH', '', {
    id: 'changeMe',
    area: 'sign-in',
    summary: 'Change language or time zone',
    access: { type: 'proven' },
    body: meBodySchema,
    answers: { 200: me },
  })
  change(@Req() request: FastifyRequest) {
    return this.rpc.call(authMeChange, { caller: callerOf(request), ...bodyOf(request) }, askedBy(request));
  }
}
