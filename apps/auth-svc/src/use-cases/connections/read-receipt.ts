import { fail, type Caller } from '@daybook/contracts';
import type { Receipt } from '../../model/receipt';
import { ReceiptStore } from '../../ports/receipt-store';

/** A person's own receipt. */
export class ReadReceipt {
  constructor(private readonly receipts: ReceiptStore) {}

  async run(caller: Caller, id: string): Promise<Receipt> {
    const receipt = await this.receipts.find(id);
    if (!receipt || receipt.userId !== caller.userId) throw fail('not_found');
    return receipt;
  }
}
