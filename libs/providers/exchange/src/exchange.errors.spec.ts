import { errorFromRefusal, errorFromStatus, type RefusedRequest } from './exchange.errors';

const told = (code: string, request: Partial<RefusedRequest> = {}) =>
  errorFromRefusal({ code, backOffMs: null, field: null }, { wrote: false, aboutOneCalendar: false, ...request });

describe("Exchange's refusals", () => {
  it.each([
    ['ErrorServerBusy', 'Throttled'],
    ['ErrorTimeoutExpired', 'Unavailable'],
    ['ErrorMailboxMoveInProgress', 'Unavailable'],
    ['ErrorInvalidSyncStateData', 'CursorExpired'],
    ['ErrorItemNotFound', 'Gone'],
    ['ErrorCalendarOccurrenceIsDeletedFromRecurrence', 'Gone'],
    ['ErrorIrresolvableConflict', 'VersionConflict'],
    ['ErrorStaleObject', 'VersionConflict'],
    ['ErrorChangeKeyRequiredForWriteOperations', 'VersionConflict'],
    ['ErrorAccessDenied', 'PermissionMissing'],
    ['ErrorNonExistentMailbox', 'NoMailbox'],
    ['ErrorPasswordExpired', 'ConsentRevoked'],
    ['ErrorAccountDisabled', 'SwitchedOff'],
    ['ErrorCorruptData', 'Unreadable'],
    ['ErrorOfTomorrow', 'Unknown'],
    ['', 'Unknown'],
  ])('%s is %s', (code, kind) => {
    expect(told(code).kind).toBe(kind);
  });

  it('of a folder mean that a calendar is gone, or that a mailbox has none', () => {
    expect(told('ErrorFolderNotFound', { aboutOneCalendar: true }).kind).toBe('Gone');
    expect(told('ErrorFolderNotFound').kind).toBe('NoMailbox');
  });

  it('of a write never end a cursor, and refuse what they say nothing else of', () => {
    expect(told('ErrorInvalidSyncStateData', { wrote: true }).kind).toBe('Gone');
    expect(told('ErrorOccurrenceCrossingBoundary', { wrote: true }).kind).toBe('Rejected');
  });

  it('are no outage where the server answers so for what it cannot digest, and then nobody knows what became of a write', () => {
    const code = 'ErrorInternalServerError';
    expect(told(code, { wrote: true, aboutOneCalendar: true }).kind).toBe('Unavailable');
    expect(told(code, { answered: true }).kind).toBe('Unavailable');
    expect(told(code, { answered: true, aboutOneCalendar: true }).kind).toBe('Unknown');
    expect(told(code, { answered: true, wrote: true }).kind).toBe('Unknown');
    const transient = told('ErrorInternalServerTransientError', { answered: true, wrote: true });
    expect(transient.kind).toBe('Unavailable');
  });

  it('tell their code and the field they name, and bear no longer wait than a day', () => {
    const error = errorFromRefusal(
      { code: 'ErrorInvalidPropertySet', backOffMs: 9_999_999_999, field: 'calendar:Duration' },
      { wrote: true, aboutOneCalendar: true },
    );
    expect(error.message).toBe('Rejected: ErrorInvalidPropertySet calendar:Duration');
    expect(error.retryAfterMs).toBe(86_400_000);
  });

  it.each([
    [401, 'ConsentRevoked'],
    [403, 'SwitchedOff'],
    [404, 'Unavailable'],
    [429, 'Throttled'],
    [503, 'Unavailable'],
  ])('without a word of Exchange, %i is %s', (status, kind) => {
    const headers = { 'retry-after': '12' };
    expect(errorFromStatus({ status, headers }, 0)).toMatchObject({ kind, retryAfterMs: 12_000 });
  });

  it('takes a 401 that asks for nothing, with no password shown, for an outage', () => {
    const answer = { status: 401, credentialsWithheld: true };
    expect(errorFromStatus({ ...answer, headers: {} }, 0).kind).toBe('Unavailable');
    expect(errorFromStatus({ ...answer, headers: { 'www-authenticate': 'Bearer' } }, 0).kind).toBe('ConsentRevoked');
  });
});
