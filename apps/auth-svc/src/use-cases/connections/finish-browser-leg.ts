import type { LegCode } from '@daybook/contracts';
import { sha256Hex, type Keyring } from '@daybook/platform/crypto';
import type { LegState } from '../../model/browser-leg';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { BrowserLegs, type LegOutcome } from '../../ports/browser-legs';
import { Clock } from '../../ports/clock';
import { Leases } from '../../ports/leases';
import { PolicyCopies } from '../../ports/policy-copies';
import type { AcceptGrant } from './accept-grant';
import { grantLease } from './grant-lease';
import type { RecordRefusal } from './record-refusal';
import { verifierContext } from './start-browser-leg';

/** What the portal is told in the address it is sent back to. */
export interface LegResult {
  readonly result: 'connected' | 'partial' | 'denied' | 'awaiting_admin' | 'failed';
  readonly code?: LegCode;
  readonly connectionId?: string;
}

export interface LegReturn {
  readonly provider: string;
  readonly state: string;
  /** The cookie this browser holds for that state; empty when it holds none. */
  readonly cookie: string;
  readonly request: unknown;
}

const LEASE = { ttlMs: 10_000, waitMs: 15_000 };

/**
 * The browser comes back from the provider. The state is consumed first, in one find-and-delete that also asks for this
 * browser's cookie: replayed, foreign and late ones end here with nothing changed.
 */
export class FinishBrowserLeg {
  constructor(
    private readonly legs: BrowserLegStore,
    private readonly browserLegs: BrowserLegs,
    private readonly policies: PolicyCopies,
    private readonly leases: Leases,
    private readonly acceptGrant: AcceptGrant,
    private readonly recordRefusal: RecordRefusal,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async run({ provider, state, cookie, request }: LegReturn): Promise<LegResult> {
    const hash = sha256Hex(state);
    const leg = await this.legs.consumeState(hash, sha256Hex(cookie), provider, this.clock.now());
    if (!leg) return { result: 'failed', code: 'state_invalid' };
    const { connectionId } = leg;
    if (!(await this.policies.get(leg.accountId)).enabled) {
      return { result: 'failed', code: 'integration_disabled', connectionId };
    }
    const verifier = this.keyring.open(leg.sealedVerifier, verifierContext(hash)).reveal();
    // A deletion that is still revoking the same person's older grant must not take the new one with it.
    const done = await this.leases.runInTurn(grantLease(leg.userId, provider), LEASE, async () =>
      this.settle(leg, await this.browserLegs.finish({ provider, permissions: leg.wanted, verifier }, request)),
    );
    return done === 'held' ? this.recordRefusal.run(leg, 'leg_failed', 'try_again') : done;
  }

  private settle(leg: LegState, outcome: LegOutcome): Promise<LegResult> {
    switch (outcome.type) {
      case 'granted':
        return this.acceptGrant.run(leg, outcome.result);
      case 'denied':
        return this.recordRefusal.run(leg, 'denied', 'access_denied');
      case 'awaiting_admin':
        return this.recordRefusal.run(leg, 'leg_needs_admin', 'admin_approval_needed');
      case 'failed':
        return this.recordRefusal.run(leg, 'leg_failed', outcome.code);
    }
  }
}
