export { OutboxRelay } from './outbox-relay';
export type { OutboxPing, OutboxRelayOptions } from './outbox-relay';
export { outboxCollection, outboxIndexes } from './outbox-row';
export type { OutboxRow } from './outbox-row';
export { OutboxWriter } from './outbox-writer';
export type { OutboxEntry, OutboxWriterOptions } from './outbox-writer';
