import type { ApiKey, Caller } from '@daybook/contracts';
import { ApiKeyStore } from '../../ports/api-key-store';
import { requireAdministrator, toApiKey } from './create-api-key';

/** The account's keys, newest first. */
export class ListApiKeys {
  constructor(private readonly keys: ApiKeyStore) {}

  async run(caller: Caller): Promise<ApiKey[]> {
    requireAdministrator(caller);
    return (await this.keys.list(caller.accountId)).map(toApiKey);
  }
}
