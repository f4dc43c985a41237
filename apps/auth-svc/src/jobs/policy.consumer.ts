import { cloudEventOf, eventSubjects, policyEventDataSchema } from '@daybook/contracts';
import {
  EventConsumer,
  subscribePush,
  type ConsumerOptions,
  type Consumption,
  type PushSubscription,
} from '@daybook/platform/nats';
import type { PolicyCopies } from '../ports/policy-copies';
import type { ApplyPolicy } from '../use-cases/connections/apply-policy';

const policyEventSchema = cloudEventOf(policyEventDataSchema);

/**
 * Hears of changed policies twice over: every process at once, to drop its copy, and one of them durably, to announce the
 * connections whose state it changes.
 */
export class PolicyConsumer {
  private live: PushSubscription | null = null;
  private durable: Promise<Consumption> | null = null;

  constructor(
    private readonly broker: ConsumerOptions,
    private readonly policies: PolicyCopies,
    private readonly applyPolicy: ApplyPolicy,
  ) {}

  /** Returns at once; the durable part stands as soon as the broker does. */
  start(): void {
    const subject = eventSubjects.policyChanged;
    this.live = subscribePush(this.broker.client, subject, (_subject, body) => {
      const accountId = accountOf(body);
      if (accountId !== null) this.policies.forget(accountId);
    });
    this.durable = new EventConsumer(this.broker).consume({
      name: 'auth-svc_policy',
      subjects: [subject],
      handle: async ({ body, id }) => {
        const accountId = accountOf(body);
        if (accountId === null) return { type: 'drop', reason: `event ${id} is not a policy change` };
        await this.applyPolicy.run(accountId);
        return { type: 'done' };
      },
    });
    this.durable.catch((error: unknown) => this.broker.logger.error('policy changes cannot be read', { error }));
  }

  async stop(): Promise<void> {
    this.live?.stop();
    const consumption = await this.durable?.catch(() => null);
    await consumption?.stop();
  }
}

function accountOf(body: unknown): string | null {
  const parsed = policyEventSchema.safeParse(body);
  return parsed.success ? parsed.data.data.accountId : null;
}
