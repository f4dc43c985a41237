/** What somebody wants to be told of. */
export interface SubscriptionOrder {
  readonly kind: 'pull' | 'push' | 'streaming';
  /** Address of whoever made it: only they may use it. */
  readonly owner: string;
  /** Address of the mailbox that is watched. */
  readonly mailbox: string;
  /** Values of `NotificationEventTypeType`. */
  readonly types: ReadonlySet<string>;
  /** Keys of folders; null for all of the mailbox. */
  readonly folders: ReadonlySet<string> | null;
  /** Milliseconds that it lives on without being used. */
  readonly lifetime: number;
  /** Of the last event that is known to the client. */
  readonly position: number;
}

export interface Subscription extends Omit<SubscriptionOrder, 'position'> {
  readonly id: string;
  /** Of the last event that was told. */
  position: number;
  /** Epoch milliseconds; Infinity while it is in use. */
  expiresAt: number;
}
