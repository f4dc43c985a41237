import type { Caller, Connection as ConnectionView, Policy } from '@daybook/contracts';
import type { Connection } from '../../model/connection';
import { toConnectionView } from '../../model/connection-view';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import type { AdminConsents } from './admin-consents';
import { requireOwn } from './doors';

/** Shows a person their connections. Works with the integration switched off as well: that is how they see why nothing moves. */
export class ReadConnections {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly adminConsents: AdminConsents,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller): Promise<ConnectionView[]> {
    const policy = await this.policies.get(caller.accountId);
    const own = await this.connections.listOf(caller.userId);
    return own.map((connection) => this.shown(connection, policy));
  }

  async one(caller: Caller, id: string): Promise<ConnectionView> {
    return this.view(await requireOwn(this.connections, caller, id));
  }

  async view(connection: Connection): Promise<ConnectionView> {
    return this.shown(connection, await this.policies.get(connection.accountId));
  }

  private shown(connection: Connection, policy: Policy): ConnectionView {
    return toConnectionView(connection, policy, this.clock.now(), this.adminConsents.urlFor(connection));
  }
}
