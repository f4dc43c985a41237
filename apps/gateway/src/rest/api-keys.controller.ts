import {
  apiKeyBodySchema,
  authApiKeyCreate,
  authApiKeyDelete,
  authApiKeyList,
  createdApiKeySchema,
} from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, idempotencyKeyOf, idOf } from '../http/request-parts';
import { SessionEnd } from '../push/session-end';

const area = 'administration';
const access = { type: 'proven', role: 'administrator' } as const;

@Controller('v1/admin/api-keys')
export class ApiKeysController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly sessionEnd: SessionEnd,
  ) {}

  @Route('GET', '', {
    id: 'listApiKeys',
    area,
    summary: "The account's API keys",
    access,
    answers: { 200: { description: 'The keys, without themselves', schema: authApiKeyList.output } },
  })
  list(@Req() request: FastifyRequest) {
    return this.rpc.call(authApiKeyList, { caller: callerOf(request) }, askedBy(request));
  }

  @Route('POST', '', {
    id: 'createApiKey',
    area,
    summary: 'Make an API key; this answer is the only one that shows it',
    access,
    idempotent: true,
    body: apiKeyBodySchema,
    answers: { 201: { description: 'The key', schema: createdApiKeySchema } },
  })
  create(@Req() request: FastifyRequest) {
    const input = { caller: callerOf(request), ...idempotencyKeyOf(request), ...bodyOf(request) };
    return this.rpc.call(authApiKeyCreate, input, askedBy(request));
  }

  @Route('DELETE', ':id', {
    id: 'deleteApiKey',
    area,
    summary: 'Delete an API key; it is refused from then on',
    access,
    answers: { 204: { description: 'Deleted' } },
  })
  async delete(@Req() request: FastifyRequest): Promise<void> {
    const id = idOf(request);
    await this.rpc.call(authApiKeyDelete, { caller: callerOf(request), id }, askedBy(request));
    this.sessionEnd.end({ sessionIds: [], keyIds: [id] });
  }
}
