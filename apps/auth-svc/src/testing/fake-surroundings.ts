import {
  openPolicy,
  type ConnectionEventData,
  type Policy,
  type PolicyBody,
  type SignInItem,
} from '@daybook/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { Announcer, LivePush, type AuditEntry } from '../ports/announcer';
import { Held, Leases } from '../ports/leases';
import { PolicyCopies } from '../ports/policy-copies';
import { SyncingServices } from '../ports/syncing-services';

class FakeHeld extends Held {
  async assertHeld(): Promise<void> {}
}

export class FakeLeases extends Leases {
  private readonly taken = new Set<string>();

  async tryRun<T>(id: string, _ttlMs: number, work: (held: Held) => Promise<T>): Promise<T | 'held'> {
    if (this.taken.has(id)) return 'held';
    this.taken.add(id);
    try {
      return await work(new FakeHeld());
    } finally {
      this.taken.delete(id);
    }
  }

  async runInTurn<T>(
    id: string,
    { ttlMs, waitMs }: { ttlMs: number; waitMs: number },
    work: (held: Held) => Promise<T>,
  ): Promise<T | 'held'> {
    for (let waited = 0; waited <= waitMs; waited += 1) {
      const done = await this.tryRun(id, ttlMs, work);
      if (done !== 'held') return done;
      await sleep(1);
    }
    return 'held';
  }
}

/** Hears what would be announced. What a failed unit of work announced is heard too, so tests look at the end. */
export class FakeAnnouncer extends Announcer {
  readonly audits: AuditEntry[] = [];
  readonly events: { accountId: string; sequence: number; data: ConnectionEventData }[] = [];

  async audit(entry: AuditEntry) {
    this.audits.push(entry);
  }
  async connectionChanged(event: { accountId: string; sequence: number; data: ConnectionEventData }) {
    this.events.push(event);
  }
  wake(): void {}
}

export class FakeLivePush extends LivePush {
  readonly revoked: { sessionIds: readonly string[]; keyIds: readonly string[] }[] = [];
  readonly cursors: { userId: string; cursor: string }[] = [];
  readonly steps: { name: string; item: SignInItem }[] = [];

  sessionsRevoked(revoked: { sessionIds: readonly string[]; keyIds: readonly string[] }) {
    this.revoked.push(revoked);
  }
  connectionChanged(userId: string, cursor: string) {
    this.cursors.push({ userId, cursor });
  }
  signInStep(name: string, item: SignInItem) {
    this.steps.push({ name, item });
  }
}

/** One policy for every account; set it as an administrator would. */
export class FakePolicyCopies extends PolicyCopies {
  private policy: Policy = { ...openPolicy(), version: 'p0' };

  set(change: Partial<PolicyBody>): void {
    this.policy = { ...this.policy, ...change, version: `${this.policy.version}+` };
  }
  async get() {
    return this.policy;
  }
  forget(): void {}
}

/** The services that sync, which do what `stop` says. */
export class FakeSyncingServices extends SyncingServices {
  readonly asked: string[] = [];
  stop: (connectionId: string) => Promise<'stopped' | 'none' | 'left_to_expire'> = async () => 'stopped';

  stopSubscriptions(connectionId: string) {
    this.asked.push(connectionId);
    return this.stop(connectionId);
  }
}
