import { fail, type ConnectionRecord } from '@daybook/contracts';
import type { Connection } from '../../model/connection';
import { toConnectionRecord } from '../../model/connection-view';
import { ConnectionStore } from '../../ports/connection-store';
import { PersonStore } from '../../ports/person-store';
import { PolicyCopies } from '../../ports/policy-copies';

/** Connections for the services that sync. */
export class ReadRecords {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly people: PersonStore,
    private readonly policies: PolicyCopies,
  ) {}

  async one(connectionId: string): Promise<ConnectionRecord> {
    const connection = await this.connections.find(connectionId);
    if (!connection) throw fail('not_found');
    return this.record(connection);
  }

  async page(after: string | undefined, limit: number): Promise<ConnectionRecord[]> {
    const page = await this.connections.page({ after: after ?? null, limit });
    return Promise.all(page.map((connection) => this.record(connection)));
  }

  private async record(connection: Connection): Promise<ConnectionRecord> {
    const [policy, person] = await Promise.all([
      this.policies.get(connection.accountId),
      this.people.find(connection.userId),
    ]);
    return toConnectionRecord(connection, policy, person?.email ?? null);
  }
}
