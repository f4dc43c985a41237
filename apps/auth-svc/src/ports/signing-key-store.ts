import type { SealedRecord } from '@daybook/platform/crypto';

export interface SigningKeyRecord {
  readonly kid: string;
  /** The public half as a JWK. */
  readonly publicJwk: Readonly<Record<string, unknown>>;
  /** The private half as a JWK in JSON, sealed. */
  readonly sealedPrivateJwk: SealedRecord;
}

/** The key pair access tokens are signed with; one for the deployment. */
export abstract class SigningKeyStore {
  abstract find(): Promise<SigningKeyRecord | null>;
  /** Keeps `record` unless another process was faster; gives the one that is kept. */
  abstract keepFirst(record: SigningKeyRecord): Promise<SigningKeyRecord>;
}
