import type { ApiKeyScope } from '@daybook/contracts';

/** A key a service signs in with. Only its hash is kept; `hint` is its first letters. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly hash: string;
  readonly hint: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly lastUsedAt: Date | null;
}

export const API_KEY_PREFIX = 'dbk_';
/** `lastUsedAt` is written at most this often for a key, so that a busy phone system costs no write a request. */
export const LAST_USED_EVERY_MS = 5 * 60_000;
