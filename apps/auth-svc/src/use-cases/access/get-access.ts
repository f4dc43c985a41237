import type { AccessGrant, Part, Policy } from '@daybook/contracts';
import { effectivePermission } from '@daybook/domain';
import type { Catalog } from '@daybook/providers/catalog';
import type { Connection } from '../../model/connection';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import type { StoredCredential } from '../../ports/credential-vault';
import { PolicyCopies } from '../../ports/policy-copies';
import { ReceiptStore } from '../../ports/receipt-store';
import type { RefreshAccess } from './refresh-access';

export interface AccessRequest {
  readonly connectionId: string;
  readonly part: Part;
  /** The access token the provider refused. */
  readonly rejected?: string | undefined;
}

type Refused = Extract<AccessGrant, { type: 'refused' }>;

/**
 * Access that holds a password has no end of its own; whoever has it asks again after this, so that what an administrator or
 * the person has changed meanwhile takes effect.
 */
const FORM_ACCESS_MS = 10 * 60_000;

/** Hands out short-lived access, or says in a word the engine understands why there is none. */
export class GetAccess {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly receipts: ReceiptStore,
    private readonly policies: PolicyCopies,
    private readonly refreshAccess: RefreshAccess,
    private readonly clock: Clock,
  ) {}

  async run({ connectionId, part, rejected }: AccessRequest): Promise<AccessGrant> {
    const stored = this.refreshAccess.stored(connectionId);
    const connection = await this.connections.find(connectionId);
    if (!connection) return refused('Stopped', 'There is no such connection.');
    const refusal = await this.refusal(connection, part);
    if (refusal) return refusal;
    const outcome = await this.refreshAccess.run(connection, { rejected, stored });
    if (outcome.type === 'refused') return refused(outcome.kind, outcome.detail, outcome.retryAt);
    return this.handOut(connection, outcome.credential);
  }

  private async handOut(connection: Connection, credential: StoredCredential): Promise<AccessGrant> {
    const form = this.catalog.providerByKey(connection.provider)?.auth.form;
    const policy = form && (await this.policies.get(connection.accountId));
    const objection = policy && form.objection(credential.refreshToken.reveal(), policy.exchange);
    if (objection) return refused('UntrustedServer', 'An administrator does not allow this server.');
    const soonest = this.clock.now().getTime() + (form ? FORM_ACCESS_MS : Infinity);
    const endsAt = Math.min(credential.accessExpiresAt.getTime(), soonest);
    return {
      type: 'access',
      token: credential.accessToken.reveal(),
      expiresAt: new Date(endsAt).toISOString(),
      notBefore: connection.notBefore?.toISOString() ?? null,
      method: connection.method,
    };
  }

  private async refusal(connection: Connection, part: Part): Promise<Refused | null> {
    switch (connection.phase) {
      case 'pending':
        return refused('Stopped', 'The connection is not finished.');
      case 'awaiting_admin':
        return refused('AdminApprovalNeeded', 'An administrator has to approve at the provider.');
      case 'needs_reconnect':
        return refused('ConsentRevoked', 'The provider no longer accepts this connection.');
      case 'deleted':
        return (await this.isRetiring(connection)) ? null : refused('Stopped', 'The connection is deleted.');
      case 'connected':
        return policyRefusal(connection, part, await this.policies.get(connection.accountId));
    }
  }

  /** While its subscriptions are being stopped a deleted connection still has access, for nothing else. */
  private async isRetiring({ receiptId }: Connection): Promise<boolean> {
    const receipt = receiptId === null ? null : await this.receipts.find(receiptId);
    return receipt?.step === 'retire';
  }
}

function policyRefusal({ wanted, granted }: Connection, part: Part, policy: Policy): Refused | null {
  if (!policy.enabled) return refused('Stopped', 'The integration is switched off.');
  const effective = effectivePermission(wanted[part], granted[part], policy.permissions[part]);
  return effective === 'none' ? refused('Stopped', 'There is no permission for this part.') : null;
}

function refused(kind: Refused['kind'], detail: string, retryAt: Date | null = null): Refused {
  return { type: 'refused', kind, detail, retryAt: retryAt?.toISOString() ?? null };
}
