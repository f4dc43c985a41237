/**
 * What Exchange's refusals mean, in the port's words: the only place that knows its response codes and statuses. A code may
 * come in a fault (status 500) or in a response message (status 200) and means the same.
 * Sources: learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode,
 * …/exchange-web-services/ews-throttling-in-exchange.
 */
import { ProviderError, type ProviderErrorKind, type ProviderHttpResponse, retryAfterMs } from '@daybook/provider-port';
import { isAccessRefused } from './transport/refusal-of-access';
import type { EwsRefusal } from './transport/response-messages';

/** What the refused request was about. */
export interface RefusedRequest {
  /** It would have changed something. */
  readonly wrote: boolean;
  /** It went to one calendar or something in it: not found means that this is gone for us. */
  readonly aboutOneCalendar: boolean;
  /** It is one answer of several about people: what their mailbox lacks says nothing of the one that asks. */
  readonly aboutOthers?: boolean;
  /** The refusal stands in a response message: the server is well, and this one request or part of it is not. */
  readonly answered?: boolean;
}

const LONGEST_WAIT = 86_400_000;

const BY_CODE: ReadonlyMap<string, ProviderErrorKind> = new Map([
  ['ErrorServerBusy', 'Throttled'],
  ['ErrorExceededConnectionCount', 'Throttled'],
  ['ErrorExceededSubscriptionCount', 'Throttled'],
  ['ErrorTooManyObjectsOpened', 'Throttled'],
  ['ErrorTimeoutExpired', 'Unavailable'],
  ['ErrorMailboxStoreUnavailable', 'Unavailable'],
  ['ErrorMailboxFailover', 'Unavailable'],
  ['ErrorMailboxMoveInProgress', 'Unavailable'],
  ['ErrorInternalServerTransientError', 'Unavailable'],
  ['ErrorInternalServerError', 'Unavailable'],
  ['ErrorConnectionFailed', 'Unavailable'],
  ['ErrorADUnavailable', 'Unavailable'],
  ['ErrorADOperation', 'Unavailable'],
  ['ErrorInsufficientResources', 'Unavailable'],
  ['ErrorNotEnoughMemory', 'Unavailable'],
  ['ErrorBatchProcessingStopped', 'Unavailable'],
  ['ErrorProxyCallFailed', 'Unavailable'],
  ['ErrorProxyRequestProcessingFailed', 'Unavailable'],
  ['ErrorNoRespondingCASInDestinationSite', 'Unavailable'],
  ['ErrorPasswordExpired', 'ConsentRevoked'],
  ['ErrorPasswordChangeRequired', 'ConsentRevoked'],
  ['ErrorAccountDisabled', 'SwitchedOff'],
  ['ErrorInvalidSyncStateData', 'CursorExpired'],
  ['ErrorNonExistentMailbox', 'NoMailbox'],
  ['ErrorMissingEmailAddress', 'NoMailbox'],
  ['ErrorMailboxConfiguration', 'NoMailbox'],
  ['ErrorAccessDenied', 'PermissionMissing'],
  ['ErrorCreateItemAccessDenied', 'PermissionMissing'],
  ['ErrorCannotDeleteObject', 'PermissionMissing'],
  ['ErrorImpersonateUserDenied', 'PermissionMissing'],
  ['ErrorNoFreeBusyAccess', 'PermissionMissing'],
  ['ErrorMailRecipientNotFound', 'Gone'],
  ['ErrorIrresolvableConflict', 'VersionConflict'],
  ['ErrorStaleObject', 'VersionConflict'],
  ['ErrorChangeKeyRequired', 'VersionConflict'],
  ['ErrorChangeKeyRequiredForWriteOperations', 'VersionConflict'],
  ['ErrorInvalidChangeKey', 'VersionConflict'],
  ['ErrorItemNotFound', 'Gone'],
  ['ErrorCalendarOccurrenceIsDeletedFromRecurrence', 'Gone'],
  ['ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange', 'Gone'],
  ['ErrorCalendarCannotUseIdForOccurrenceId', 'Gone'],
  ['ErrorCalendarCannotUseIdForRecurringMasterId', 'Gone'],
  // Ids that were never given name nothing.
  ['ErrorInvalidIdMalformed', 'Gone'],
  ['ErrorInvalidIdMalformedEwsLegacyIdFormat', 'Gone'],
  ['ErrorInvalidId', 'Gone'],
  ['ErrorInvalidIdEmpty', 'Gone'],
  ['ErrorInvalidIdXml', 'Gone'],
  ['ErrorInvalidIdStoreObjectIdTooLong', 'Gone'],
  ['ErrorInvalidIdTooManyAttachmentLevels', 'Gone'],
  ['ErrorCannotUseFolderIdForItemId', 'Gone'],
  ['ErrorCannotUseItemIdForFolderId', 'Gone'],
  ['ErrorCorruptData', 'Unreadable'],
  ['ErrorItemCorrupt', 'Unreadable'],
]);

/**
 * An outage in a fault. In a response message it is also how Exchange answers for what it cannot digest, always anew: whoever
 * takes that for an outage waits for ever, and everything else with it.
 */
const INDIGESTIBLE = 'ErrorInternalServerError';

/** Of a part of a batch that was not even looked at, as one before it had ended the batch. */
export const NOT_LOOKED_AT = 'ErrorBatchProcessingStopped';

/** Of a search that finds more than the server gives at once. */
export const TOO_MUCH = 'ErrorExceededFindCountLimit';

const FOLDER_GONE = new Set(['ErrorFolderNotFound', 'ErrorSyncFolderNotFound', 'ErrorParentFolderNotFound']);

/** The error of a refusal in the server's own words, wherever it came. `detail` is its code, and the field it names. */
export function errorFromRefusal({ code, backOffMs, field }: EwsRefusal, request: RefusedRequest): ProviderError {
  const detail = [code === '' ? 'refused without a code' : code, ...(field === null ? [] : [field])].join(' ');
  const wait = backOffMs === null ? null : Math.min(backOffMs, LONGEST_WAIT);
  return new ProviderError(kindOf(code, request), { detail, retryAfterMs: wait });
}

function kindOf(code: string, request: RefusedRequest): ProviderErrorKind {
  const { wrote, aboutOneCalendar, aboutOthers = false, answered = false } = request;
  const known = BY_CODE.get(code);
  // Of a write nobody knows whether it was carried out: that is no refusal.
  if (code === INDIGESTIBLE && answered && (wrote || aboutOneCalendar)) return 'Unknown';
  if (aboutOthers && known !== undefined && WITHOUT_MAILBOX.has(known)) return 'Gone';
  // A write knows no cursor: whatever the code says, what it was for is gone.
  if (known !== undefined) return wrote && known === 'CursorExpired' ? 'Gone' : known;
  // Of a whole mailbox this says that it lacks what every mailbox has.
  if (FOLDER_GONE.has(code)) return aboutOneCalendar ? 'Gone' : 'NoMailbox';
  return wrote ? 'Rejected' : 'Unknown';
}

/** Of somebody else's mailbox: there is none to speak of. */
const WITHOUT_MAILBOX: ReadonlySet<ProviderErrorKind> = new Set(['NoMailbox', 'SwitchedOff', 'ConsentRevoked']);

type ForeignAnswer = Pick<ProviderHttpResponse, 'status' | 'headers' | 'credentialsWithheld'>;

/** The error of an answer without any words of Exchange: of IIS, a proxy, or something else on the way. */
export function errorFromStatus(answer: ForeignAnswer, now: number): ProviderError {
  return new ProviderError(kindOfStatus(answer), {
    detail: `${answer.status} without an answer of Exchange`,
    retryAfterMs: retryAfterMs(answer.headers['retry-after'], now),
  });
}

/**
 * A name and a password that were not taken are final: trying them again would lock the account. 403 is how Exchange says that
 * these services, or this program, are switched off for the mailbox.
 * Source: learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange.
 */
function kindOfStatus(answer: ForeignAnswer): ProviderErrorKind {
  const { status } = answer;
  if (isAccessRefused(answer)) return 'ConsentRevoked';
  if (status === 403) return 'SwitchedOff';
  if (status === 429) return 'Throttled';
  return 'Unavailable';
}

/** Whether every other request of the mailbox would be refused alike. */
export function isOfTheMailbox({ kind, retryAfterMs }: ProviderError): boolean {
  return OF_THE_MAILBOX.has(kind) || retryAfterMs !== null;
}

const OF_THE_MAILBOX: ReadonlySet<ProviderErrorKind> = new Set([
  'AccessExpired',
  'ConsentRevoked',
  'SwitchedOff',
  'NoMailbox',
  'Throttled',
]);
