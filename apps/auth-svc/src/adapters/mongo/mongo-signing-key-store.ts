import type { SealedRecord } from '@daybook/platform/crypto';
import { isDuplicateKey } from '@daybook/platform/mongo';
import type { Connection, Model } from 'mongoose';
import { SigningKeyStore, type SigningKeyRecord } from '../../ports/signing-key-store';
import { defineModel, plain, text } from './define-model';

interface SigningKeyDocument {
  _id: string;
  kid: string;
  publicJwk: Record<string, unknown>;
  sealedPrivateJwk: SealedRecord;
}

/** There is one row; its fixed id makes two processes that start together agree on one key. */
const ONLY = 'current';

export class MongoSigningKeyStore extends SigningKeyStore {
  private readonly keys: Model<SigningKeyDocument>;

  constructor(connection: Connection) {
    super();
    this.keys = defineModel<SigningKeyDocument>(connection, 'signing_keys', {
      kid: text,
      publicJwk: plain,
      sealedPrivateJwk: plain,
    });
  }

  async find(): Promise<SigningKeyRecord | null> {
    const found = await this.keys.findOne({ _id: ONLY }).lean();
    return found && { kid: found.kid, publicJwk: found.publicJwk, sealedPrivateJwk: found.sealedPrivateJwk };
  }

  async keepFirst({ kid, publicJwk, sealedPrivateJwk }: SigningKeyRecord): Promise<SigningKeyRecord> {
    try {
      await this.keys.insertMany([{ _id: ONLY, kid, publicJwk: { ...publicJwk }, sealedPrivateJwk }]);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const kept = await this.find();
    if (!kept) throw new Error('the signing key vanished while it was being kept');
    return kept;
  }
}
