import { fail, type ApiKeyScope } from '@daybook/contracts';
import { sha256Hex } from '@daybook/platform/crypto';
import { API_KEY_PREFIX, LAST_USED_EVERY_MS } from '../../model/api-key';
import { ApiKeyStore } from '../../ports/api-key-store';
import { Clock } from '../../ports/clock';

export interface VerifiedKey {
  readonly keyId: string;
  readonly accountId: string;
  readonly scopes: ApiKeyScope[];
}

/**
 * Says whose key this is. A plain hash is enough to keep it by: the key has 256 random bits, so there is nothing to guess.
 * Throws `unauthenticated`.
 */
export class VerifyApiKey {
  constructor(
    private readonly keys: ApiKeyStore,
    private readonly clock: Clock,
  ) {}

  async run(key: string): Promise<VerifiedKey> {
    const record = key.startsWith(API_KEY_PREFIX) ? await this.keys.findByHash(sha256Hex(key)) : null;
    if (!record) throw fail('unauthenticated');
    const now = this.clock.now();
    if (!record.lastUsedAt || now.getTime() - record.lastUsedAt.getTime() > LAST_USED_EVERY_MS) {
      await this.keys.noteUse(record.id, now);
    }
    return { keyId: record.id, accountId: record.accountId, scopes: [...record.scopes] };
  }
}
