import { policySchema, type Policy } from '@daybook/contracts';
import type { Connection, Model } from 'mongoose';
import { PolicyShelf } from '../../ports/policy-source';
import { defineModel, plain } from './define-model';

interface PolicyDocument {
  _id: string;
  policy: Policy;
}

export class MongoPolicyShelf extends PolicyShelf {
  private readonly policies: Model<PolicyDocument>;

  constructor(connection: Connection) {
    super();
    this.policies = defineModel<PolicyDocument>(connection, 'policy_copies', { policy: plain });
  }

  /** A copy written by another release may lack a field; then it is no copy. */
  async find(accountId: string): Promise<Policy | null> {
    const found = await this.policies.findOne({ _id: accountId }).lean();
    const parsed = policySchema.safeParse(found?.policy);
    return parsed.success ? parsed.data : null;
  }

  async keep(accountId: string, policy: Policy): Promise<void> {
    await this.policies.updateOne({ _id: accountId }, { $set: { policy } }, { upsert: true });
  }
}
