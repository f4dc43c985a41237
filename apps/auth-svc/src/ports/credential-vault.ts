import type { Secret } from '@daybook/platform/crypto';
import type { Tx } from './unit-of-work';

/** What a provider gave us for a connection. Only this port's adapter ever sees it outside its wrapping at rest. */
export interface Credential {
  /**
   * Key of the provider that gave it: nobody else is ever shown it. Null in records of earlier releases, whose connections had
   * never changed theirs.
   */
  readonly provider: string | null;
  readonly refreshToken: Secret<string>;
  readonly accessToken: Secret<string>;
  readonly accessExpiresAt: Date;
  readonly scopes: readonly string[];
}

export interface StoredCredential extends Credential {
  /** Grows with each change. */
  readonly generation: number;
}

/** Where secrets of connections are kept, sealed. */
export abstract class CredentialVault {
  abstract find(connectionId: string): Promise<StoredCredential | null>;
  abstract put(connectionId: string, credential: Credential, tx: Tx): Promise<void>;
  /** False when somebody changed it since `generation`: what they kept stays. */
  abstract replace(connectionId: string, generation: number, credential: Credential, tx: Tx): Promise<boolean>;
  abstract destroy(connectionId: string): Promise<void>;
}
