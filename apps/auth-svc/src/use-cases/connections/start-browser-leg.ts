import { setTimeout as sleep } from 'node:timers/promises';
import type { LegCode } from '@daybook/contracts';
import { randomToken, sha256Hex, type Keyring } from '@daybook/platform/crypto';
import { STATE_MS, type LegTicket } from '../../model/browser-leg';
import type { Connection } from '../../model/connection';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { BrowserLegs } from '../../ports/browser-legs';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import { ReceiptStore } from '../../ports/receipt-store';

export type LegStarted =
  | {
      readonly type: 'started';
      /** The provider's page. */
      readonly goTo: string;
      readonly stateHash: string;
      /** For the cookie that binds the leg to this browser. */
      readonly cookie: string;
    }
  | { readonly type: 'failed'; readonly code: LegCode; readonly connectionId: string | null };

/** Where a leg's verifier is sealed for. */
export function verifierContext(stateHash: string): string {
  return `leg:${stateHash}:verifier`;
}

const LOOK_EVERY_MS = 50;
const LOOKS = 60;

/** Uses up a ticket and sends the browser to the provider. */
export class StartBrowserLeg {
  constructor(
    private readonly legs: BrowserLegStore,
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly browserLegs: BrowserLegs,
    private readonly receipts: ReceiptStore,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async run(provider: string, ticket: string, request: unknown): Promise<LegStarted> {
    const found = await this.legs.consumeTicket(sha256Hex(ticket), provider, this.clock.now());
    if (!found) return { type: 'failed', code: 'ticket_invalid', connectionId: null };
    const { connectionId } = found;
    const connection = await this.connections.find(connectionId);
    if (!connection || connection.phase === 'deleted') {
      return { type: 'failed', code: 'connection_gone', connectionId: null };
    }
    if (!(await this.policies.get(found.accountId)).enabled) {
      return { type: 'failed', code: 'integration_disabled', connectionId };
    }
    await this.untilGivenBack(found.userId, provider);
    return this.begin(found, connection, request);
  }

  /**
   * A deletion gives its grant back in the background, and at some providers that ends whatever the same account has just
   * consented to. Who connects again at once therefore leaves for the provider when that is through, or after a moment.
   */
  private async untilGivenBack(userId: string, provider: string): Promise<void> {
    for (let look = 0; look < LOOKS && (await this.receipts.isGivingBack(userId, provider)); look += 1) {
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async begin(ticket: LegTicket, connection: Connection, request: unknown): Promise<LegStarted> {
    const [state, cookie] = [randomToken(), randomToken()];
    const stateHash = sha256Hex(state);
    const goTo = await this.browserLegs.begin(
      {
        provider: ticket.provider,
        permissions: ticket.wanted,
        loginHint: loginHint(ticket.purpose, connection),
        claims: connection.claims,
        keep: async (verifier) => {
          await this.keep(ticket, { stateHash, cookie, verifier });
          return state;
        },
      },
      request,
    );
    return { type: 'started', goTo, stateHash, cookie };
  }

  private keep(
    { hash: _hash, expiresAt: _expiresAt, ...leg }: LegTicket,
    { stateHash, cookie, verifier }: { stateHash: string; cookie: string; verifier: string },
  ): Promise<void> {
    return this.legs.addState({
      ...leg,
      hash: stateHash,
      cookieHash: sha256Hex(cookie),
      sealedVerifier: this.keyring.seal(verifier, verifierContext(stateHash)),
      expiresAt: new Date(this.clock.now().getTime() + STATE_MS),
    });
  }
}

/**
 * More permissions are asked of the account that is linked. Whoever reconnects chooses the account themselves: a hint would
 * hide that a browser is signed in as somebody else, and a different account is refused later anyway.
 */
function loginHint(purpose: LegTicket['purpose'], connection: Connection): string | null {
  return purpose === 'configure' ? (connection.linked?.address ?? null) : null;
}
