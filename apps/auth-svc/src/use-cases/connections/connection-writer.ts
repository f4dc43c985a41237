import type { ConnectionEventData, Policy } from '@daybook/contracts';
import type { Connection } from '../../model/connection';
import { overallState } from '../../model/connection-state';
import { Announcer, LivePush, type AuditEntry } from '../../ports/announcer';
import { BrowserLegStore } from '../../ports/browser-leg-store';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import { UnitOfWork, type Tx } from '../../ports/unit-of-work';

/** Who has to hear of a change: nobody, the person's open screens, or other services as well. */
export type Audience = 'nobody' | 'screens' | 'everybody';

/** An audit record of the connection itself. */
export type AuditNote = Omit<AuditEntry, 'accountId' | 'targetType' | 'targetId'>;

export interface Edit {
  readonly next: Connection | 'removed';
  readonly audience?: Audience;
  readonly audit?: AuditNote | readonly AuditNote[];
}

interface NewConnection extends Pick<Edit, 'audit'> {
  readonly policy: Policy;
}

/** Changes connections: each change is one transaction with its revision, its event and its audit record. */
export class ConnectionWriter {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly legs: BrowserLegStore,
    private readonly policies: PolicyCopies,
    private readonly work: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly push: LivePush,
  ) {}

  /**
   * Reads the connection inside a transaction and writes what `edit` makes of it; null leaves it as it is. `edit` may run
   * again. Gives the connection as it is afterwards, null when it is not there (any more).
   */
  async change(
    id: string,
    edit: (connection: Connection, tx: Tx, policy: Policy) => Promise<Edit | null> | Edit | null,
  ): Promise<Connection | null> {
    const known = await this.connections.find(id);
    if (!known) return null;
    const policy = await this.policies.get(known.accountId);
    const done = await this.work.run(async (tx) => {
      const connection = await this.connections.find(id, tx);
      const made = connection && (await edit(connection, tx, policy));
      if (!connection || !made) return { connection, audience: 'nobody' as const };
      return this.write(connection, made, policy, tx);
    });
    if (done.audience !== 'nobody') this.tell(known, done.connection?.revision ?? known.revision + 1);
    return done.connection;
  }

  /** A new connection; call it inside a unit of work and `tell` afterwards. Throws ServiceTaken. */
  async add(connection: Connection, { policy, audit }: NewConnection, tx: Tx): Promise<Connection> {
    const added = this.raise(connection, policy, 'everybody');
    await this.connections.add(added, tx);
    await this.note(added, audit, tx);
    await this.sendEvent(added, added.announced ?? 'pending', tx);
    return added;
  }

  tell({ userId, id }: Pick<Connection, 'userId' | 'id'>, revision: number): void {
    this.push.connectionChanged(userId, `${id}:${revision}`);
    this.announcer.wake();
  }

  private async write(connection: Connection, edit: Edit, policy: Policy, tx: Tx) {
    const audience = edit.audience ?? 'everybody';
    await this.note(connection, edit.audit, tx);
    if (edit.next === 'removed') {
      await this.connections.remove(connection.id, tx);
      await this.legs.dropOf(connection.id, tx);
      const last = this.raise({ ...connection, phase: 'deleted' }, policy, 'everybody');
      await this.sendEvent(last, 'deleted', tx);
      return { connection: null, audience };
    }
    const next = this.raise(edit.next, policy, audience);
    await this.connections.save(next, tx);
    if (audience === 'everybody' && next.announced !== null) await this.sendEvent(next, next.announced, tx);
    return { connection: next, audience };
  }

  private async note({ accountId, id }: Connection, audit: Edit['audit'], tx: Tx): Promise<void> {
    const target = { accountId, targetType: 'connection', targetId: id };
    for (const entry of [audit ?? []].flat()) await this.announcer.audit({ ...target, ...entry }, tx);
  }

  private raise(connection: Connection, policy: Policy, audience: Audience): Connection {
    if (audience === 'nobody') return connection;
    const revision = connection.revision + 1;
    if (audience === 'screens') return { ...connection, revision };
    const announced = connection.phase === 'deleted' ? 'deleted' : overallState(connection, !policy.enabled);
    return { ...connection, revision, announced, eventSequence: connection.eventSequence + 1 };
  }

  private sendEvent(connection: Connection, state: ConnectionEventData['state'], tx: Tx): Promise<void> {
    const { id, accountId, userId, service, revision, eventSequence } = connection;
    const data = { connectionId: id, userId, service, state, revision };
    return this.announcer.connectionChanged({ accountId, sequence: eventSequence, data }, tx);
  }
}
