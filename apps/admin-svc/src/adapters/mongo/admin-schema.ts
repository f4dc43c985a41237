import type { IndexPlan, Migration } from '@daybook/platform/mongo';
import { outboxIndexes } from '@daybook/platform/outbox';

/** Collections and indexes of this service. */
export const adminIndexes: IndexPlan = {
  policies: [],
  audit_records: [{ key: { accountId: 1, number: 1 }, unique: true }],
  audit_heads: [],
  leases: [],
  ...outboxIndexes,
};

/** The first version is what `adminIndexes` describes; later versions change what is there. */
export const adminMigrations: readonly Migration[] = [{ version: 1, name: 'first-schema', up: async () => undefined }];
