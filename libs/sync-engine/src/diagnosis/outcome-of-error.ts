import {
  asProviderError,
  failed,
  type CheckOutcome,
  type FailureCode,
  type ProviderErrorKind,
} from '@daybook/provider-port';

/** What a provider's error means to somebody who looks at a connection: the one place where that is decided. */
const CODES: Readonly<Record<ProviderErrorKind, FailureCode>> = {
  AccessExpired: 'consent_revoked',
  ConsentRevoked: 'consent_revoked',
  AdminApprovalNeeded: 'admin_approval_needed',
  PermissionMissing: 'permission_missing',
  NoMailbox: 'no_mailbox',
  UntrustedServer: 'certificate_refused',
  SwitchedOff: 'switched_off',
  Throttled: 'provider_throttled',
  Unavailable: 'provider_unavailable',
  CursorExpired: 'provider_fault',
  Gone: 'provider_fault',
  VersionConflict: 'write_refused',
  Rejected: 'write_refused',
  Unreadable: 'provider_fault',
  Unknown: 'provider_fault',
};

export function outcomeOfError(error: unknown): CheckOutcome {
  return failed(CODES[asProviderError(error).kind]);
}
