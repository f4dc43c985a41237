import type { ApiKeyScope } from '@daybook/contracts';
import type { Connection, Model } from 'mongoose';
import type { ApiKeyRecord } from '../../model/api-key';
import { ApiKeyStore } from '../../ports/api-key-store';
import type { Tx } from '../../ports/unit-of-work';
import { date, defineModel, optionalDate, text } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

type ApiKeyDocument = Omit<ApiKeyRecord, 'id' | 'scopes'> & { _id: string; scopes: ApiKeyScope[] };

export class MongoApiKeyStore extends ApiKeyStore {
  private readonly keys: Model<ApiKeyDocument>;

  constructor(connection: Connection) {
    super();
    this.keys = defineModel<ApiKeyDocument>(connection, 'api_keys', {
      accountId: text,
      name: text,
      scopes: { type: [String], required: true },
      hash: text,
      hint: text,
      createdAt: date,
      createdBy: text,
      lastUsedAt: optionalDate,
    });
  }

  async add({ id, scopes, ...rest }: ApiKeyRecord, tx: Tx): Promise<void> {
    await this.keys.insertMany([{ _id: id, scopes: [...scopes], ...rest }], { session: sessionOf(tx) });
  }

  async list(accountId: string): Promise<readonly ApiKeyRecord[]> {
    const found = await this.keys.find({ accountId }).sort({ _id: -1 }).limit(1000).lean();
    return found.map(toRecord);
  }

  async findByHash(hash: string): Promise<ApiKeyRecord | null> {
    const found = await this.keys.findOne({ hash }).lean();
    return found && toRecord(found);
  }

  async remove(id: string, accountId: string, tx: Tx): Promise<boolean> {
    const { deletedCount } = await this.keys.deleteOne({ _id: id, accountId }, { session: sessionOf(tx) });
    return deletedCount === 1;
  }

  async noteUse(id: string, at: Date): Promise<void> {
    await this.keys.updateOne({ _id: id }, { $set: { lastUsedAt: at } });
  }
}

function toRecord({ _id, ...rest }: ApiKeyDocument): ApiKeyRecord {
  return { id: _id, ...rest };
}
