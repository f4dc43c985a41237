import type { Caller, ConnectionMethod, Permissions, ServiceName } from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import { UNFINISHED_MS } from './browser-leg';
import { NO_PERMISSIONS, type Connection } from './connection';

export interface ConnectionWish {
  readonly service: ServiceName;
  readonly method: ConnectionMethod;
  readonly permissions: Permissions;
}

/** A first connection, of which nothing is known yet but what its person wants. `provider` is the key behind service and method. */
export function newConnection(
  { userId, accountId }: Pick<Caller, 'userId' | 'accountId'>,
  { service, method, permissions, provider }: ConnectionWish & { readonly provider: string },
  now: Date,
): Connection {
  return {
    id: newId('con'),
    accountId,
    userId,
    service,
    method,
    provider,
    phase: 'pending',
    linked: null,
    server: null,
    wanted: permissions,
    granted: NO_PERMISSIONS,
    reports: { calendar: null, contacts: null },
    unfinishedUntil: new Date(now.getTime() + UNFINISHED_MS),
    notBefore: null,
    phaseSince: now,
    claims: null,
    approvalFor: null,
    approvalAt: null,
    receiptId: null,
    announced: null,
    version: 1,
    revision: 0,
    eventSequence: 0,
    createdAt: now,
  };
}
