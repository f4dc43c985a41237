import type { Connection as ConnectionView, ConnectionRecord, Freshness, Part, Policy } from '@daybook/contracts';
import { effectivePermission, missingPermission } from '@daybook/domain';
import { certificateState } from '@daybook/provider-port';
import { PARTS, wasEverLinked, type Connection, type LinkedServer, type PartReport } from './connection';
import { overallState, partState } from './connection-state';
import { standingProblem } from './standing-problem';

/** A part counts as stale when its next look is this much overdue. */
const OVERDUE_MS = 5 * 60_000;

/** A connection as its person sees it. */
export function toConnectionView(
  connection: Connection,
  policy: Policy,
  now: Date,
  adminConsentUrl: string | null = null,
): ConnectionView {
  const { id, service, method, linked, wanted, granted } = connection;
  const suspended = !policy.enabled;
  const missing = wasEverLinked(connection)
    ? PARTS.filter((part) => missingPermission(wanted[part], granted[part]))
    : [];
  const progress = progressOf(connection, suspended);
  const problem = standingProblem(connection, suspended);
  return {
    id,
    service,
    method,
    account: linked?.address ?? null,
    state: overallState(connection, suspended),
    calendar: partView('calendar', connection, suspended, now),
    contacts: partView('contacts', connection, suspended, now),
    permissions: { wanted, granted, missing },
    ...(progress && { progress }),
    ...(problem && { problem }),
    ...(adminConsentUrl !== null && { adminConsentUrl }),
    ...(connection.server && { server: serverView(connection.server, now) }),
    version: connectionVersion(connection),
  };
}

function serverView(
  { objection: _objection, certificateExpiresAt, ...shown }: LinkedServer,
  now: Date,
): ConnectionView['server'] {
  if (!certificateExpiresAt) return shown;
  const state = certificateState(certificateExpiresAt.getTime(), now.getTime());
  return { ...shown, certificate: { expiresAt: certificateExpiresAt.toISOString(), state } };
}

/** Opaque to clients; progress and freshness do not change it, so that an edit is not refused because a sync went on. */
export function connectionVersion({ version }: Connection): string {
  return `c${version}`;
}

/** A connection as the services that sync need it. `address` is the person's sign-in. */
export function toConnectionRecord(connection: Connection, policy: Policy, address: string | null): ConnectionRecord {
  const { id, accountId, userId, service, method, linked, wanted, granted, revision, receiptId } = connection;
  const effective = (part: Part) => effectivePermission(wanted[part], granted[part], policy.permissions[part]);
  const addresses = [address, linked?.address, ...(linked?.aliases ?? [])].filter((item) => typeof item === 'string');
  return {
    connectionId: id,
    accountId,
    userId,
    service,
    method,
    addresses: [...new Set(addresses.map((item) => item.toLowerCase()))],
    effective: { calendar: effective('calendar'), contacts: effective('contacts') },
    status: statusOf(connection, policy),
    revision,
    decisions: connection.version,
    ...(receiptId !== null && { receiptId }),
  };
}

function statusOf({ phase, server }: Connection, policy: Policy): ConnectionRecord['status'] {
  if (phase === 'deleted') return 'deleted';
  const isAllowed = policy.enabled && !server?.objection;
  return phase === 'connected' && isAllowed ? 'live' : 'stopped';
}

function partView(part: Part, connection: Connection, suspended: boolean, now: Date) {
  const state = partState(part, connection, suspended);
  const report = connection.reports[part];
  const freshness: Freshness =
    state === 'off'
      ? { stale: false, sources: [] }
      : {
          stale: state !== 'active' || isOverdue(report, now),
          sources: [sourceOf(connection.id, part, report)],
          ...coverageOf(report),
        };
  return { state, freshness };
}

/** Only where a provider shows no more than a stretch of time. */
function coverageOf(report: PartReport | null): Pick<Freshness, 'coverage'> {
  const coverage = report?.coverage;
  return coverage ? { coverage: { from: coverage.from.toISOString(), to: coverage.to.toISOString() } } : {};
}

function isOverdue(report: PartReport | null, now: Date): boolean {
  if (!report?.lastSuccessAt) return true;
  return report.nextAttemptAt !== null && now.getTime() - report.nextAttemptAt.getTime() > OVERDUE_MS;
}

function sourceOf(connectionId: string, part: Part, report: PartReport | null): Freshness['sources'][number] {
  const problem = report?.problem;
  return {
    connectionId,
    part,
    lastSuccessAt: report?.lastSuccessAt?.toISOString() ?? null,
    nextAttemptAt: report?.nextAttemptAt?.toISOString() ?? null,
    ...(problem && { problem }),
  };
}

function progressOf(connection: Connection, suspended: boolean): ConnectionView['progress'] {
  const part = PARTS.find((candidate) => partState(candidate, connection, suspended) === 'syncing');
  const progress = part && connection.reports[part]?.progress;
  return progress ? { part, ...progress } : undefined;
}
