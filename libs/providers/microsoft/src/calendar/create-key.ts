/**
 * `transactionId` of the events we make: Graph makes one event of it, however often it is asked, and shows it in lists. The
 * prefix tells them from what other programs make.
 * Source: learn.microsoft.com/graph/api/resources/event (transactionId).
 */
const PREFIX = 'daybook-';

export function transactionIdOf(key: string): string {
  return PREFIX + key;
}

export function isOurKey(transactionId: unknown): boolean {
  return typeof transactionId === 'string' && transactionId.startsWith(PREFIX);
}
