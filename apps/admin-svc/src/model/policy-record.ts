import { openPolicy, type Policy, type PolicyBody } from '@daybook/contracts';

/** What an account's administrators decided. An account nobody decided for has revision 0 and the open policy. */
export interface PolicyRecord {
  readonly accountId: string;
  readonly body: PolicyBody;
  readonly revision: number;
}

export function untouched(accountId: string): PolicyRecord {
  return { accountId, body: openPolicy(), revision: 0 };
}

export function toPolicy({ body, revision }: PolicyRecord): Policy {
  return { ...body, version: policyVersion(revision) };
}

/** Opaque to clients. */
export function policyVersion(revision: number): string {
  return `p${revision}`;
}
