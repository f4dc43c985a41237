import { adminPolicyGet, type Policy } from '@daybook/contracts';
import type { CallOptions, RpcClient } from '@daybook/platform/nats';
import type { Clock } from './clock';

interface Copy {
  readonly policy: Policy;
  readonly readAt: number;
}

const freshForMs = 30_000;
const usableForMs = 600_000;

/**
 * The policy of each account, as a copy: read anew after the event of its change, and after half a minute in case that
 * event was missed. While admin-svc does not answer, a copy of the last ten minutes is used.
 */
export class AccountPolicies {
  private readonly copies = new Map<string, Copy>();
  private readonly reading = new Map<string, Promise<Policy>>();

  constructor(
    private readonly rpc: Pick<RpcClient, 'call'>,
    private readonly clock: Clock,
  ) {}

  /** Throws ProblemError when there is no copy and admin-svc cannot be asked. */
  async of(accountId: string, options: CallOptions): Promise<Policy> {
    const now = this.clock.now().getTime();
    const copy = this.copies.get(accountId);
    if (copy && now - copy.readAt < freshForMs) {
      return copy.policy;
    }
    try {
      return await this.read(accountId, now, options);
    } catch (error) {
      if (copy && now - copy.readAt < usableForMs) {
        return copy.policy;
      }
      throw error;
    }
  }

  /** Something changed: the next request reads it, and a reading under way is not kept. */
  forget(accountId: string): void {
    this.copies.delete(accountId);
    this.reading.delete(accountId);
  }

  /** After a lost connection to the broker: events may have been missed. */
  forgetAll(): void {
    this.copies.clear();
    this.reading.clear();
  }

  private read(accountId: string, now: number, options: CallOptions): Promise<Policy> {
    const underWay = this.reading.get(accountId);
    if (underWay) {
      return underWay;
    }
    const reading: Promise<Policy> = this.rpc
      .call(adminPolicyGet, { accountId }, options)
      .then((policy) => {
        if (this.reading.get(accountId) === reading) {
          this.copies.set(accountId, { policy, readAt: now });
        }
        return policy;
      })
      .finally(() => {
        if (this.reading.get(accountId) === reading) {
          this.reading.delete(accountId);
        }
      });
    this.reading.set(accountId, reading);
    return reading;
  }
}
