import { apiKeyBodySchema, fail, parseBody, type ApiKey, type Caller, type RawBody } from '@daybook/contracts';
import { newId, randomToken, sha256Hex } from '@daybook/platform/crypto';
import { API_KEY_PREFIX, type ApiKeyRecord } from '../../model/api-key';
import { Announcer } from '../../ports/announcer';
import { ApiKeyStore } from '../../ports/api-key-store';
import { Clock } from '../../ports/clock';
import { keepNothing, UnitOfWork, type Keep } from '../../ports/unit-of-work';

type CreatedApiKey = ApiKey & { key: string };

export function requireAdministrator(caller: Caller): void {
  if (caller.role !== 'administrator') throw fail('forbidden', 'Only administrators may do this.');
}

export function toApiKey({ id, name, scopes, hint, createdAt, lastUsedAt }: ApiKeyRecord): ApiKey {
  const times = { createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
  return { id, name, scopes: [...scopes], hint, ...times };
}

/** Makes a key for a service. The answer is the only place where the key itself ever appears. */
export class CreateApiKey {
  constructor(
    private readonly keys: ApiKeyStore,
    private readonly work: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, body: RawBody, keep: Keep<CreatedApiKey> = keepNothing): Promise<CreatedApiKey> {
    requireAdministrator(caller);
    const { name, scopes } = parseBody(apiKeyBodySchema, body);
    const key = `${API_KEY_PREFIX}${randomToken()}`;
    const record: ApiKeyRecord = {
      id: newId('key'),
      accountId: caller.accountId,
      name,
      scopes: [...new Set(scopes)],
      hash: sha256Hex(key),
      hint: key.slice(0, API_KEY_PREFIX.length + 4),
      createdAt: this.clock.now(),
      createdBy: caller.userId,
      lastUsedAt: null,
    };
    const created = { ...toApiKey(record), key };
    await this.work.run(async (tx) => {
      await this.keys.add(record, tx);
      const entry = { actorId: caller.userId, action: 'api_key.created', targetType: 'api_key', targetId: record.id };
      await this.announcer.audit(
        { accountId: caller.accountId, ...entry, details: { scopes: [...record.scopes] } },
        tx,
      );
      await keep(created, tx);
    });
    this.announcer.wake();
    return created;
  }
}
