import type { ConnectionMethod, Permissions } from '@daybook/contracts';
import type { RemoteIdentity } from '@daybook/provider-port';
import { revived, type Connection, type LinkedAccount, type LinkedServer, type PartReport } from './connection';

/** What a finished sign-in brings to a connection, whichever way it went. */
export interface Grant {
  /** Key of the provider that gave it. */
  readonly provider: string;
  /** By which the connection works from now on. */
  readonly method: ConnectionMethod;
  readonly identity: RemoteIdentity;
  readonly granted: Permissions;
  readonly wanted: Permissions;
  readonly server: LinkedServer | null;
}

/**
 * Whether a grant is one of the account that is linked. Another provider knows the same account by another subject, so there one
 * address in common decides.
 */
export function isSameAccount({ linked, provider }: Connection, { provider: from, identity }: Grant): boolean {
  if (linked === null) return true;
  if (provider === from) return linked.subject === identity.subject;
  const known = new Set(addressesOf(linked));
  return addressesOf(identity).some((address) => known.has(address));
}

/** The connection as it works with the grant; what stood still for want of access starts again. */
export function withGrant(current: Connection, grant: Grant, now: Date): Connection {
  const { provider, method, identity, granted, wanted, server } = grant;
  const goesOn = current.phase === 'connected' && current.method === method;
  const hasStopped = ({ state }: PartReport) => !goesOn || state === 'needs_reconnect';
  return {
    ...current,
    method,
    provider,
    phase: 'connected',
    phaseSince: current.phase === 'connected' ? current.phaseSince : now,
    linked: { subject: identity.subject, address: identity.address, aliases: identity.aliases.map(lower) },
    server,
    wanted,
    granted,
    reports: revived(current.reports, hasStopped),
    unfinishedUntil: null,
    notBefore: null,
    claims: null,
    approvalFor: null,
    approvalAt: null,
    version: current.version + 1,
  };
}

function addressesOf({ address, aliases }: Pick<LinkedAccount, 'address' | 'aliases'>): string[] {
  return [address, ...aliases].map(lower);
}

function lower(address: string): string {
  return address.toLowerCase();
}
