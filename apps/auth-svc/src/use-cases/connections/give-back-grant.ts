import type { Logger } from '@daybook/platform/logging';
import type { AuthResult } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import { ConnectionStore } from '../../ports/connection-store';

/** Revokes a grant we cannot use, unless a connection here lives on the same account's consent. Best effort. */
export class GiveBackGrant {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly logger: Logger,
  ) {}

  async run(provider: string, { tokens, identity }: AuthResult): Promise<void> {
    if (await this.connections.isLinkedElsewhere(provider, identity.subject, '')) return;
    try {
      await this.catalog.providerByKey(provider)?.auth.revoke?.(tokens.refreshToken ?? tokens.accessToken);
    } catch (error) {
      this.logger.warn('a grant of no use could not be given back', { provider, error });
    }
  }
}
