import { fail, type Caller } from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import type { Catalog } from '@daybook/providers/catalog';
import { PARTS, wasEverLinked, type Connection } from '../../model/connection';
import { afterEvent } from '../../model/connection-phase';
import type { Receipt } from '../../model/receipt';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { ReceiptStore } from '../../ports/receipt-store';
import type { ConnectionWriter } from './connection-writer';
import { requireOwn, requirePerson, requireVersion } from './doors';

/**
 * Deletes a connection. It is gone at once whatever the provider says, and its place is free for a new one; the rest
 * (subscriptions, consent, secrets, items) follows in durable steps that the receipt tells of.
 */
export class DeleteConnection {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly legs: BrowserLegStore,
    private readonly receipts: ReceiptStore,
    private readonly writer: ConnectionWriter,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, id: string, ifMatch?: string): Promise<Receipt> {
    requirePerson(caller);
    await requireOwn(this.connections, caller, id);
    let receipt: Receipt | null = null;
    await this.writer.change(id, async (current, tx) => {
      if (afterEvent(current.phase, 'deleted') !== 'deleted') throw fail('not_found');
      requireVersion(ifMatch, current);
      const audit = { actorId: caller.userId, action: 'connection.deleted', details: { service: current.service } };
      receipt = this.receiptFor(current);
      await this.receipts.add(receipt, tx);
      if (!wasEverLinked(current)) return { next: 'removed', audit };
      await this.legs.dropOf(id, tx);
      const next: Connection = { ...current, phase: 'deleted', phaseSince: this.clock.now(), receiptId: receipt.id };
      // Other services hear of it when their subscriptions are stopped: until then they may still ask for access.
      return { next, audience: 'screens', audit };
    });
    if (!receipt) throw fail('not_found');
    return receipt;
  }

  private receiptFor(connection: Connection): Receipt {
    const now = this.clock.now();
    const common = {
      id: newId('rcp'),
      connectionId: connection.id,
      accountId: connection.accountId,
      userId: connection.userId,
      service: connection.service,
      provider: connection.provider,
      subject: connection.linked?.subject ?? null,
      account: connection.linked?.address ?? null,
      deletedAt: now,
      attempts: 0,
      nextStepAt: now,
      purged: { calendar: null, contacts: null },
      keptGrant: false,
    };
    if (wasEverLinked(connection)) {
      const expectedParts = this.partsOf(connection);
      return {
        ...common,
        completedAt: null,
        revocation: 'pending',
        secretsDestroyed: false,
        subscriptions: 'pending',
        step: 'retire',
        expectedParts,
      };
    }
    return {
      ...common,
      completedAt: now,
      revocation: 'nothing_to_revoke',
      secretsDestroyed: true,
      subscriptions: 'none',
      step: 'done',
      expectedParts: [],
    };
  }

  private partsOf({ service }: Connection): Receipt['expectedParts'] {
    const offer = this.catalog.services().find((candidate) => candidate.service === service);
    return PARTS.filter((part) => offer?.permissions.some((choice) => choice.part === part));
  }
}
