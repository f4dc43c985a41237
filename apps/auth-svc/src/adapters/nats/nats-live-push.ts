import { pushSubjects, type PushMessage, type SignInItem } from '@daybook/contracts';
import type { PushPublisher } from '@daybook/platform/nats';
import { LivePush } from '../../ports/announcer';

export class NatsLivePush extends LivePush {
  constructor(private readonly publisher: PushPublisher) {
    super();
  }

  sessionsRevoked(revoked: { sessionIds: readonly string[]; keyIds: readonly string[] }): void {
    this.publisher.publish(pushSubjects.sessionsRevoked, revoked);
  }

  connectionChanged(userId: string, cursor: string): void {
    const message: PushMessage = { event: 'connection.changed', cursor };
    this.publisher.publish(pushSubjects.user(userId), message);
  }

  signInStep(name: string, item: SignInItem): void {
    this.publisher.publish(pushSubjects.signIn(name), item);
  }
}
