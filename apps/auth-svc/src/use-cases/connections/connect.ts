import { connectBodySchema, fail, parseBody, type Caller, type Policy, type RawBody } from '@daybook/contracts';
import type { Provider } from '@daybook/provider-port';
import type { Catalog, ServiceOffer } from '@daybook/providers/catalog';
import { UNFINISHED_MS } from '../../model/browser-leg';
import { wasEverLinked, type Connection } from '../../model/connection';
import { newConnection } from '../../model/new-connection';
import { Clock } from '../../ports/clock';
import { ConnectionStore, ServiceTaken } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import { keepNothing, UnitOfWork, type Keep } from '../../ports/unit-of-work';
import type { ConnectByForm } from './connect-by-form';
import type { ConnectionWriter } from './connection-writer';
import {
  requireAllowed,
  requireCapable,
  requireForm,
  requireIntegration,
  requirePerson,
  requireSomebody,
} from './doors';
import type { LegTickets } from './leg-tickets';

type ConnectBody = ReturnType<typeof connectBodySchema.parse>;

/** What a connect or a change answers: the connection, and where to go for consent when some is needed. */
export interface Connected {
  readonly connection: Connection;
  readonly authorizeUrl?: string;
}

export interface ConnectOptions {
  readonly keep?: Keep<Connected>;
  /** With a form: each step is also pushed under this name as soon as it is there. */
  readonly tellAs?: string | undefined;
}

/** Begins a person's connection to a service. Asked again while the first is unfinished it goes on with that one. */
export class Connect {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly writer: ConnectionWriter,
    private readonly tickets: LegTickets,
    private readonly byForm: ConnectByForm,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(caller: Caller, body: RawBody, options: ConnectOptions = {}): Promise<Connected> {
    requirePerson(caller);
    const policy = await this.policies.get(caller.accountId);
    requireIntegration(policy);
    const wish = parseBody(connectBodySchema, body);
    requireAllowed(policy, wish.service, wish.permissions);
    const { offer, provider } = this.offerFor(wish);
    requireForm(offer, wish);
    requireCapable(offer, wish.permissions);
    const { ews } = wish;
    if (ews) {
      requireSomebody(ews);
      return this.byForm.run(caller, { ...wish, ews }, { ...options, provider, policy });
    }
    const begin = () => this.begin(caller, wish, { provider, policy, keep: options.keep ?? keepNothing });
    try {
      return await begin();
    } catch (error) {
      // Two requests at once: the slower one goes on with what the faster one made.
      if (error instanceof ServiceTaken) return begin();
      throw error;
    }
  }

  private offerFor({ service, method }: ConnectBody): { offer: ServiceOffer; provider: Provider } {
    const offer = this.catalog.services().find((candidate) => candidate.service === service);
    const provider = this.catalog.providerFor(service, method);
    if (offer?.reason) throw fail('capability_not_available', offer.reason.detail);
    if (!offer || !provider)
      throw fail('capability_not_available', 'This service cannot be connected here in this way.');
    return { offer, provider };
  }

  private async begin(
    caller: Caller,
    wish: ConnectBody,
    { provider, policy, keep }: { provider: Provider; policy: Policy; keep: Keep<Connected> },
  ): Promise<Connected> {
    const existing = await this.connections.findByService(caller.userId, wish.service);
    if (existing) return this.goOn(existing, wish, { provider, keep });
    const fresh = newConnection(caller, { ...wish, provider: provider.key }, this.clock.now());
    const done = await this.work.run(async (tx) => {
      const connection = await this.writer.add(fresh, { policy }, tx);
      const authorizeUrl = await this.tickets.issue(connection, 'connect', wish.permissions, tx);
      await keep({ connection, authorizeUrl }, tx);
      return { connection, authorizeUrl };
    });
    this.writer.tell(done.connection, done.connection.revision);
    return done;
  }

  private async goOn(
    existing: Connection,
    { method, permissions: wanted }: ConnectBody,
    { provider, keep }: { provider: Provider; keep: Keep<Connected> },
  ): Promise<Connected> {
    let authorizeUrl = '';
    const connection = await this.writer.change(existing.id, async (current, tx) => {
      if (current.phase === 'deleted' || wasEverLinked(current)) throw fail('connection_exists');
      const version = current.version + 1;
      const unfinishedUntil = new Date(this.clock.now().getTime() + UNFINISHED_MS);
      const next = { ...current, method, provider: provider.key, wanted, version, unfinishedUntil };
      authorizeUrl = await this.tickets.issue(next, 'connect', wanted, tx);
      await keep({ connection: next, authorizeUrl }, tx);
      return { next };
    });
    if (!connection) throw fail('conflict', 'The connection was removed in between. Try again.');
    return { connection, authorizeUrl };
  }
}
