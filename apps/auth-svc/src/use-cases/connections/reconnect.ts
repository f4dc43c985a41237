import { fail, parseBody, reconnectBodySchema, type Caller, type RawBody } from '@daybook/contracts';
import type { Provider } from '@daybook/provider-port';
import type { Catalog } from '@daybook/providers/catalog';
import { UNFINISHED_MS } from '../../model/browser-leg';
import { wasEverLinked, type Connection } from '../../model/connection';
import { Clock } from '../../ports/clock';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import { keepNothing } from '../../ports/unit-of-work';
import type { Connected, ConnectOptions } from './connect';
import type { ConnectionWriter } from './connection-writer';
import { requireAllowed, requireForm, requireIntegration, requireOwn, requirePerson, requireVersion } from './doors';
import type { LegTickets } from './leg-tickets';
import type { ReconnectByForm } from './reconnect-by-form';

export interface ReconnectOptions extends ConnectOptions {
  readonly body?: RawBody | undefined;
  readonly ifMatch?: string | undefined;
}

/**
 * Signs in again for a connection that is there, by the method it has or by another one of its service: it keeps its id and
 * everything that hangs on it. By a form that is done with the answer; on a provider's pages it is done when the person is back.
 */
export class Reconnect {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly writer: ConnectionWriter,
    private readonly tickets: LegTickets,
    private readonly byForm: ReconnectByForm,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, id: string, options: ReconnectOptions = {}): Promise<Connected> {
    requirePerson(caller);
    const policy = await this.policies.get(caller.accountId);
    requireIntegration(policy);
    const own = await requireOwn(this.connections, caller, id);
    requireAllowed(policy, own.service, own.wanted);
    const { method = own.method, ews } = bodyOf(options.body);
    const offer = this.catalog.services().find(({ service }) => service === own.service);
    const provider = this.catalog.providerFor(own.service, method);
    if (!offer || !provider) throw fail('capability_not_available');
    requireForm(offer, { method, ews });
    requireVersion(options.ifMatch, own);
    return ews
      ? this.byForm.run(caller, own, { ...options, method, ews, provider, policy })
      : this.onPages(own, provider, options);
  }

  private async onPages(
    { id }: Connection,
    provider: Provider,
    { ifMatch, keep = keepNothing }: ReconnectOptions,
  ): Promise<Connected> {
    let authorizeUrl = '';
    const connection = await this.writer.change(id, async (current, tx) => {
      if (current.phase === 'deleted') throw fail('not_found');
      requireVersion(ifMatch, current);
      const first = !wasEverLinked(current);
      const asked = { ...current, provider: provider.key };
      authorizeUrl = await this.tickets.issue(asked, first ? 'connect' : 'reconnect', current.wanted, tx);
      await keep({ connection: current, authorizeUrl }, tx);
      if (!first) return null;
      const unfinishedUntil = new Date(this.clock.now().getTime() + UNFINISHED_MS);
      return { next: { ...current, unfinishedUntil }, audience: 'nobody' };
    });
    if (!connection) throw fail('not_found');
    return { connection, authorizeUrl };
  }
}

/** It may be left out. */
function bodyOf(body: RawBody | undefined): ReturnType<typeof reconnectBodySchema.parse> {
  return body === undefined || body.type === 'none' ? {} : parseBody(reconnectBodySchema, body);
}
