import { AlreadyMade, AlreadyThere, errorFromGraph, type RefusedRequest } from './microsoft.errors';

const READ: RefusedRequest = {
  now: Date.UTC(2026, 10, 22, 8),
  aboutOneCalendar: true,
  carriedToken: false,
  wrote: false,
  created: false,
};
const WRITE = { ...READ, wrote: true };
const CREATE = { ...WRITE, created: true };
const TOKEN = { ...READ, carriedToken: true };

const subject = (
  status: number,
  code: string,
  about: Partial<RefusedRequest> = {},
  headers: Record<string, string> = {},
) => errorFromGraph({ status, headers, body: { error: { code, message: 'secret' } } }, { ...READ, ...about });

describe("Graph's refusals", () => {
  it.each([
    [401, 'InvalidAuthenticationToken', READ, 'AccessExpired'],
    [403, 'ErrorAccessDenied', { ...READ, aboutOneCalendar: false }, 'PermissionMissing'],
    [403, 'ErrorAccessDenied', READ, 'PermissionMissing'],
    [403, 'ErrorAccessDenied', WRITE, 'PermissionMissing'],
    [403, 'ErrorQuotaExceeded', WRITE, 'Rejected'],
    [404, 'MailboxNotEnabledForRESTAPI', READ, 'NoMailbox'],
    [404, 'ErrorItemNotFound', READ, 'Gone'],
    [400, 'ErrorInvalidIdMalformed', READ, 'Gone'],
    [400, 'ErrorPropertyValidationFailure', WRITE, 'Rejected'],
    [400, 'ErrorOccurrenceCrossingBoundary', WRITE, 'Rejected'],
    [400, 'ErrorInvalidParameter', READ, 'Unknown'],
    [410, 'SyncStateNotFound', TOKEN, 'CursorExpired'],
    [400, 'SyncStateNotFound', TOKEN, 'CursorExpired'],
    [404, 'ErrorItemNotFound', TOKEN, 'CursorExpired'],
    [400, 'BadRequest', TOKEN, 'CursorExpired'],
    [410, 'SyncStateNotFound', WRITE, 'Gone'],
    [412, 'ErrorIrresolvableConflict', WRITE, 'VersionConflict'],
    [409, 'ErrorIrresolvableConflict', WRITE, 'VersionConflict'],
    [409, 'ErrorIrresolvableConflict', CREATE, 'VersionConflict'],
    [409, 'Conflict', WRITE, 'VersionConflict'],
    [409, '', WRITE, 'VersionConflict'],
    [409, 'ErrorServerBusy', WRITE, 'Throttled'],
    [404, '', READ, 'Gone'],
    [404, '', WRITE, 'Gone'],
    [404, '', { ...READ, aboutOneCalendar: false }, 'Unknown'],
    [404, 'ErrorItemNotFound', { ...READ, aboutOneCalendar: false }, 'Gone'],
    [429, 'ApplicationThrottled', READ, 'Throttled'],
    [503, 'serviceNotAvailable', TOKEN, 'Unavailable'],
    [504, '', READ, 'Unavailable'],
  ] as const)('%s %s means %s', (status, code, about, kind) => {
    expect(subject(status, code, about).kind).toBe(kind);
  });

  it('wants the person where access is to be proven anew', () => {
    const claims = '{"access_token":{"nbf":{"essential":true}}}';
    const asked = (text: string) => ({
      'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(text).toString('base64')}"`,
    });
    const error = 'InvalidAuthenticationToken';
    expect(subject(401, error, {}, asked(claims))).toMatchObject({ kind: 'ConsentRevoked', claims });
    expect(subject(401, error, {}, asked('nonsense'))).toMatchObject({ kind: 'ConsentRevoked', claims: null });
    expect(subject(401, error)).toMatchObject({ kind: 'AccessExpired', claims: null });
  });

  it.each([
    ['7', 7000],
    ['0.5', 500],
    ['Sun, 22 Nov 2026 08:00:30 GMT', 30_000],
    ['soon', null],
  ])('waits as long as %j says', (told, ms) => {
    expect(subject(429, 'TooManyRequests', {}, { 'retry-after': told }).retryAfterMs).toBe(ms);
  });

  it.each([400, 409])('knows a create that was carried out before, whatever its status (%s)', (status) => {
    const error = { code: 'ErrorDuplicateTransactionId', '@event.existingEventId': 'AAMk=' };
    const refusal = errorFromGraph({ status, headers: {}, body: { error } }, CREATE);
    expect(refusal).toBeInstanceOf(AlreadyMade);
    expect(refusal).toMatchObject({ kind: 'Rejected', existingId: 'AAMk=' });
  });

  it('knows a subscription that stands in the way', () => {
    expect(subject(409, 'Conflict', CREATE)).toBeInstanceOf(AlreadyThere);
  });

  it('tells a status and a code and nothing else', () => {
    expect(subject(400, 'ErrorInvalidRequest').message).toBe('Unknown: 400 ErrorInvalidRequest');
    expect(subject(400, '<script>').message).toBe('Unknown: 400');
    expect(errorFromGraph({ status: 502, headers: {}, body: null }, READ).message).toBe('Unavailable: 502');
  });
});
