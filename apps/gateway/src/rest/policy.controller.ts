import { adminPolicyRead, adminPolicySave, policySchema, savePolicyBodySchema } from '@daybook/contracts';
import { RpcClient } from '@daybook/platform/nats';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccountPolicies } from '../doors/account-policies';
import { Route } from '../doors/route';
import { askedBy } from '../http/asked-by';
import { bodyOf, callerOf, ifMatchOf, withEtag } from '../http/request-parts';

const area = 'administration';
const access = { type: 'proven', role: 'administrator' } as const;
const policy = { description: 'The policy', schema: policySchema };

@Controller('v1/admin/policy')
export class PolicyController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly policies: AccountPolicies,
  ) {}

  @Route('GET', '', {
    id: 'getPolicy',
    area,
    summary: "The account's policy",
    access,
    etag: true,
    answers: { 200: policy },
  })
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return withEtag(reply, await this.rpc.call(adminPolicyRead, { caller: callerOf(request) }, askedBy(request)));
  }

  /** Whoever saved a policy sees it at once, without waiting for the event. */
  @Route('PUT', '', {
    id: 'savePolicy',
    area,
    summary: "Save the account's policy as a whole",
    access,
    ifMatch: true,
    etag: true,
    body: savePolicyBodySchema,
    answers: { 200: policy },
    problems: ['capability_not_available'],
  })
  async save(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const caller = callerOf(request);
    const input = { caller, ...ifMatchOf(request), ...bodyOf(request) };
    try {
      return withEtag(reply, await this.rpc.call(adminPolicySave, input, askedBy(request)));
    } finally {
      this.policies.forget(caller.accountId);
    }
  }
}
