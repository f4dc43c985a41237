import { Secret, type Keyring, type SealedRecord } from '@daybook/platform/crypto';
import type { Connection, Model } from 'mongoose';
import { z } from 'zod';
import { CredentialVault, type Credential, type StoredCredential } from '../../ports/credential-vault';
import type { Tx } from '../../ports/unit-of-work';
import { count, date, defineModel, optionalText, plain } from './define-model';
import { sessionOf } from './mongo-unit-of-work';

interface CredentialDocument {
  _id: string;
  provider?: string | null;
  generation: number;
  accessExpiresAt: Date;
  scopes: string[];
  /** Both tokens as one sealed record: they change together. */
  sealed: SealedRecord;
}

const tokensSchema = z.object({ refreshToken: z.string(), accessToken: z.string() });

/** Envelope encryption, bound to the connection: a record copied to another connection does not open. */
export class MongoCredentialVault extends CredentialVault {
  private readonly credentials: Model<CredentialDocument>;

  constructor(
    connection: Connection,
    private readonly keyring: Keyring,
  ) {
    super();
    this.credentials = defineModel<CredentialDocument>(connection, 'credentials', {
      provider: optionalText,
      generation: count,
      accessExpiresAt: date,
      scopes: { type: [String], required: true },
      sealed: plain,
    });
  }

  async find(connectionId: string): Promise<StoredCredential | null> {
    const found = await this.credentials.findOne({ _id: connectionId }).lean();
    if (!found) return null;
    const opened = this.keyring.open(found.sealed, context(connectionId)).reveal();
    const { refreshToken, accessToken } = tokensSchema.parse(JSON.parse(opened));
    return {
      provider: found.provider ?? null,
      refreshToken: Secret.of(refreshToken),
      accessToken: Secret.of(accessToken),
      accessExpiresAt: found.accessExpiresAt,
      scopes: found.scopes,
      generation: found.generation,
    };
  }

  async put(connectionId: string, credential: Credential, tx: Tx): Promise<void> {
    const change = { $set: this.fields(connectionId, credential), $inc: { generation: 1 } };
    await this.credentials.updateOne({ _id: connectionId }, change, { upsert: true, session: sessionOf(tx) });
  }

  async replace(connectionId: string, generation: number, credential: Credential, tx: Tx): Promise<boolean> {
    const change = { $set: this.fields(connectionId, credential), $inc: { generation: 1 } };
    const filter = { _id: connectionId, generation };
    const { matchedCount } = await this.credentials.updateOne(filter, change, { session: sessionOf(tx) });
    return matchedCount === 1;
  }

  async destroy(connectionId: string): Promise<void> {
    await this.credentials.deleteOne({ _id: connectionId });
  }

  private fields(connectionId: string, credential: Credential) {
    const { provider, refreshToken, accessToken, accessExpiresAt, scopes } = credential;
    const tokens = { refreshToken: refreshToken.reveal(), accessToken: accessToken.reveal() };
    const sealed = this.keyring.seal(JSON.stringify(tokens), context(connectionId));
    return { provider, accessExpiresAt, scopes: [...scopes], sealed };
  }
}

function context(connectionId: string): string {
  return `connection:${connectionId}:credential`;
}
