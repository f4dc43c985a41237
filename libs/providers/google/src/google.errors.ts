/**
 * What Google's refusals mean, in the port's words: the only place that knows its status codes and reasons.
 * Shape of an error: `{error: {code, status, errors: [{domain, reason, location}], details: [{reason}]}}`; the token
 * endpoint answers `{error, error_subtype}` instead (RFC 6749, section 5.2). A body is read for its reason words and never
 * kept: details carry a status and one word.
 * Sources: developers.google.com/workspace/calendar/api/guides/errors, …/guides/quota, …/guides/sync.
 */
import {
  asText,
  isRecord,
  listOf,
  ProviderError,
  type ProviderErrorKind,
  type ProviderHttpResponse,
  retryAfterMs,
} from '@daybook/provider-port';

/** What the refused request was about. */
export interface RefusedRequest {
  /** Epoch milliseconds, to read a Retry-After that is a date. */
  readonly now: number;
  /** It went to one calendar: not found means that this calendar is gone for us. */
  readonly aboutOneCalendar: boolean;
  /** It carried a sync or page token: a bad request then means that the token is no longer taken. */
  readonly carriedToken: boolean;
  /** It would have changed something. */
  readonly wrote: boolean;
}

/**
 * A create named an id that this calendar has or had: what lies there decides whether that is our own earlier attempt. An id
 * stays taken when its event is deleted.
 */
export class IdTaken extends ProviderError {
  constructor(detail: string) {
    super('Rejected', { detail });
  }
}

const HOUR = 3_600_000;

/** Refusals that say the same whatever was asked. */
const BY_REASON: Readonly<Record<string, ProviderErrorKind>> = {
  rateLimitExceeded: 'Throttled',
  userRateLimitExceeded: 'Throttled',
  RATE_LIMIT_EXCEEDED: 'Throttled',
  RESOURCE_EXHAUSTED: 'Throttled',
  variableTermLimitExceeded: 'Throttled',
  quotaExceeded: 'Throttled',
  dailyLimitExceeded: 'Throttled',
  insufficientPermissions: 'PermissionMissing',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'PermissionMissing',
  notACalendarUser: 'NoMailbox',
  domainPolicy: 'AdminApprovalNeeded',
  // The interface is switched off for the operator's project: no refusal of what was to be written.
  accessNotConfigured: 'Unknown',
  SERVICE_DISABLED: 'Unknown',
  fullSyncRequired: 'CursorExpired',
  updatedMinTooLongAgo: 'CursorExpired',
  deleted: 'Gone',
  conditionNotMet: 'VersionConflict',
  duplicate: 'Rejected',
  forbiddenForNonOrganizer: 'Rejected',
  'push.webhookUrlUnauthorized': 'Rejected',
  'push.webhookUrlNotHttps': 'Rejected',
  channelIdNotUnique: 'Rejected',
  pushNotSupportedForRequestedResource: 'Rejected',
  backendError: 'Unavailable',
  internalError: 'Unavailable',
};

/** These last until a day or an hour is over, so the usual back-off of seconds would only add to them. */
const LONG_LIMITS = new Set(['quotaExceeded', 'dailyLimitExceeded']);

/** The error of a reply that is not a success. */
export function errorFromResponse(response: ProviderHttpResponse, request: RefusedRequest): ProviderError {
  const reasons = reasonsOf(response);
  const known = reasons.find((reason) => Object.hasOwn(BY_REASON, reason));
  if (request.wrote && known === 'duplicate') return new IdTaken(detailOf(response.status, known));
  // A write knows no cursor: whatever the reason says, what it was for is gone.
  const gone = request.wrote && response.status === 410;
  const said = known === undefined || gone ? undefined : BY_REASON[known];
  const kind = said ?? kindOfStatus(response.status, reasons, request);
  const told = retryAfterMs(response.headers['retry-after'], request.now);
  const retryAfter = told ?? (known !== undefined && LONG_LIMITS.has(known) ? HOUR : null);
  return new ProviderError(kind, { detail: detailOf(response.status, known ?? reasons[0]), retryAfterMs: retryAfter });
}

function kindOfStatus(status: number, reasons: readonly string[], request: RefusedRequest): ProviderErrorKind {
  if (status === 401) return 'AccessExpired';
  if (status === 412) return 'VersionConflict';
  if (status === 429) return 'Throttled';
  if (status === 408 || status >= 500) return 'Unavailable';
  // 410 on a token is an expired one whatever its reason; on anything else the thing itself is gone.
  if (status === 410) return request.carriedToken ? 'CursorExpired' : 'Gone';
  if (status === 400 && request.carriedToken) return 'CursorExpired';
  if (status === 404) return 'Gone';
  if (status === 403) return kindOfForbidden(reasons, request);
  return request.wrote && status < 500 && status >= 400 ? 'Rejected' : 'Unknown';
}

/** A calendar whose owner took our access away answers `forbidden` or `requiredAccessLevel`: gone, as far as we can see. */
function kindOfForbidden(reasons: readonly string[], request: RefusedRequest): ProviderErrorKind {
  if (request.wrote) return 'Rejected';
  const lost = reasons.some((reason) => reason === 'forbidden' || reason === 'requiredAccessLevel');
  return lost && request.aboutOneCalendar ? 'Gone' : 'Unknown';
}

/** The error of a refresh or a code exchange. Only a word of the provider that the grant is dead counts as that. */
export function errorFromTokenReply(response: ProviderHttpResponse, now: number): ProviderError {
  const [reason] = reasonsOf(response);
  return new ProviderError(kindOfTokenReply(response.status, reason), {
    detail: `token endpoint ${detailOf(response.status, reason)}`,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], now),
  });
}

function kindOfTokenReply(status: number, reason: string | undefined): ProviderErrorKind {
  if (status === 429) return 'Throttled';
  if (status >= 500 || status === 408) return 'Unavailable';
  switch (reason) {
    case 'invalid_grant':
      return 'ConsentRevoked';
    case 'admin_policy_enforced':
    case 'org_internal':
      return 'AdminApprovalNeeded';
    case 'internal_failure':
    case 'server_error':
    case 'temporarily_unavailable':
      return 'Unavailable';
    case 'rate_limit_exceeded':
    case 'slow_down':
      return 'Throttled';
    default:
      // invalid_client, unauthorized_client, deleted_client, invalid_request…: the operator's fault, never the person's.
      return 'Unknown';
  }
}

/** The most telling reason word first; empty where the body is not Google's. */
function reasonsOf(response: ProviderHttpResponse): readonly string[] {
  const error = errorPart(response);
  if (typeof error === 'string') return [error].filter(isReasonWord);
  if (!isRecord(error)) return [];
  const reasons = [...listOf(error['errors']), ...listOf(error['details'])].map((entry) =>
    isRecord(entry) ? asText(entry['reason'], 64) : '',
  );
  return [...reasons, asText(error['status'], 64)].filter(isReasonWord);
}

function errorPart(response: ProviderHttpResponse): unknown {
  try {
    const body = response.json();
    return isRecord(body) ? body['error'] : null;
  } catch {
    return null;
  }
}

const isReasonWord = (text: string): boolean => /^[A-Za-z][\w.]{0,63}$/.test(text);

function detailOf(status: number, reason: string | undefined): string {
  return reason === undefined ? String(status) : `${status} ${reason}`;
}
