import type { Permissions } from '@daybook/contracts';
import { randomToken, sha256Hex } from '@daybook/platform/crypto';
import { TICKET_MS, type LegPurpose } from '../../model/browser-leg';
import type { Connection } from '../../model/connection';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { Clock } from '../../ports/clock';
import type { Tx } from '../../ports/unit-of-work';

/** Hands out the links that start a browser leg: single use, ten minutes, kept as hashes. */
export class LegTickets {
  constructor(
    private readonly legs: BrowserLegStore,
    private readonly clock: Clock,
    private readonly publicUrl: string,
  ) {}

  /** The `authorizeUrl` for this connection. */
  async issue(connection: Connection, purpose: LegPurpose, wanted: Permissions, tx: Tx): Promise<string> {
    const ticket = randomToken();
    const { id, accountId, userId, provider } = connection;
    const expiresAt = new Date(this.clock.now().getTime() + TICKET_MS);
    await this.legs.addTicket(
      { hash: sha256Hex(ticket), connectionId: id, accountId, userId, provider, purpose, wanted, expiresAt },
      tx,
    );
    return `${this.publicUrl}/v1/oauth/${provider}/start?ticket=${ticket}`;
  }
}
