import { fail, type Caller, type FieldFault, type Permissions, type Policy } from '@daybook/contracts';
import type { ServiceOffer } from '@daybook/providers/catalog';
import { connectionVersion } from '../../model/connection-view';
import { PARTS, type Connection } from '../../model/connection';
import type { ConnectionStore } from '../../ports/connection-store';

/** The doors a request about connections passes, in the order of the outer contract: role, integration, ownership, body, version. */
export function requirePerson(caller: Caller): void {
  if (caller.role === 'service') throw fail('forbidden', 'An API key has no connections.');
}

export function requireIntegration(policy: Policy): void {
  if (!policy.enabled) throw fail('integration_disabled');
}

/** The caller's own connection. Somebody else's, a deleted one and none at all are the same `not_found`. */
export async function requireOwn(connections: ConnectionStore, caller: Caller, id: string): Promise<Connection> {
  const connection = await connections.find(id);
  if (!isOwn(connection, caller)) throw fail('not_found');
  return connection;
}

export function isOwn(connection: Connection | null, caller: Caller): connection is Connection {
  return connection !== null && connection.userId === caller.userId && connection.phase !== 'deleted';
}

/** What the policy says to a service. Throws `service_not_allowed`. */
export function requireServiceAllowed(policy: Policy, service: Connection['service']): void {
  const { enforced, allowed } = policy.service;
  if (!allowed.includes(service) || (enforced !== null && enforced !== service)) throw fail('service_not_allowed');
}

/** What the policy says to a service and to wishes. Throws `service_not_allowed` or `permission_locked`. */
export function requireAllowed(policy: Policy, service: Connection['service'], wanted: Permissions): void {
  requireServiceAllowed(policy, service);
  for (const part of PARTS) {
    const { locked, value } = policy.permissions[part];
    if (locked && wanted[part] !== value && wanted[part] !== 'none') {
      throw fail('permission_locked', `The permission for ${part} is locked to ${value}.`);
    }
  }
}

/** That what a method asks for by form is there with it, and only with it. Throws `invalid_body`. */
export function requireForm(
  offer: ServiceOffer,
  { method, ews }: { method: Connection['method']; ews?: unknown },
): void {
  const asked = offer.methods.some((one) => one.method === method && one.fields.length > 0);
  if (asked === (ews !== undefined)) return;
  const fault: Omit<FieldFault, 'field'> = asked
    ? { code: 'needed', detail: 'This method needs it.' }
    : { code: 'not_taken', detail: 'This method does not take it.' };
  throw fail('invalid_body', undefined, { fields: [{ field: 'ews', ...fault }] });
}

/** That a form says whose mailbox it is. Throws `invalid_body`. */
export function requireSomebody({
  email,
  username,
}: {
  email?: string | undefined;
  username?: string | undefined;
}): void {
  if (email !== undefined || username !== undefined) return;
  throw fail('invalid_body', undefined, {
    fields: [{ field: 'ews.email', code: 'needed', detail: 'Give the address of the mailbox or the name to sign in.' }],
  });
}

/** That the provider can do what is wanted here. Throws `capability_not_available` or `invalid_body`. */
export function requireCapable(offer: ServiceOffer, wanted: Permissions): void {
  for (const part of PARTS) {
    if (wanted[part] === 'none') continue;
    const offered = offer.permissions.find((candidate) => candidate.part === part);
    if (!offered?.choices.includes(wanted[part])) {
      throw fail('capability_not_available', `${offer.label} is not offered here for ${part}.`, {
        fields: [
          { field: `permissions.${part}`, code: 'not_offered', detail: 'This is not offered here for this service.' },
        ],
      });
    }
  }
  if (PARTS.every((part) => wanted[part] === 'none')) {
    throw fail('invalid_body', undefined, {
      fields: [{ field: 'permissions', code: 'needed', detail: 'Choose at least one permission.' }],
    });
  }
}

/** `If-Match`: absent and `*` match all, values may be quoted and several. Throws `version_conflict`. */
export function requireVersion(ifMatch: string | undefined, connection: Connection): void {
  const currentVersion = connectionVersion(connection);
  if (!matchesVersion(ifMatch, currentVersion)) throw fail('version_conflict', undefined, { currentVersion });
}

function matchesVersion(ifMatch: string | undefined, version: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '') return true;
  const given = ifMatch.split(',').map((item) =>
    item
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  );
  return given.includes('*') || given.includes(version);
}
