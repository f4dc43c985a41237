import { LeaseStore, type Lease } from '@daybook/platform/mongo';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { Held, Leases } from '../../ports/leases';
import type { Tx } from '../../ports/unit-of-work';
import { sessionOf } from './mongo-unit-of-work';

class MongoHeld extends Held {
  constructor(
    private readonly leases: LeaseStore,
    private readonly lease: Lease,
  ) {
    super();
  }

  assertHeld(tx: Tx): Promise<void> {
    return this.leases.assertFence(sessionOf(tx), this.lease.id, this.lease.fence);
  }
}

const LOOK_EVERY_MS = 60;

export class MongoLeases extends Leases {
  private readonly leases: LeaseStore;

  constructor(connection: Connection) {
    super();
    this.leases = new LeaseStore(connection);
  }

  tryRun<T>(id: string, ttlMs: number, work: (held: Held) => Promise<T>): Promise<T | 'held'> {
    const owner = `auth-svc:${randomUUID()}`;
    return this.leases.withLease(id, { owner, ttlMs }, (lease) => work(new MongoHeld(this.leases, lease)));
  }

  async runInTurn<T>(
    id: string,
    { ttlMs, waitMs }: { ttlMs: number; waitMs: number },
    work: (held: Held) => Promise<T>,
  ): Promise<T | 'held'> {
    const until = performance.now() + waitMs;
    for (;;) {
      const result = await this.tryRun(id, ttlMs, work);
      if (result !== 'held' || performance.now() > until) return result;
      await sleep(LOOK_EVERY_MS * (0.5 + Math.random()));
    }
  }
}
