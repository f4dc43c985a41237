import type { Lease, LeaseStore } from '@daybook/platform/mongo';

interface Held {
  readonly lease: Lease;
  /** On this process's monotonic clock, in ms; counted from before the request, so it is never too late. */
  readonly until: number;
}

/**
 * The partitions this relay may publish. One process usually holds all; another takes them over when it ends or stalls.
 * Renewed between rounds, not by a timer: a relay that hangs in a round must lose them.
 */
export class PartitionLeases {
  private readonly held = new Map<number, Held>();

  constructor(
    private readonly leases: LeaseStore,
    private readonly options: { owner: string; partitions: number; ttlMs: number },
  ) {}

  /** Renews what is a third through, tries for what is free, and gives the partitions held now with their fences. */
  async hold(): Promise<ReadonlyMap<number, number>> {
    const { partitions, ttlMs } = this.options;
    for (let partition = 0; partition < partitions; partition += 1) {
      const known = this.held.get(partition);
      const asked = performance.now();
      if (known && known.until - asked > (ttlMs * 2) / 3) {
        continue;
      }
      const lease = known ? await this.renewed(known.lease) : await this.taken(partition);
      if (lease) {
        this.held.set(partition, { lease, until: asked + ttlMs });
      } else {
        this.held.delete(partition);
      }
    }
    return new Map([...this.held].map(([partition, { lease }]) => [partition, lease.fence]));
  }

  /** Forgets what ran out while the database was away. */
  dropExpired(): void {
    const now = performance.now();
    for (const [partition, { until }] of this.held) {
      if (until <= now) {
        this.held.delete(partition);
      }
    }
  }

  async release(): Promise<void> {
    const leases = [...this.held.values()];
    this.held.clear();
    await Promise.allSettled(leases.map(({ lease }) => this.leases.release(lease)));
  }

  private taken(partition: number): Promise<Lease | null> {
    return this.leases.acquire(`outbox:${partition}`, this.options.owner, this.options.ttlMs);
  }

  private async renewed(lease: Lease): Promise<Lease | null> {
    return (await this.leases.renew(lease, this.options.ttlMs)) ? lease : null;
  }
}
