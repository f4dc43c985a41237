import { revived, type Connection } from '../../model/connection';
import { afterEvent } from '../../model/connection-phase';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import type { ConnectionWriter } from '../connections/connection-writer';
import type { RefreshAccess } from './refresh-access';

/** An approval is given by a person who was asked for it: nobody needs to hear of it within seconds. */
export const RETRY_AWAITING_MS = 15 * 60_000;
const AT_ONCE = 100;

/**
 * Connections that worked until the provider wanted an administrator's approval: nobody is told when it is given, so access is
 * tried again now and then, with the secret we have. A first connection has none, one that came to wait by a new consent has a
 * dead one: both wait for their person to continue.
 */
export class RetryAwaiting {
  constructor(
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly refreshAccess: RefreshAccess,
    private readonly writer: ConnectionWriter,
    private readonly clock: Clock,
  ) {}

  /** How many were tried. */
  async run(): Promise<number> {
    const due = await this.connections.awaitingAdmin(this.clock.now(), AT_ONCE);
    for (const connection of due) await this.retry(connection);
    return due.length;
  }

  private async retry(connection: Connection): Promise<void> {
    const { enabled } = await this.policies.get(connection.accountId);
    const outcome = enabled ? await this.refreshAccess.again(connection) : null;
    const works = outcome?.type === 'fresh';
    await this.writer.change(connection.id, (current) => {
      if (current.phase !== 'awaiting_admin') return null;
      const phase = works ? afterEvent(current.phase, 'access_works') : current.phase;
      if (phase !== 'connected') return { next: { ...current, notBefore: this.nextTry() }, audience: 'nobody' };
      const next = {
        ...current,
        phase,
        phaseSince: this.clock.now(),
        notBefore: null,
        reports: revived(current.reports),
      };
      return { next, audit: { actorId: 'system', action: 'connection.access_works' } };
    });
  }

  private nextTry(): Date {
    return new Date(this.clock.now().getTime() + RETRY_AWAITING_MS);
  }
}
