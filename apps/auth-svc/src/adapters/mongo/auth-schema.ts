import { keptAnswerIndexes } from '@daybook/platform/idempotency';
import { outboxIndexes } from '@daybook/platform/outbox';
import { hasCode, type IndexPlan, type Migration } from '@daybook/platform/mongo';

const endsAt = (field: string) => ({ key: { [field]: 1 }, expireAfterSeconds: 0 });

/** Collections and indexes of this service. */
export const authIndexes: IndexPlan = {
  accounts: [],
  people: [{ key: { email: 1 }, unique: true }, { key: { accountId: 1 } }],
  invitations: [endsAt('expiresAt')],
  sessions: [
    { key: { userId: 1 } },
    { key: { endedAt: 1, _id: 1 }, partialFilterExpression: { endedAt: { $gt: new Date(0) } } },
    endsAt('expiresAt'),
  ],
  refresh_tokens: [{ key: { sessionId: 1 } }, endsAt('expiresAt')],
  sign_in_attempts: [endsAt('windowEndsAt')],
  signing_keys: [],
  api_keys: [{ key: { hash: 1 }, unique: true }, { key: { accountId: 1, _id: -1 } }],
  connections: [
    { key: { slot: 1 }, unique: true, partialFilterExpression: { slot: { $exists: true } } },
    { key: { accountId: 1, _id: 1 } },
    { key: { userId: 1 } },
    { key: { provider: 1, 'linked.subject': 1 } },
    { key: { phase: 1, unfinishedUntil: 1 } },
  ],
  credentials: [],
  leg_tickets: [{ key: { connectionId: 1 } }, endsAt('expiresAt')],
  leg_states: [{ key: { connectionId: 1 } }, endsAt('expiresAt')],
  policy_copies: [],
  receipts: [{ key: { step: 1, nextStepAt: 1 } }, endsAt('expiresAt')],
  leases: [],
  ...keptAnswerIndexes,
  ...outboxIndexes,
};

/** The first version is what `authIndexes` describes; later versions change what is there. */
export const authMigrations: readonly Migration[] = [
  { version: 1, name: 'first-schema', up: async () => undefined },
  {
    version: 2,
    name: 'refresh-tokens-without-successors',
    up: async (db) => {
      const tokens = db.collection('refresh_tokens');
      await tokens.updateMany({}, { $unset: { successor: '', successorHash: '' } });
      await tokens.dropIndex('successorHash_1').catch((error: unknown) => {
        if (!hasCode(error, namespaceNotFound) && !hasCode(error, indexNotFound)) throw error;
      });
    },
  },
  {
    version: 3,
    name: 'connections-that-show-nothing-at-sign-in',
    up: async (db) => {
      await db.collection('connections').updateMany({ claims: { $exists: false } }, { $set: { claims: null } });
    },
  },
  {
    version: 4,
    name: 'connections-without-a-consent-to-approve',
    up: async (db) => {
      const connections = db.collection('connections');
      await connections.updateMany({ approvalFor: { $exists: false } }, { $set: { approvalFor: null } });
    },
  },
  {
    version: 5,
    name: 'connections-without-a-server-or-another-way',
    up: async (db) => {
      const connections = db.collection('connections');
      await connections.updateMany({ server: { $exists: false } }, { $set: { server: null } });
      await connections.updateMany({ approvalAt: { $exists: false } }, { $set: { approvalAt: null } });
    },
  },
];

// Codes of the server: https://www.mongodb.com/docs/manual/reference/error-codes/
const namespaceNotFound = 26;
const indexNotFound = 27;
