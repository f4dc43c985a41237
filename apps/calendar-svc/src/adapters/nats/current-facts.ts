import { adminPolicyGet, authConnectionGet, type Caller, type Connection, type Policy } from '@daybook/contracts';
import type { RpcClient } from '@daybook/platform/nats';
import type { DiagnosisFacts } from '../../ports/diagnosing';

/** Asked anew each time: who looks at a connection wants to know how it is now. */
export class CurrentFacts implements DiagnosisFacts {
  constructor(private readonly rpc: RpcClient) {}

  policy(accountId: string): Promise<Policy> {
    return this.rpc.call(adminPolicyGet, { accountId });
  }

  connection(caller: Caller, id: string): Promise<Connection> {
    return this.rpc.call(authConnectionGet, { caller, id });
  }
}
