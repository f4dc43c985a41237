import { configureBodySchema, fail, parseBody, type Caller, type Permissions, type RawBody } from '@daybook/contracts';
import { missingPermission } from '@daybook/domain';
import type { Catalog } from '@daybook/providers/catalog';
import { PARTS, wasEverLinked, type Connection } from '../../model/connection';
import { ConnectionStore } from '../../ports/connection-store';
import { PolicyCopies } from '../../ports/policy-copies';
import type { Connected } from './connect';
import type { ConnectionWriter } from './connection-writer';
import {
  requireAllowed,
  requireCapable,
  requireIntegration,
  requireOwn,
  requirePerson,
  requireServiceAllowed,
  requireVersion,
} from './doors';
import type { LegTickets } from './leg-tickets';

/**
 * Changes the permissions a person wants. It holds at once, because the effective permission is the least of wanted and
 * granted: narrowing needs nobody's consent, and a wider wish that the provider has not granted shows as missing, with the
 * page where it can be granted. Who signed in with a form has no such page: a password is not bound to a consent.
 */
export class ConfigureConnection {
  constructor(
    private readonly catalog: Catalog,
    private readonly connections: ConnectionStore,
    private readonly policies: PolicyCopies,
    private readonly writer: ConnectionWriter,
    private readonly tickets: LegTickets,
  ) {}

  async run(caller: Caller, id: string, body: RawBody, ifMatch: string | undefined): Promise<Connected> {
    requirePerson(caller);
    const policy = await this.policies.get(caller.accountId);
    requireIntegration(policy);
    const own = await requireOwn(this.connections, caller, id);
    requireServiceAllowed(policy, own.service);
    const { permissions: wanted } = parseBody(configureBodySchema, body);
    requireAllowed(policy, own.service, wanted);
    const offer = this.catalog.services().find(({ service }) => service === own.service);
    if (!offer) throw fail('capability_not_available');
    requireCapable(offer, wanted);

    let authorizeUrl: string | undefined;
    const connection = await this.writer.change(id, async (current, tx) => {
      if (current.phase === 'deleted') throw fail('not_found');
      requireVersion(ifMatch, current);
      const granted = this.grantedTo(current, wanted);
      const missing = PARTS.some((part) => missingPermission(wanted[part], granted[part]));
      const purpose = wasEverLinked(current) ? 'configure' : 'connect';
      const asks = missing && current.server === null;
      authorizeUrl = asks ? await this.tickets.issue(current, purpose, wanted, tx) : undefined;
      if (PARTS.every((part) => wanted[part] === current.wanted[part])) return null;
      return {
        next: { ...current, wanted, granted, version: current.version + 1 },
        audit: { actorId: caller.userId, action: 'connection.permissions_changed', details: { ...wanted } },
      };
    });
    if (!connection) throw fail('not_found');
    return { connection, ...(authorizeUrl !== undefined && { authorizeUrl }) };
  }

  private grantedTo({ provider, server, granted }: Connection, wanted: Permissions): Permissions {
    const auth = this.catalog.providerByKey(provider)?.auth;
    return server !== null && auth ? { ...auth.grantedBy(auth.scopesFor(wanted)) } : granted;
  }
}
