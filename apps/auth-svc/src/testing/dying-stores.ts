import type { DeletionStep, Receipt } from '../model/receipt';
import { CredentialVault, type Credential } from '../ports/credential-vault';
import { ReceiptStore } from '../ports/receipt-store';
import type { Tx } from '../ports/unit-of-work';

/** The process is gone at this point: nothing after it happens. */
export class Killed extends Error {
  constructor() {
    super('killed');
    this.name = 'Killed';
  }
}

/** A process that dies before it destroys a secret. */
export class DyingVault extends CredentialVault {
  constructor(private readonly vault: CredentialVault) {
    super();
  }

  find(connectionId: string) {
    return this.vault.find(connectionId);
  }
  put(connectionId: string, credential: Credential, tx: Tx) {
    return this.vault.put(connectionId, credential, tx);
  }
  replace(connectionId: string, generation: number, credential: Credential, tx: Tx) {
    return this.vault.replace(connectionId, generation, credential, tx);
  }
  destroy(): Promise<void> {
    return Promise.reject(new Killed());
  }
}

/** A process that dies when it would note that `step` is next. */
export class DyingReceiptStore extends ReceiptStore {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly step: DeletionStep,
  ) {
    super();
  }

  add(receipt: Receipt, tx: Tx) {
    return this.receipts.add(receipt, tx);
  }
  find(id: string, tx?: Tx) {
    return this.receipts.find(id, tx);
  }
  save(receipt: Receipt, tx: Tx) {
    return receipt.step === this.step ? Promise.reject(new Killed()) : this.receipts.save(receipt, tx);
  }
  isGivingBack(userId: string, provider: string) {
    return this.receipts.isGivingBack(userId, provider);
  }
  due(now: Date, limit: number) {
    return this.receipts.due(now, limit);
  }
}
