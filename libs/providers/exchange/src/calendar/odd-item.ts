import type { RemoteChange, RemoteMeeting } from '@daybook/provider-port';

export type Change = RemoteChange<RemoteMeeting>;

/** Why an item cannot be held; becomes `unreadable`. */
export class OddItem extends Error {}

export function unreadable(remoteId: string, reason: string): Change {
  return { type: 'unreadable', remoteId, reason };
}

/** Reads with a reading that may find an item odd. */
export function orUnreadable(remoteId: string, read: () => Change): Change {
  try {
    return read();
  } catch (error) {
    if (error instanceof OddItem) return unreadable(remoteId, error.message);
    throw error;
  }
}
