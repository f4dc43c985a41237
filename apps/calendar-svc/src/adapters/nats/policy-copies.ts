import { adminPolicyGet, eventSubjects } from '@daybook/contracts';
import { subscribePush, type NatsClient, type PushSubscription, type RpcClient } from '@daybook/platform/nats';
import type { MeetingPolicy, PolicySource } from '../../use-cases/viewer';

/** A lost event is made good after this long. */
const KEPT_MS = 10_000;

interface Copy {
  readonly policy: MeetingPolicy;
  readonly until: number;
}

/** Copies of the accounts' policies, dropped when one changes. While admin-svc is away the last word known counts. */
export class PolicyCopies implements PolicySource {
  private readonly copies = new Map<string, Copy>();
  private readonly subscription: PushSubscription;

  constructor(
    private readonly rpc: RpcClient,
    client: NatsClient,
  ) {
    this.subscription = subscribePush(client, eventSubjects.policyChanged, () => this.expire());
  }

  async of(accountId: string): Promise<MeetingPolicy> {
    const known = this.copies.get(accountId);
    if (known && known.until > performance.now()) return known.policy;
    try {
      const { enabled, twoWaySync, reschedule } = await this.rpc.call(adminPolicyGet, { accountId });
      const policy = { enabled, twoWaySync, reschedule };
      this.copies.set(accountId, { policy, until: performance.now() + KEPT_MS });
      return policy;
    } catch (error) {
      if (known) return known.policy;
      throw error;
    }
  }

  close(): void {
    this.subscription.stop();
  }

  private expire(): void {
    for (const [accountId, { policy }] of this.copies) this.copies.set(accountId, { policy, until: 0 });
  }
}
