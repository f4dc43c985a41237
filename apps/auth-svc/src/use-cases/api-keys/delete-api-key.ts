import { fail, type Caller } from '@daybook/contracts';
import { Announcer, LivePush } from '../../ports/announcer';
import { ApiKeyStore } from '../../ports/api-key-store';
import { UnitOfWork } from '../../ports/unit-of-work';
import { requireAdministrator } from './create-api-key';

/** Takes a key away; gateways stop believing it at once. */
export class DeleteApiKey {
  constructor(
    private readonly keys: ApiKeyStore,
    private readonly work: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly push: LivePush,
  ) {}

  async run(caller: Caller, id: string): Promise<void> {
    requireAdministrator(caller);
    await this.work.run(async (tx) => {
      if (!(await this.keys.remove(id, caller.accountId, tx))) throw fail('not_found');
      const entry = { actorId: caller.userId, action: 'api_key.deleted', targetType: 'api_key', targetId: id };
      await this.announcer.audit({ accountId: caller.accountId, ...entry }, tx);
    });
    this.push.sessionsRevoked({ sessionIds: [], keyIds: [id] });
    this.announcer.wake();
  }
}
