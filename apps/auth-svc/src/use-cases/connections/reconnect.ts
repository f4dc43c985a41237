import { fail, type Caller } from '@daybook/contracts';
import type { Catalog } from '@daybook/providers/catalog';
import { UNFINISHED_MS } from '../../model/browser-leg';
import { wasEverLinked } from '../../model/connection';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import { keepNothing, type Keep } from '../../ports/unit-of-work';
import type { Connected } from './connect';
import type { ConnectionWriter } from './connection-writer';
import { requireAllowed, requireIntegration, requireOwn, requirePerson } from './doors';
import type { LegTickets } from './leg-tickets';

/** Asks for consent again for a connection that is there; it keeps its id and everything that hangs on it. */
export class Reconnect {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly writer: ConnectionWriter,
    private readonly tickets: LegTickets,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, id: string, keep: Keep<Connected> = keepNothing): Promise<Connected> {
    requirePerson(caller);
    const policy = await this.policies.get(caller.accountId);
    requireIntegration(policy);
    const own = await requireOwn(this.connections, caller, id);
    requireAllowed(policy, own.service, own.wanted);
    if (!this.catalog.providerFor(own.service, own.method)) throw fail('capability_not_available');

    let authorizeUrl = '';
    const connection = await this.writer.change(id, async (current, tx) => {
      if (current.phase === 'deleted') throw fail('not_found');
      const first = !wasEverLinked(current);
      authorizeUrl = await this.tickets.issue(current, first ? 'connect' : 'reconnect', current.wanted, tx);
      await keep({ connection: current, authorizeUrl }, tx);
      if (!first) return null;
      const unfinishedUntil = new Date(this.clock.now().getTime() + UNFINISHED_MS);
      return { next: { ...current, unfinishedUntil }, audience: 'nobody' };
    });
    if (!connection) throw fail('not_found');
    return { connection, authorizeUrl };
  }
}
