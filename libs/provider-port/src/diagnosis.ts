import type { ProviderAccess } from './calendar-port';
import type { CertificateNote } from './certificate-term';
import type { MeetingMarker } from './remote-meeting';

/** What a connection is looked at for, in the order in which it makes sense: each needs those before it. */
export type Check = 'address' | 'tls' | 'sign_in' | 'permissions' | 'read' | 'write_then_remove' | 'push';

/** Why a check failed: each has a plain fix. */
export type FailureCode =
  /** The provider's name leads nowhere. */
  | 'address_not_found'
  /** This deployment may not call that address. */
  | 'address_blocked'
  /** Nobody takes the connection. */
  | 'no_connection'
  | 'certificate_refused'
  /** The server's certificate has come to its end: whoever runs the server has to renew it. */
  | 'certificate_expired'
  | 'consent_revoked'
  /** The server takes the password no longer; it is not shown again. */
  | 'password_refused'
  | 'admin_approval_needed'
  /** The person has not finished at the provider. */
  | 'not_finished'
  | 'permission_missing'
  | 'no_mailbox'
  | 'switched_off'
  | 'no_calendar'
  | 'provider_throttled'
  | 'provider_unavailable'
  /** The provider answered what nobody understands. */
  | 'provider_fault'
  | 'took_too_long'
  | 'write_refused'
  /** The test event could not be removed yet; that is tried until it is gone. */
  | 'test_event_left'
  | 'push_refused';

/** What is to be known of a check although it passed. */
export type NoteCode =
  /** The server's certificate comes to its end within 14 days. */
  'certificate_ends_soon';

/** Why a check was not made. */
export type SkipCode =
  /** One before it failed. */
  | 'earlier_failed'
  /** The operator has set a plain http address, where there is no certificate. */
  | 'plain_http'
  /** The provider has asked us to make no call for a while. */
  | 'waiting_for_provider'
  | 'calendar_not_wanted'
  /** Nothing was allowed at the provider that calendars need. */
  | 'nothing_granted'
  /** The person has given leave to read only. */
  | 'read_only'
  /** An administrator allows reading only, or no calendars at all. */
  | 'locked_by_policy'
  /** An administrator has switched two-way sync off. */
  | 'two_way_off'
  /** This deployment only reads this provider's calendars. */
  | 'writes_not_offered'
  | 'no_writable_calendar'
  /** The provider cannot call this deployment. */
  | 'no_public_address'
  /** The time for the whole diagnosis was over. */
  | 'out_of_time'
  /** This provider brings nothing to look with. */
  | 'check_not_offered';

export type CheckOutcome =
  | ({ readonly outcome: 'passed' } & CertificateNote)
  | { readonly outcome: 'failed'; readonly code: FailureCode; readonly expiresAt?: number }
  | { readonly outcome: 'skipped'; readonly code: SkipCode };
export type CheckResult = { readonly check: Check } & CheckOutcome;

export const passed: CheckOutcome = { outcome: 'passed' };
export const failed = (code: FailureCode): CheckOutcome => ({ outcome: 'failed', code });
export const skipped = (code: SkipCode): CheckOutcome => ({ outcome: 'skipped', code });

/**
 * What only the adapter knows of a diagnosis: where its server is and how one asks whether access is taken. Everything else is
 * found out with the port's other members. Absent on a provider that brings nothing to look with.
 */
export interface DiagnosisPort {
  /**
   * Address and certificate. Nothing of the access is shown to anybody: it only says where that is, at a provider whose server a
   * person has named, and is null at all others. Never throws: what goes wrong is what is looked for.
   */
  reach(access: ProviderAccess | null): Promise<{ readonly address: CheckOutcome; readonly tls: CheckOutcome }>;
  /** A request whose only point is whether the access is taken. @throws ProviderError */
  signIn(access: ProviderAccess): Promise<void>;
}

/**
 * On the event that a diagnosis writes and removes. Whoever reads a calendar, in whatever deployment, takes an event with this
 * meeting id for nothing, so that it is never shown to anybody as a meeting.
 */
export const diagnosisMarker: MeetingMarker = { deployment: 'diagnosis', meetingId: 'diagnosis' };

export function isDiagnosisEvent({ marker }: { readonly marker: MeetingMarker | null }): boolean {
  return marker?.meetingId === diagnosisMarker.meetingId;
}
