import { fail, type Policy } from '@daybook/contracts';
import type { Logger } from '@daybook/platform/logging';
import type { Clock } from '../../ports/clock';
import { PolicyCopies } from '../../ports/policy-copies';
import type { PolicyShelf, PolicySource } from '../../ports/policy-source';

interface Copy {
  readonly policy: Policy;
  readonly readAt: number;
}

/** Word of a change makes a copy go at once; this is the net under it. */
const TRUSTED_MS = 15_000;
const MOST_ACCOUNTS = 10_000;

/**
 * Copies of policies. While their owner is away the last copy holds, even across a restart: a policy that switched
 * something off must not come on again because a service is down, and nobody's sign-in should wait for it.
 */
export class CachedPolicyCopies extends PolicyCopies {
  private readonly copies = new Map<string, Copy>();
  private readonly fetching = new Map<string, Promise<Policy>>();

  constructor(
    private readonly source: PolicySource,
    private readonly shelf: PolicyShelf,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {
    super();
  }

  async get(accountId: string): Promise<Policy> {
    const copy = this.copies.get(accountId);
    if (copy && this.clock.now().getTime() - copy.readAt < TRUSTED_MS) return copy.policy;
    const fetching = this.fetching.get(accountId) ?? this.fetch(accountId, copy?.policy ?? null);
    this.fetching.set(accountId, fetching);
    return fetching;
  }

  /** A fetch that is under way may have been answered before the change, so nobody else joins it. */
  forget(accountId: string): void {
    this.copies.delete(accountId);
    this.fetching.delete(accountId);
  }

  private fetch(accountId: string, last: Policy | null): Promise<Policy> {
    const started: Promise<Policy> = this.read(accountId, last)
      .then((policy) => {
        if (this.fetching.get(accountId) === started) this.remember(accountId, policy);
        return policy;
      })
      .finally(() => {
        if (this.fetching.get(accountId) === started) this.fetching.delete(accountId);
      });
    return started;
  }

  private async read(accountId: string, last: Policy | null): Promise<Policy> {
    try {
      const policy = await this.source.fetch(accountId);
      if (policy.version !== last?.version) await this.shelf.keep(accountId, policy);
      return policy;
    } catch (error) {
      const kept = last ?? (await this.shelf.find(accountId));
      if (!kept) throw fail('service_unavailable', 'The policy of this account cannot be read at the moment.');
      this.logger.warn('the policy cannot be read; the last copy holds', { accountId, error });
      return kept;
    }
  }

  private remember(accountId: string, policy: Policy): void {
    if (this.copies.size >= MOST_ACCOUNTS) this.copies.clear();
    this.copies.set(accountId, { policy, readAt: this.clock.now().getTime() });
  }
}
