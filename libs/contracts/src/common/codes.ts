/**
 * Words that say why, one list each. Services send no others, and the portal has words for every one of them in each of its
 * languages: a code is added here first.
 */
import { z } from 'zod';

/** Why an action is not offered with a meeting. */
export const reasonCodeSchema = z.enum([
  /** No link of ours was found in it. */
  'no_join_link',
  /** What came from a provider is changed there. */
  'edit_at_provider',
  /** It was not scheduled through us, so it is not ours to delete. */
  'scheduled_elsewhere',
  /** The person's own role in the calendar allows reading only. */
  'calendar_read_only',
  /** The connection may read only; a wider permission can be asked for. */
  'permission_missing',
  /** Another person's meeting: its organizer changes it. */
  'not_organizer',
  /** An administrator has switched two-way sync off. */
  'two_way_off',
  /** The provider left attendees out, so that writing would lose them. */
  'attendees_left_out',
  /** An administrator has switched the integration off. */
  'integration_disabled',
  /** This provider's calendars are only read so far. */
  'capability_not_available',
]);
export type ReasonCode = z.infer<typeof reasonCodeSchema>;

/** Why a write that was waiting did not come about. */
export const refusalCodeSchema = z.enum([
  /** The provider said no. */
  'provider_refused',
  'permission_missing',
  'calendar_gone',
  /** Somebody removed the item at the provider. */
  'item_gone',
  /** The provider's calendars cannot hold it. */
  'cannot_be_written',
  /** Its description holds the part people join the online meeting by, which would be lost. */
  'join_part_kept',
  /** Somebody invited has no address, and the provider takes no list of guests with such a one. */
  'guest_without_address',
  /** One of its occurrences has attachments of its own, which would be lost. */
  'attachments_kept',
  /** Its description is longer than what is read of it, and the rest would be lost. */
  'description_too_long',
  /** The provider answered what nobody understands, again and again. */
  'provider_fault',
]);
export type RefusalCode = z.infer<typeof refusalCodeSchema>;

/** Why a link that was found is not the Join link. */
export const lossCodeSchema = z.enum([
  'other_vendor',
  'lower_field',
  'later',
  'not_a_join_link',
  'lookalike_host',
  'user_info',
  'not_https',
  'odd_port',
  'malformed',
  'redirect_parameter',
]);
export type LossCode = z.infer<typeof lossCodeSchema>;

/** What stands in the way of a connection or one of its parts. */
export const standingCodeSchema = z.enum([
  'integration_disabled',
  'consent_revoked',
  /** The server no longer takes the password; it is not tried again. */
  'password_refused',
  /** The consent stands, but the provider wants the person to sign in again. */
  'sign_in_needed',
  'admin_approval_needed',
  'permission_missing',
  'no_mailbox',
  'untrusted_server',
  'switched_off',
  'provider_throttled',
  'provider_unavailable',
  /** One calendar of somebody else: its owner, or the consent, does not let us read it. */
  'shared_calendar_refused',
  /** The provider answered what nobody understands. */
  'provider_fault',
  /** It suddenly names so many removals that somebody has to look first. */
  'removal_review',
]);
export type StandingCode = z.infer<typeof standingCodeSchema>;

/** What is wrong with one field of a request. */
export const fieldFaultCodeSchema = z.enum([
  /** It has not the form that is described; also where nothing more is known. */
  'invalid',
  'unknown_field',
  'too_long',
  'too_many',
  'needed',
  /** Control characters, or markup where text is meant. */
  'plain_text',
  'no_address',
  'address_taken',
  /** A link that was made for another address. */
  'other_address',
  'not_offered',
  'not_taken',
  /** A calendar that is not there, or not the caller's. */
  'no_such_calendar',
  'calendar_off',
  /** What came from a provider stays in its calendar. */
  'stays_in_calendar',
  /** One of a series stays where the others are. */
  'moves_as_a_whole',
  'not_in_a_series',
  'no_own_rule',
  'no_rule',
  /** A rule of a kind that is not kept here. */
  'rule_not_kept',
  'no_end',
  'too_often',
  'nothing_left',
  'day_and_time',
  'ends_before_start',
  'lasts_too_long',
  'too_far_away',
  'zone_needed',
  'zone_unknown',
  'zone_without_time',
  /** The clock goes forward over it. */
  'time_skipped',
  /** The clock goes back over it. */
  'time_twice',
  'not_ready',
]);
export type FieldFaultCode = z.infer<typeof fieldFaultCodeSchema>;

/** `code` beside `result` in the address that a browser comes back to from a provider. */
export const legCodeSchema = z.enum([
  'access_denied',
  'nothing_granted',
  'permission_missing',
  'no_offline_access',
  'admin_approval_needed',
  'different_account',
  'connection_gone',
  'integration_disabled',
  'ticket_invalid',
  'state_invalid',
  'code_invalid',
  'provider_refused',
  'provider_unavailable',
  'try_again',
  'internal_error',
]);
export type LegCode = z.infer<typeof legCodeSchema>;

/** What a receipt of a deletion has to add: what stays where, for how long. */
export const receiptNoteCodeSchema = z.enum([
  /** The event stream for other services keeps what it holds for seven days. */
  'events_kept',
  /** What other systems were sent is theirs. */
  'deliveries_outside',
  /** Nobody could take the consent back, so the person may. */
  'remove_it_yourself',
]);
export type ReceiptNoteCode = z.infer<typeof receiptNoteCodeSchema>;

/** Why a check failed or was not made, and what is to be known although it passed. The portal has words for every one of them: a code is added here first. */
export const diagnosisCodeSchema = z.enum([
  'address_not_found',
  'address_blocked',
  'no_connection',
  'certificate_refused',
  'certificate_expired',
  'consent_revoked',
  'password_refused',
  'admin_approval_needed',
  'not_finished',
  'permission_missing',
  'no_mailbox',
  'switched_off',
  'no_calendar',
  'provider_throttled',
  'provider_unavailable',
  'provider_fault',
  'took_too_long',
  'write_refused',
  'test_event_left',
  'push_refused',
  'earlier_failed',
  'plain_http',
  'waiting_for_provider',
  'calendar_not_wanted',
  'nothing_granted',
  'read_only',
  'locked_by_policy',
  'two_way_off',
  'writes_not_offered',
  'no_writable_calendar',
  'no_public_address',
  'out_of_time',
  'check_not_offered',
  'certificate_ends_soon',
]);
export type DiagnosisCode = z.infer<typeof diagnosisCodeSchema>;

/** Why a step of a sign-in with a form failed or was not made, beyond the codes of a diagnosis. */
export const signInCodeSchema = z.enum([
  'password_refused',
  'not_found_by_address',
  'no_services_there',
  'host_not_allowed',
  'host_unconfirmed',
  'plain_http_refused',
  'untrusted_not_allowed',
  'authorities_unreadable',
  'scheme_not_offered',
  'version_refused',
  'too_many_redirects',
  'not_there',
  'not_needed',
]);
export type SignInCode = z.infer<typeof signInCodeSchema>;
