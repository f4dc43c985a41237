import { adminPolicyGet, type Policy } from '@daybook/contracts';
import type { RpcClient } from '@daybook/platform/nats';
import { PolicySource } from '../../ports/policy-source';

export class NatsPolicySource extends PolicySource {
  constructor(private readonly rpc: RpcClient) {
    super();
  }

  fetch(accountId: string): Promise<Policy> {
    return this.rpc.call(adminPolicyGet, { accountId }, { deadlineMs: 2000 });
  }
}
