/**
 * What Graph's refusals mean, in the port's words: the only place that knows its status and error codes.
 * Shape: `{error: {code, message, innerError}}`. Codes and texts change over time and between back ends, so sets of them are
 * matched and the status decides the rest. A body is read for its code and never kept.
 * Sources: learn.microsoft.com/graph/errors, …/graph/throttling, …/graph/delta-query-overview.
 */
import {
  asText,
  type ForeignRecord,
  isRecord,
  ProviderError,
  type ProviderErrorKind,
  retryAfterMs,
} from '@daybook/provider-port';
import { claimsOfChallenge, wantsClaims } from './auth/sign-in-claims';

/** An answer that is not a success, of a request or of one part of a batch. */
export interface GraphRefusal {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the refused request was about. */
export interface RefusedRequest {
  /** Epoch milliseconds, to read a Retry-After that is a date. */
  readonly now: number;
  /** It went to one calendar or something in it: not found means that this is gone for us. */
  readonly aboutOneCalendar: boolean;
  /** It followed a page or delta link: a bad request then means that the link is no longer taken. */
  readonly carriedToken: boolean;
  /** It would have changed something. */
  readonly wrote: boolean;
  /** Namely made something new. */
  readonly created: boolean;
}

/** A create named an intention that was carried out before; what it made then decides whether that was ours. */
export class AlreadyMade extends ProviderError {
  constructor(
    detail: string,
    /** The event made then, where Graph names it. */
    readonly existingId: string | null,
  ) {
    super('Rejected', { detail });
  }
}

/** There is one of that kind already: a second subscription to the same changes. */
export class AlreadyThere extends ProviderError {
  constructor(detail: string) {
    super('Rejected', { detail });
  }
}

/** Refusals that say the same whatever was asked. */
const BY_CODE: Readonly<Record<string, ProviderErrorKind>> = {
  ApplicationThrottled: 'Throttled',
  TooManyRequests: 'Throttled',
  activityLimitReached: 'Throttled',
  ErrorExceededMessageLimit: 'Throttled',
  ErrorServerBusy: 'Throttled',
  ErrorMailboxStoreUnavailable: 'Unavailable',
  ErrorTimeoutExpired: 'Unavailable',
  ErrorInternalServerTransientError: 'Unavailable',
  MailboxNotEnabledForRESTAPI: 'NoMailbox',
  MailboxNotSupportedForRESTAPI: 'NoMailbox',
  ErrorNonExistentMailbox: 'NoMailbox',
  SyncStateNotFound: 'CursorExpired',
  SyncStateInvalid: 'CursorExpired',
  syncStateNotFound: 'CursorExpired',
  syncStateInvalid: 'CursorExpired',
  resyncRequired: 'CursorExpired',
  ErrorInvalidSyncStateData: 'CursorExpired',
  ErrorIrresolvableConflict: 'VersionConflict',
  ErrorItemNotFound: 'Gone',
  ErrorCalendarOccurrenceIsDeletedFromRecurrence: 'Gone',
  // Ids that were never given name nothing.
  ErrorInvalidIdMalformed: 'Gone',
  ErrorInvalidId: 'Gone',
};

const DUPLICATE = 'ErrorDuplicateTransactionId';

/** The error of an answer that is not a success. */
export function errorFromGraph(refusal: GraphRefusal, request: RefusedRequest): ProviderError {
  const { status, headers, body } = refusal;
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const code = codeOf(error);
  const detail = code === '' ? String(status) : `${status} ${code}`;
  if (request.created && code === DUPLICATE) return new AlreadyMade(detail, existingIdOf(error));
  if (request.created && status === 409 && knownKind(code) === null) return new AlreadyThere(detail);
  const told = retryAfterMs(headers['retry-after'], request.now);
  const claims = status === 401 ? claimsOfChallenge(challengeIn(headers)) : null;
  return new ProviderError(kindOf(refusal, code, request), { detail, retryAfterMs: told, claims });
}

function kindOf({ status, headers }: GraphRefusal, code: string, request: RefusedRequest): ProviderErrorKind {
  // Conditional access wants the person: no refresh gives what it asks for.
  if (status === 401) return wantsClaims(challengeIn(headers)) ? 'ConsentRevoked' : 'AccessExpired';
  const known = knownKind(code);
  // Where a token is followed, a back end that has lost it may say that it finds nothing.
  if (request.carriedToken && known === 'Gone') return 'CursorExpired';
  // A write knows no cursor: whatever the code says, what it was for is gone.
  if (known !== null) return request.wrote && known === 'CursorExpired' ? 'Gone' : known;
  return kindOfStatus(status, code, request);
}

function knownKind(code: string): ProviderErrorKind | null {
  return Object.hasOwn(BY_CODE, code) ? (BY_CODE[code] ?? null) : null;
}

function kindOfStatus(status: number, code: string, request: RefusedRequest): ProviderErrorKind {
  if (status === 429) return 'Throttled';
  if (status === 408 || status >= 500) return 'Unavailable';
  // Somebody else was at the same item.
  if (status === 412 || (status === 409 && request.wrote)) return 'VersionConflict';
  if (status === 410) return request.carriedToken ? 'CursorExpired' : 'Gone';
  if (status === 400 && request.carriedToken) return 'CursorExpired';
  if (status === 404 && request.carriedToken) return 'CursorExpired';
  // Of a whole mailbox a bare "not found" says nothing: it may be any server on the way that knows no such address.
  if (status === 404) return request.aboutOneCalendar ? 'Gone' : 'Unknown';
  if (status === 403) return kindOfForbidden(code, request);
  return request.wrote ? 'Rejected' : 'Unknown';
}

/** A calendar of somebody else is refused alike without a permission of ours and without one of its owner's. */
function kindOfForbidden(code: string, { wrote }: RefusedRequest): ProviderErrorKind {
  const denied = code === 'ErrorAccessDenied' || code === 'Authorization_RequestDenied' || code === 'AccessDenied';
  if (denied) return 'PermissionMissing';
  return wrote ? 'Rejected' : 'Unknown';
}

const challengeIn = (headers: GraphRefusal['headers']): string => headers['www-authenticate'] ?? '';

function codeOf(error: ForeignRecord): string {
  const code = asText(error['code'], 80);
  return /^[A-Za-z][\w.]*$/.test(code) ? code : '';
}

/** Stands beside the error's own members or inside its inner error. */
function existingIdOf(error: ForeignRecord): string | null {
  const inner = isRecord(error['innerError']) ? error['innerError'] : {};
  const name = '@event.existingEventId';
  return asText(error[name], 1024) || asText(inner[name], 1024) || null;
}
