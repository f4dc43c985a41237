/** What join link detection reads and says. */
import type { MeetingKind } from '../meeting/meeting';

/** In the order of trust. */
export type JoinField = 'conference' | 'url' | 'location' | 'description';

export interface JoinInput {
  readonly conferenceUris: readonly string[];
  /** Passcodes from the provider's conference record. */
  readonly conferencePasscodes?: readonly string[];
  /** Link fields of the event other than the provider's own page of it. */
  readonly urlFields: readonly string[];
  readonly location: string;
  /** Plain text or HTML. */
  readonly description: string;
}

/**
 * Why a candidate is not the join link. `lower_field`, `later`: ours, but another one came first · `other_vendor`: a
 * meeting link of another product · `not_a_join_link`: our host, another page (prices, downloads) · `lookalike_host`:
 * a host that resembles ours · `user_info`: text before an @ that hides the real host · `not_https`, `odd_port`,
 * `malformed`: never opened · `redirect_parameter`: a foreign page that carries our link in a parameter.
 */
export type JoinLoss =
  | 'other_vendor'
  | 'lower_field'
  | 'later'
  | 'not_a_join_link'
  | 'lookalike_host'
  | 'user_info'
  | 'not_https'
  | 'odd_port'
  | 'malformed'
  | 'redirect_parameter';

export interface JoinCandidate {
  /** As found, cut to 500 characters. */
  readonly url: string;
  /** Brand it belongs or pretends to belong to, or null. */
  readonly provider: string | null;
  readonly field: JoinField;
  /** Rule that judged it, such as `zoom.join` or `zoom.join via safelinks`. */
  readonly rule: string;
  readonly lost: JoinLoss;
}

export interface JoinFinding {
  readonly recognised: boolean;
  /** The brand's name, or `Not a Zoom meeting`. */
  readonly label: string;
  readonly kind: MeetingKind;
  /** The vendor whose link was found, ours or another's, or null. */
  readonly provider: string | null;
  /** Set only when recognised. */
  readonly url: string | null;
  readonly number: string | null;
  readonly passcode: string | null;
  readonly because: { readonly field: JoinField; readonly rule: string } | null;
  /** Those that lost, at most 20. */
  readonly candidates: readonly JoinCandidate[];
}
