import type {
  ConnectionMethod,
  ConnectionState,
  Part,
  PartState,
  Permissions,
  ServiceName,
  StandingCode,
} from '@daybook/contracts';
import { missingPermission } from '@daybook/domain';
import type { ConnectionPhase } from './connection-phase';

export const PARTS: readonly Part[] = ['calendar', 'contacts'];
export const NO_PERMISSIONS: Permissions = { calendar: 'none', contacts: 'none' };

/** Who the linked account is at the provider. `subject` never changes; addresses may. */
export interface LinkedAccount {
  readonly subject: string;
  readonly address: string;
  /** Lower case. */
  readonly aliases: readonly string[];
}

/** Where a sign-in with a form led to, and as whom. The password is in the vault alone. */
export interface LinkedServer {
  readonly url: string;
  readonly username: string;
  readonly version: string;
  readonly certificateChecksSkipped: boolean;
  /** What an administrator's rules for servers say against it; null where they allow it. No call is made meanwhile. */
  readonly objection: ServerObjection | null;
  /** When the certificate expires that it has last shown; absent where none was seen, or none is checked. */
  readonly certificateExpiresAt?: Date;
}
export type ServerObjection = 'host_not_allowed' | 'untrusted_not_allowed';

export interface PartProblem {
  readonly code: StandingCode;
  readonly detail: string;
  readonly blame: string;
  readonly since?: string | undefined;
}

export interface PartProgress {
  readonly done: number;
  readonly total: number | null;
  readonly soonReady: boolean;
}

/** A syncing service's last word on its part. */
export interface PartReport {
  readonly at: Date;
  readonly state: PartState;
  readonly lastSuccessAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly progress: PartProgress | null;
  readonly problem: PartProblem | null;
  /** What its provider shows at all; absent where that is everything. */
  readonly coverage?: { readonly from: Date; readonly to: Date };
}

export type PartReports = Readonly<Record<Part, PartReport | null>>;

/** A person's link to one service. There is at most one that is not deleted for each person and service. */
export interface Connection {
  readonly id: string;
  readonly accountId: string;
  readonly userId: string;
  readonly service: ServiceName;
  readonly method: ConnectionMethod;
  /** Key of the provider behind service and method. */
  readonly provider: string;
  readonly phase: ConnectionPhase;
  readonly linked: LinkedAccount | null;
  /** Null where people sign in on the provider's own pages. */
  readonly server: LinkedServer | null;
  readonly wanted: Permissions;
  readonly granted: Permissions;
  readonly reports: PartReports;
  /** Until then a first connection may stay unfinished; null once it was ever connected. */
  readonly unfinishedUntil: Date | null;
  /** Calls to the provider wait until then. */
  readonly notBefore: Date | null;
  /** What the provider wants to be shown at the next sign-in, in its own words; null where it wants nothing in particular. */
  readonly claims: string | null;
  /**
   * What a browser leg asked for that an administrator has to approve first; null where none was turned away so, and where the
   * secret we have will do once there is approval.
   */
  readonly approvalFor: Permissions | null;
  /**
   * Key of another provider, which a browser leg wanted to change to and whose administrator has to approve that first; null where
   * none was turned away so. What there is goes on meanwhile.
   */
  readonly approvalAt: string | null;
  /** Since when the present phase holds. */
  readonly phaseSince: Date;
  readonly receiptId: string | null;
  /** The overall state others were last told. */
  readonly announced: ConnectionState | 'deleted' | null;
  /** Grows with what the person decides or the provider grants; the opaque `version` of the outer contract. */
  readonly version: number;
  /** Grows with every change anybody can see. */
  readonly revision: number;
  /** How many events have been sent about it. */
  readonly eventSequence: number;
  readonly createdAt: Date;
}

/** Whether it was ever authorised: then there is something to revoke and to purge when it goes. */
export function wasEverLinked(connection: Connection): boolean {
  return connection.linked !== null;
}

/** Whether an administrator has to approve first: the whole connection, more than what works already, or another way. */
export function waitsForAdmin({ phase, approvalFor, approvalAt, wanted, granted }: Connection): boolean {
  if (approvalAt !== null && phase !== 'deleted') return true;
  if (phase !== 'connected') return phase === 'awaiting_admin';
  const isStillWanted = approvalFor !== null && PARTS.every((part) => approvalFor[part] === wanted[part]);
  return isStillWanted && PARTS.some((part) => missingPermission(wanted[part], granted[part]));
}

/** What stood still for want of access starts again; the times of the last success stay true. `which`: all when absent. */
export function revived(
  { calendar, contacts }: PartReports,
  which: (report: PartReport) => boolean = () => true,
): PartReports {
  const revive = (report: PartReport | null): PartReport | null =>
    report && which(report) ? { ...report, state: 'syncing', problem: null } : report;
  return { calendar: revive(calendar), contacts: revive(contacts) };
}
