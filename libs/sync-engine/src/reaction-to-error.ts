import type { ProviderError } from '@daybook/provider-port';

/** What the engine does about a provider's error: the one place where that is decided. */
export type Reaction =
  /** Get new access once and try the same again. */
  | { readonly action: 'refreshAccess' }
  /** Nothing more for this connection until a person or an administrator acts. */
  | {
      readonly action: 'stop';
      readonly state: 'needs_reconnect' | 'awaiting_admin' | 'degraded';
      readonly code: StopCode;
    }
  /** The whole connection waits; null: by the usual back-off. */
  | {
      readonly action: 'delay';
      readonly ms: number | null;
      readonly code: 'provider_throttled' | 'provider_unavailable';
    }
  /** List everything again; nothing is removed before that listing is complete. */
  | { readonly action: 'resync' }
  /** The calendar itself is gone. */
  | { readonly action: 'retire' }
  /** Our own write was overtaken or refused. */
  | { readonly action: 'reread' }
  | { readonly action: 'reject' }
  /** Three tries with back-off, then set aside and tell an operator. */
  | { readonly action: 'quarantine'; readonly code: 'provider_fault' };

export type StopCode =
  | 'consent_revoked'
  /** The consent stands, but the provider wants the person to sign in again. */
  | 'sign_in_needed'
  | 'admin_approval_needed'
  | 'permission_missing'
  | 'no_mailbox'
  | 'untrusted_server'
  | 'switched_off';

export function reactionTo(error: ProviderError): Reaction {
  switch (error.kind) {
    case 'AccessExpired':
      return { action: 'refreshAccess' };
    case 'ConsentRevoked':
      return {
        action: 'stop',
        state: 'needs_reconnect',
        code: error.claims === null ? 'consent_revoked' : 'sign_in_needed',
      };
    case 'AdminApprovalNeeded':
      return { action: 'stop', state: 'awaiting_admin', code: 'admin_approval_needed' };
    case 'PermissionMissing':
      return { action: 'stop', state: 'degraded', code: 'permission_missing' };
    case 'NoMailbox':
      return { action: 'stop', state: 'degraded', code: 'no_mailbox' };
    case 'UntrustedServer':
      return { action: 'stop', state: 'degraded', code: 'untrusted_server' };
    case 'SwitchedOff':
      return { action: 'stop', state: 'needs_reconnect', code: 'switched_off' };
    case 'Throttled':
      return { action: 'delay', ms: error.retryAfterMs, code: 'provider_throttled' };
    case 'Unavailable':
      return { action: 'delay', ms: error.retryAfterMs, code: 'provider_unavailable' };
    case 'CursorExpired':
      return { action: 'resync' };
    case 'Gone':
      return { action: 'retire' };
    case 'VersionConflict':
      return { action: 'reread' };
    case 'Rejected':
      return { action: 'reject' };
    case 'Unreadable':
    case 'Unknown':
      return { action: 'quarantine', code: 'provider_fault' };
  }
}
