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

  /**
   * Renews what is a third through, or two thirds where somebody waits for the round; tries for what is free, and gives the
   * partitions held now with their fences.
   */
  async hold(hurry = false): Promise<ReadonlyMap<number, number>> {
    const { partitions, ttlMs } = this.options;
    const enough = (ttlMs * (hurry ? 1 : 2)) / 3;
    const now = performance.now();
    const due = Array.from({ length: partitions }, (_none, partition) => partition).filter((partition) => {
      const known = this.held.get(partition);
      return !known || known.until - now <= enough;
    });
    await Promise.all(due.map((partition) => this.holdOne(partition)));
    return new Map([...this.held].map(([partition, { lease }]) => [partition, lease.fence]));
  }

  private async holdOne(partition: number): Promise<void> {
    const known = this.held.get(partition);
    const asked = performance.now();
    const lease = known ? await this.renewed(known.lease) : await this.taken(partition);
    if (lease) {
      this.held.set(partition, { lease, until: asked + this.options.ttlMs });
    } else {
      this.held.delete(partition);
    }
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
