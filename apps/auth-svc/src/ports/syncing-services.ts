import type { Receipt } from '@daybook/contracts';

/** The services that sync, asked to let go of a connection while its access still works. */
export abstract class SyncingServices {
  /** Best effort, a few seconds at most; never throws. */
  abstract stopSubscriptions(connectionId: string): Promise<Exclude<Receipt['subscriptions'], 'pending'>>;
}
