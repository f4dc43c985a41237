import { calendarConnectionRetire } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import type { RpcClient } from '@daybook/platform/nats';
import { SyncingServices } from '../../ports/syncing-services';

const DEADLINE_MS = 5000;

export class NatsSyncingServices extends SyncingServices {
  constructor(
    private readonly rpc: RpcClient,
    private readonly logger: Logger,
  ) {
    super();
  }

  async stopSubscriptions(connectionId: string): Promise<'stopped' | 'none' | 'left_to_expire'> {
    try {
      const reply = await this.rpc.call(calendarConnectionRetire, { connectionId }, { deadlineMs: DEADLINE_MS });
      return reply.subscriptions;
    } catch (error) {
      this.logger.warn('subscriptions of a deleted connection are left to expire', { connectionId, error });
      return 'left_to_expire';
    }
  }
}
