import type { IndexPlan } from '@daybook/platform/mongo';

/** The collection in each owner's database. */
export const outboxCollection = 'outbox';

/** How long a published row is kept, as long as the events' stream keeps it: what a wiped broker gets again. */
export const keptSeconds = 7 * 24 * 60 * 60;

/** One message on its way to the broker. It is written in the transaction of the change it tells of. */
export interface OutboxRow {
  /** Becomes the event's id and `Nats-Msg-Id`. */
  readonly _id: string;
  readonly subject: string;
  /** What must stay in order: the item's id. */
  readonly itemKey: string;
  readonly partition: number;
  /** Counts the item's changes, from 1, raised in the same transaction. */
  readonly sequence: number;
  /** The message as JSON text, written once. */
  readonly body: string;
  readonly correlationId?: string;
  /** Null until the broker has confirmed it. */
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
}

/**
 * The unpublished rows have an index of their own: it is empty when there is nothing to do, so looking costs nothing, and
 * a row leaves it when it is published. Published rows leave by their age.
 */
export const outboxIndexes: IndexPlan = {
  [outboxCollection]: [
    { key: { partition: 1, _id: 1 }, name: 'unpublished', partialFilterExpression: { publishedAt: null } },
    { key: { itemKey: 1, sequence: 1 }, name: 'unpublished_of_item', partialFilterExpression: { publishedAt: null } },
    { key: { publishedAt: 1 }, name: 'published_expire', expireAfterSeconds: keptSeconds },
  ],
};
