import type { Policy } from '@daybook/contracts';

/** Where policies come from. */
export abstract class PolicySource {
  /** Throws ProblemError when it does not answer. */
  abstract fetch(accountId: string): Promise<Policy>;
}

/** The last word on each account's policy, kept for starts at which its owner does not answer. */
export abstract class PolicyShelf {
  abstract find(accountId: string): Promise<Policy | null>;
  abstract keep(accountId: string, policy: Policy): Promise<void>;
}
