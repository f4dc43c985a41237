import type { ApiKeyRecord } from '../model/api-key';
import type { Tx } from './unit-of-work';

export abstract class ApiKeyStore {
  abstract add(key: ApiKeyRecord, tx: Tx): Promise<void>;
  /** Newest first. */
  abstract list(accountId: string): Promise<readonly ApiKeyRecord[]>;
  abstract findByHash(hash: string): Promise<ApiKeyRecord | null>;
  /** False when the account has no such key. */
  abstract remove(id: string, accountId: string, tx: Tx): Promise<boolean>;
  abstract noteUse(id: string, at: Date): Promise<void>;
}
