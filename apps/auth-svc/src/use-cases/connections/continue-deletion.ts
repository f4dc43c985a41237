import type { Logger } from '@daybook/platform/logging';
import { asProviderError } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import { isPurged, REVOKE_FOR_MS, type Receipt } from '../../model/receipt';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { CredentialVault } from '../../ports/credential-vault';
import { Leases } from '../../ports/leases';
import { ReceiptStore } from '../../ports/receipt-store';
import { SyncingServices } from '../../ports/syncing-services';
import { UnitOfWork } from '../../ports/unit-of-work';
import type { ConnectionWriter } from './connection-writer';
import { grantLease } from './grant-lease';

type Progress = Partial<Receipt>;

/** A holder renews its lease as it works; this is how long a dead one keeps others out. */
const LEASE_MS = 10_000;
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 3_600_000;

/**
 * Carries a deletion on by its steps. Each step's effect is repeatable and its outcome is written before the next begins,
 * so a process killed anywhere leaves a deletion that another one finishes.
 */
export class ContinueDeletion {
  constructor(
    private readonly catalog: Catalog,
    private readonly receipts: ReceiptStore,
    private readonly connections: ConnectionStore,
    private readonly vault: CredentialVault,
    private readonly services: SyncingServices,
    private readonly writer: ConnectionWriter,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  /** Does what is due; gives how many deletions were looked at. */
  async runDue(): Promise<number> {
    const due = await this.receipts.due(this.clock.now(), 50);
    await Promise.all(due.map(({ id }) => this.run(id)));
    return due.length;
  }

  /** Every step of one deletion that can be done now. */
  async run(receiptId: string): Promise<void> {
    await this.leases.tryRun(`deletion:${receiptId}`, LEASE_MS, async () => {
      for (;;) {
        const receipt = await this.receipts.find(receiptId);
        if (!receipt || receipt.step === 'done' || receipt.nextStepAt > this.clock.now()) return;
        await this.save(receiptId, await this.step(receipt));
      }
    });
  }

  private step(receipt: Receipt): Promise<Progress> {
    switch (receipt.step) {
      case 'retire':
        return this.retire(receipt);
      case 'revoke':
        return this.revoke(receipt);
      case 'destroy':
        return this.destroy(receipt);
      case 'done':
        return Promise.resolve({});
    }
  }

  /** Stops subscriptions while access still works, then tells everybody that the connection is gone. */
  private async retire({ connectionId }: Receipt): Promise<Progress> {
    const subscriptions = await this.services.stopSubscriptions(connectionId);
    await this.writer.change(connectionId, (current) =>
      current.announced === 'deleted' ? null : { next: current, audience: 'everybody' },
    );
    return { subscriptions, step: 'revoke' };
  }

  private async revoke(receipt: Receipt): Promise<Progress> {
    const turn = { ttlMs: LEASE_MS, waitMs: 5_000 };
    const done = await this.leases.runInTurn(grantLease(receipt.userId, receipt.provider), turn, () =>
      this.revokeInTurn(receipt),
    );
    return done === 'held' ? this.later(receipt, 'pending') : done;
  }

  private async revokeInTurn(receipt: Receipt): Promise<Progress> {
    const credential = await this.vault.find(receipt.connectionId);
    const auth = this.catalog.providerByKey(receipt.provider)?.auth;
    // A password is no consent that could be given back, or that another connection could live on.
    if (!credential || auth?.form) return { revocation: 'nothing_to_revoke', step: 'destroy' };
    if (receipt.subject !== null && (await this.isNeeded(receipt, receipt.subject))) {
      return { revocation: 'nothing_to_revoke', keptGrant: true, step: 'destroy' };
    }
    if (!auth) return { revocation: 'unreachable', step: 'destroy' };
    if (!auth.revoke) return { revocation: 'nothing_to_revoke', step: 'destroy' };
    try {
      return { revocation: await auth.revoke(credential.refreshToken.reveal()), step: 'destroy' };
    } catch (error) {
      const { kind } = asProviderError(error);
      this.logger.warn('a consent could not be revoked', {
        receiptId: receipt.id,
        kind,
        attempt: receipt.attempts + 1,
      });
      const over = this.clock.now().getTime() - receipt.deletedAt.getTime() > REVOKE_FOR_MS;
      return over ? { revocation: 'unreachable', step: 'destroy' } : this.later(receipt, 'unreachable');
    }
  }

  private isNeeded({ provider, connectionId }: Receipt, subject: string): Promise<boolean> {
    return this.connections.isLinkedElsewhere(provider, subject, connectionId);
  }

  private later(receipt: Receipt, revocation: Receipt['revocation']): Progress {
    const attempts = receipt.attempts + 1;
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(receipt.attempts, 10));
    return { revocation, attempts, nextStepAt: new Date(this.clock.now().getTime() + wait) };
  }

  private async destroy({ connectionId }: Receipt): Promise<Progress> {
    await this.vault.destroy(connectionId);
    return { secretsDestroyed: true, step: 'done' };
  }

  /** The purge may be reported at the same time, so the record is read again inside the transaction. */
  private async save(receiptId: string, progress: Progress): Promise<void> {
    await this.work.run(async (tx) => {
      const current = await this.receipts.find(receiptId, tx);
      if (current) await this.receipts.save(completed({ ...current, ...progress }, this.clock.now()), tx);
    });
    const saved = await this.receipts.find(receiptId);
    if (saved?.completedAt) await this.forget(saved);
  }

  /** With everything purged nobody needs the connection's record any more. */
  async forget({ connectionId }: Receipt): Promise<void> {
    await this.work.run(async (tx) => {
      const connection = await this.connections.find(connectionId, tx);
      if (connection?.phase === 'deleted') await this.connections.remove(connectionId, tx);
    });
  }
}

/** The receipt with its time of completion, once nothing is left to do. */
export function completed(receipt: Receipt, now: Date): Receipt {
  const complete = receipt.completedAt === null && receipt.step === 'done' && isPurged(receipt);
  return complete ? { ...receipt, completedAt: now } : receipt;
}
