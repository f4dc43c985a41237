import { fail, type Part } from '@daybook/contracts';
import type { PurgeCounts } from '../../model/receipt';
import { Clock } from '../../ports/clock';
import { ReceiptStore } from '../../ports/receipt-store';
import { UnitOfWork } from '../../ports/unit-of-work';
import { completed, type ContinueDeletion } from './continue-deletion';

/** Takes down what a service purged of a deleted connection. Reported again, the first word stays. */
export class ReportPurge {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly deletion: ContinueDeletion,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(receiptId: string, part: Part, counts: PurgeCounts): Promise<void> {
    const receipt = await this.work.run(async (tx) => {
      const current = await this.receipts.find(receiptId, tx);
      if (!current) throw fail('not_found');
      if (current.purged[part] !== null) return current;
      const next = completed({ ...current, purged: { ...current.purged, [part]: counts } }, this.clock.now());
      await this.receipts.save(next, tx);
      return next;
    });
    if (receipt.completedAt) await this.deletion.forget(receipt);
  }
}
