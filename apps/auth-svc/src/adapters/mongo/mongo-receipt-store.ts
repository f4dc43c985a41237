import type { Connection, Model } from 'mongoose';
import { RECEIPT_DAYS, type Receipt } from '../../model/receipt';
import { ReceiptStore } from '../../ports/receipt-store';
import type { Tx } from '../../ports/unit-of-work';
import { count, date, defineModel, flag, optionalDate, optionalText, plain, text } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

/** `expiresAt` feeds an expiry index. */
type ReceiptDocument = Omit<Receipt, 'id'> & { _id: string; expiresAt: Date };

export class MongoReceiptStore extends ReceiptStore {
  private readonly receipts: Model<ReceiptDocument>;

  constructor(connection: Connection) {
    super();
    this.receipts = defineModel<ReceiptDocument>(connection, 'receipts', {
      connectionId: text,
      accountId: text,
      userId: text,
      service: text,
      provider: text,
      subject: optionalText,
      account: optionalText,
      deletedAt: date,
      completedAt: optionalDate,
      revocation: text,
      secretsDestroyed: flag,
      subscriptions: text,
      step: text,
      attempts: count,
      nextStepAt: date,
      expectedParts: { type: [String], required: true },
      purged: plain,
      keptGrant: flag,
      expiresAt: date,
    });
  }

  async add(receipt: Receipt, tx: Tx): Promise<void> {
    await this.receipts.insertMany([toDocument(receipt)], { session: sessionOf(tx) });
  }

  async find(id: string, tx?: Tx): Promise<Receipt | null> {
    const found = await this.receipts
      .findOne({ _id: id })
      .session(tx ? sessionOf(tx) : null)
      .lean();
    return found && fromDocument(found);
  }

  async save(receipt: Receipt, tx: Tx): Promise<void> {
    await this.receipts.replaceOne({ _id: receipt.id }, toDocument(receipt), { session: sessionOf(tx) });
  }

  async isGivingBack(userId: string, provider: string): Promise<boolean> {
    const filter = { userId, provider, step: { $in: ['retire' as const, 'revoke' as const] }, attempts: 0 };
    return (await this.receipts.exists(filter)) !== null;
  }

  async due(now: Date, limit: number): Promise<readonly Receipt[]> {
    const filter = { step: { $ne: 'done' as const }, nextStepAt: { $lte: now } };
    return (await this.receipts.find(filter).sort({ nextStepAt: 1 }).limit(limit).lean()).map(fromDocument);
  }
}

function toDocument({ id, ...rest }: Receipt): ReceiptDocument {
  const expiresAt = new Date(rest.deletedAt.getTime() + RECEIPT_DAYS * 86_400_000);
  return { _id: id, ...rest, expiresAt };
}

function fromDocument({ _id, expiresAt: _expiresAt, ...rest }: ReceiptDocument): Receipt {
  return { id: _id, ...rest };
}
