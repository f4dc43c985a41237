import { ConnectionStore } from '../../ports/connection-store';
import type { RefreshAccess } from './refresh-access';

/**
 * A service heard from the provider that the consent is gone. We ask the provider ourselves, with the stored secret, before
 * believing it: only a refusal of that makes a connection need its person.
 */
export class CheckRevoked {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly refreshAccess: RefreshAccess,
  ) {}

  async run(connectionId: string, rejected: string): Promise<void> {
    const connection = await this.connections.find(connectionId);
    if (connection?.phase === 'connected') await this.refreshAccess.run(connection, { rejected });
  }
}
