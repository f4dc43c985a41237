import { pushSubjects, type PushMessage } from '@daybook/contracts';
import type { PushPublisher } from '@daybook/platform/nats';
import { LivePush } from '../../ports/live-push';

export class NatsLivePush extends LivePush {
  constructor(private readonly publisher: PushPublisher) {
    super();
  }

  policyChanged(accountId: string, version: string): void {
    const message: PushMessage = { event: 'policy.changed', cursor: version };
    this.publisher.publish(pushSubjects.account(accountId), message);
  }
}
