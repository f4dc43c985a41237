import type { ProviderAccess } from './calendar-port';

/** What is heard on a watch. It carries no data we believe. */
export type WatchNews =
  /** From here on changes are told. Once, before any other word: what happened before it is told by nobody. */
  | { readonly type: 'listening' }
  /** Something in this calendar has changed; null: in any of them something may have. */
  | { readonly type: 'changed'; readonly calendarRemoteId: string | null };

export interface WatchOptions {
  /** Ends the watch, at any point and without an error. */
  readonly signal: AbortSignal;
  /** Aborted besides where the access is no longer to be shown to anybody: then nothing is given back, and runs out. */
  readonly withdrawn?: AbortSignal;
  /** Whether the provider may be asked now, for a watch that asks again and again; it may where this is absent. */
  readonly mayAsk?: () => Promise<boolean>;
}

/**
 * Says when calendars change, over a connection to the provider that is held open, or as near to that as it comes where none may
 * be: for providers that call no address of ours. Absent where there is none.
 */
export interface ChangeWatchPort {
  /**
   * Ends by itself when the provider ends it, and may be opened again; leaving the loop ends it as well. Nothing is asked of
   * the provider before the first word is awaited.
   * @param calendarRemoteIds of one mailbox, at least one
   * @throws ProviderError as a call would: what was refused is not asked again by itself
   */
  watch(access: ProviderAccess, calendarRemoteIds: readonly string[], options: WatchOptions): AsyncIterable<WatchNews>;
}
