import type { Policy } from '@daybook/contracts';

/** The policies in force, as admin-svc last told them. */
export abstract class PolicyCopies {
  /** Throws `service_unavailable` when admin-svc does not answer and no copy is at hand. */
  abstract get(accountId: string): Promise<Policy>;
  abstract forget(accountId: string): void;
}
