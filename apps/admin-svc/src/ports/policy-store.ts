import type { PolicyRecord } from '../model/policy-record';

/** What is told together with a saved policy. */
export interface PolicyNews {
  readonly actorId: string;
  /** Paths of the fields that changed. */
  readonly changed: readonly string[];
}

export abstract class PolicyStore {
  /** The open policy when nobody decided yet. */
  abstract find(accountId: string): Promise<PolicyRecord>;
  /** Writes record, event and audit record together, if the revision before is still the stored one; else false. */
  abstract replace(record: PolicyRecord, news: PolicyNews): Promise<boolean>;
}
