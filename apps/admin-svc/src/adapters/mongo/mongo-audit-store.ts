import { auditRecordSchema, type AuditRecord } from '@daybook/contracts';
import { inTransaction, isDuplicateKey } from '@daybook/platform/mongo';
import { Schema, type Connection, type Model } from 'mongoose';
import { chain, CHAIN_START, type ChainedRecord, type ChainHead } from '../../model/audit-chain';
import { AuditStore } from '../../ports/audit-store';

interface AuditDocument {
  /** The record's id. */
  _id: string;
  accountId: string;
  number: number;
  previousHash: string;
  hash: string;
  record: AuditRecord;
}
interface HeadDocument {
  _id: string;
  number: number;
  hash: string;
}

const options = { versionKey: false, strict: 'throw', minimize: false, autoIndex: false, autoCreate: false } as const;
const text = { type: String, required: true };
const recordSchema = new Schema<AuditDocument>(
  {
    _id: text,
    accountId: text,
    number: { type: Number, required: true },
    previousHash: text,
    hash: text,
    record: { type: Schema.Types.Mixed, required: true },
  },
  { ...options, collection: 'audit_records' },
);
const headSchema = new Schema<HeadDocument>(
  { _id: text, number: { type: Number, required: true }, hash: text },
  { ...options, collection: 'audit_heads' },
);

export class MongoAuditStore extends AuditStore {
  private readonly records: Model<AuditDocument>;
  private readonly heads: Model<HeadDocument>;

  constructor(private readonly connection: Connection) {
    super();
    this.records = connection.model<AuditDocument>('audit_records', recordSchema);
    this.heads = connection.model<HeadDocument>('audit_heads', headSchema);
  }

  /** Two writers at the same chain conflict at its head, so one of them starts over behind the other. */
  async append(record: AuditRecord): Promise<'added' | 'known'> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.appendOnce(record);
      } catch (error) {
        if (!isDuplicateKey(error) || attempt >= 5) throw error;
      }
    }
  }

  async read(accountId: string, afterNumber: number, limit: number): Promise<readonly ChainedRecord[]> {
    const filter = { accountId, number: { $gt: afterNumber } };
    const found = await this.records.find(filter).sort({ number: 1 }).limit(limit).lean();
    return found.map(({ record, number, previousHash, hash }) => ({
      record: auditRecordSchema.parse(record),
      number,
      previousHash,
      hash,
    }));
  }

  async head(accountId: string): Promise<ChainHead> {
    const found = await this.heads.findOne({ _id: accountId }).lean();
    return found ? { number: found.number, hash: found.hash } : CHAIN_START;
  }

  private appendOnce(record: AuditRecord): Promise<'added' | 'known'> {
    return inTransaction(this.connection, async (session) => {
      const { id, accountId } = record;
      if (await this.records.exists({ _id: id }).session(session)) return 'known';
      const head = (await this.heads.findOne({ _id: accountId }).session(session).lean()) ?? CHAIN_START;
      const { number, previousHash, hash } = chain(record, head);
      await this.heads.updateOne({ _id: accountId }, { $set: { number, hash } }, { session, upsert: true });
      await this.records.insertMany([{ _id: id, accountId, number, previousHash, hash, record }], { session });
      return 'added';
    });
  }
}
