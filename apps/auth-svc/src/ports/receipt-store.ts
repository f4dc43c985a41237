import type { Receipt } from '../model/receipt';
import type { Tx } from './unit-of-work';

export abstract class ReceiptStore {
  abstract add(receipt: Receipt, tx: Tx): Promise<void>;
  abstract find(id: string, tx?: Tx): Promise<Receipt | null>;
  abstract save(receipt: Receipt, tx: Tx): Promise<void>;
  /** Whether the first attempt to give a grant back is still to be made or under way. */
  abstract isGivingBack(userId: string, provider: string): Promise<boolean>;
  /** Deletions whose next step is due, oldest first. */
  abstract due(now: Date, limit: number): Promise<readonly Receipt[]>;
}
