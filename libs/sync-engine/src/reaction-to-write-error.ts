import type { ProviderError } from '@daybook/provider-port';
import type { WaitingWrite, WriteRefusal } from './write-queue';

/** What becomes of a write that the provider did not do: the one place where that is decided. */
export type WriteReaction =
  /** It concerns the connection, not this write: thrown, and `reactionTo` says what the connection does. */
  | { readonly action: 'wait' }
  /** The intention is undone and the person told why. */
  | { readonly action: 'refuse'; readonly why: WriteRefusal }
  /** There is nothing to write on any more. */
  | { readonly action: 'gone' }
  /** Somebody was faster: looked up and merged before anything is sent again. */
  | { readonly action: 'lookAgain' }
  /** Nobody can explain it: three tries with back-off, then refused. */
  | { readonly action: 'tryAgain' };

export function reactionToWrite(error: ProviderError, operation: WaitingWrite['operation']): WriteReaction {
  switch (error.kind) {
    case 'AccessExpired':
    case 'ConsentRevoked':
    case 'AdminApprovalNeeded':
    case 'NoMailbox':
    case 'UntrustedServer':
    case 'SwitchedOff':
    case 'Throttled':
    case 'Unavailable':
      return { action: 'wait' };
    case 'PermissionMissing':
      return { action: 'refuse', why: 'permission_missing' };
    case 'Rejected':
      return { action: 'refuse', why: error.because ?? 'provider_refused' };
    case 'Gone':
      // Of something that is not there yet only the calendar can be missing.
      return operation === 'create' ? { action: 'refuse', why: 'calendar_gone' } : { action: 'gone' };
    case 'VersionConflict':
      return { action: 'lookAgain' };
    // A write carries no cursor, so that answer explains nothing.
    case 'CursorExpired':
    case 'Unreadable':
    case 'Unknown':
      return { action: 'tryAgain' };
  }
}
