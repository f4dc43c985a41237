import type { Connection } from '@daybook/contracts';

/** An administrator has agreed to a first connection, and now its person has to. */
export function isApproved({ state, account }: Connection): boolean {
  // Nothing else ends a connection that never had an account.
  return state === 'needs_reconnect' && account === null;
}
