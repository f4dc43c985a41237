import type { AccessGrant, PartState, Progress, StandingProblem } from '@daybook/contracts';

/** auth-svc, as syncing needs it: access for minutes, and its ear for what became of it. */
export interface AccessSource {
  /** `rejected` is a token the provider refused. */
  get(connectionId: string, rejected?: string): Promise<AccessGrant>;
  throttle(connectionId: string, notBefore: Date): Promise<void>;
  /** `claims` is what the provider wants to see at the person's next sign-in, where it said that. */
  revoked(connectionId: string, rejected: string, claims?: string): Promise<void>;
}

export interface PartReport {
  readonly connectionId: string;
  readonly at: Date;
  readonly state: PartState;
  readonly lastSuccessAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly progress?: Omit<Progress, 'part'>;
  readonly problem?: StandingProblem;
  /** Absent where its provider shows everything. */
  readonly coverage?: { readonly from: Date; readonly to: Date };
  /** Of its server, where a person has named one and it has shown a certificate. */
  readonly certificateExpiresAt?: Date;
}

/** Tells auth-svc how the calendar part of a connection is. A lost report is made good by the next one. */
export interface PartReporter {
  report(report: PartReport): Promise<void>;
}
