import type { AccessGrant, Part, Policy } from '@daybook/contracts';
import { effectivePermission } from '@daybook/domain';
import type { Connection } from '../../model/connection';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import type { StoredCredential } from '../../ports/credential-vault';
import { PolicyCopies } from '../../ports/policy-copies';
import { ReceiptStore } from '../../ports/receipt-store';
import type { RefreshAccess, RefreshOutcome } from './refresh-access';

export interface AccessRequest {
  readonly connectionId: string;
  readonly part: Part;
  /** The access token the provider refused. */
  readonly rejected?: string | undefined;
}

type Refused = Extract<AccessGrant, { type: 'refused' }>;

/** Hands out short-lived access, or says in a word the engine understands why there is none. */
export class GetAccess {
  constructor(
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
    return toGrant(await this.refreshAccess.run(connection, { rejected, stored }), connection.notBefore);
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

function toGrant(outcome: RefreshOutcome, notBefore: Date | null): AccessGrant {
  if (outcome.type === 'refused') return refused(outcome.kind, outcome.detail, outcome.retryAt);
  return access(outcome.credential, notBefore);
}

function access({ accessToken, accessExpiresAt }: StoredCredential, notBefore: Date | null): AccessGrant {
  return {
    type: 'access',
    token: accessToken.reveal(),
    expiresAt: accessExpiresAt.toISOString(),
    notBefore: notBefore?.toISOString() ?? null,
  };
}
