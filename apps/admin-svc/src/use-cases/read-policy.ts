import { fail, type Caller, type Policy } from '@daybook/contracts';
import { toPolicy } from '../model/policy-record';
import { PolicyStore } from '../ports/policy-store';

export function requireAdministrator(caller: Caller): void {
  if (caller.role !== 'administrator') throw fail('forbidden', 'Only administrators may do this.');
}

/** The policy in force: for services by account, for administrators of their own. */
export class ReadPolicy {
  constructor(private readonly policies: PolicyStore) {}

  async forService(accountId: string): Promise<Policy> {
    return toPolicy(await this.policies.find(accountId));
  }

  async forAdministrator(caller: Caller): Promise<Policy> {
    requireAdministrator(caller);
    return this.forService(caller.accountId);
  }
}
