import { ConnectionStore } from '../../ports/connection-store';
import type { RefreshAccess } from './refresh-access';

/**
 * A service heard from the provider that the consent is gone. We ask the provider ourselves, with the stored secret, before
 * believing it: only a refusal of that makes a connection need its person. Where the provider wants the person to sign in again
 * and to show `claims`, it has said so itself, and the secret would give access without them.
 */
export class CheckRevoked {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly refreshAccess: RefreshAccess,
  ) {}

  async run(connectionId: string, rejected: string, claims?: string): Promise<void> {
    const connection = await this.connections.find(connectionId);
    if (connection?.phase !== 'connected') return;
    if (claims === undefined) await this.refreshAccess.run(connection, { rejected });
    else await this.refreshAccess.challenged(connection, { rejected, claims });
  }
}
