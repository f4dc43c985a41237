import { FakeHttp, FakeHttpFailure } from '@daybook/testing/fakes';
import { errorFromFailure } from '@daybook/provider-port';
import { errorFromResponse as subject, errorFromTokenReply, IdTaken } from './google.errors';

const NOW = Date.UTC(2026, 10, 22, 8);
const READ = { now: NOW, aboutOneCalendar: true, carriedToken: false, wrote: false };

const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new FakeHttp().answer({ status, body, headers }).request({ method: 'GET', url: 'https://x.org' });
const refusal = (code: number, reason: string) => ({ error: { code, message: 'secret', errors: [{ reason }] } });

describe("Google's refusals", () => {
  it.each([
    [401, 'authError', {}, 'AccessExpired'],
    [403, 'rateLimitExceeded', {}, 'Throttled'],
    [403, 'userRateLimitExceeded', {}, 'Throttled'],
    [429, 'rateLimitExceeded', {}, 'Throttled'],
    [403, 'quotaExceeded', {}, 'Throttled'],
    [403, 'insufficientPermissions', {}, 'PermissionMissing'],
    [403, 'notACalendarUser', {}, 'NoMailbox'],
    [403, 'domainPolicy', {}, 'AdminApprovalNeeded'],
    [403, 'accessNotConfigured', {}, 'Unknown'],
    [403, 'forbidden', {}, 'Gone'],
    [403, 'forbidden', { aboutOneCalendar: false }, 'Unknown'],
    [403, 'forbidden', { wrote: true }, 'Rejected'],
    [403, 'forbiddenForNonOrganizer', { wrote: true }, 'Rejected'],
    [404, 'notFound', {}, 'Gone'],
    [409, 'duplicate', { wrote: true }, 'Rejected'],
    [410, 'fullSyncRequired', { carriedToken: true }, 'CursorExpired'],
    [410, 'updatedMinTooLongAgo', {}, 'CursorExpired'],
    [410, 'deleted', { wrote: true }, 'Gone'],
    [410, 'deleted', { carriedToken: true }, 'Gone'],
    [410, 'fullSyncRequired', { wrote: true }, 'Gone'],
    [410, 'somethingNew', { wrote: true }, 'Gone'],
    [403, 'requiredAccessLevel', { wrote: true }, 'Rejected'],
    [403, 'insufficientPermissions', { wrote: true }, 'PermissionMissing'],
    [403, 'accessNotConfigured', { wrote: true }, 'Unknown'],
    [404, 'notFound', { wrote: true }, 'Gone'],
    [412, 'conditionNotMet', { wrote: true }, 'VersionConflict'],
    [413, 'uploadTooLarge', { wrote: true }, 'Rejected'],
    [410, 'somethingNew', { carriedToken: true }, 'CursorExpired'],
    [412, 'conditionNotMet', {}, 'VersionConflict'],
    [400, 'invalid', { carriedToken: true }, 'CursorExpired'],
    [400, 'invalid', {}, 'Unknown'],
    [400, 'invalid', { wrote: true }, 'Rejected'],
    [401, 'push.webhookUrlUnauthorized', { wrote: true }, 'Rejected'],
    [500, 'backendError', {}, 'Unavailable'],
    [503, 'backendError', {}, 'Unavailable'],
  ])('%i %s with %j is %s', async (status, reason, about, kind) => {
    expect(subject(await reply(status, refusal(status, reason)), { ...READ, ...about }).kind).toBe(kind);
  });

  it('tells an id that is taken from other refusals of a write, and only of a write', async () => {
    const answer = await reply(409, refusal(409, 'duplicate'));
    expect(subject(answer, { ...READ, wrote: true })).toBeInstanceOf(IdTaken);
    expect(subject(answer, READ)).not.toBeInstanceOf(IdTaken);
    expect(subject(await reply(409, refusal(409, 'conflict')), { ...READ, wrote: true })).not.toBeInstanceOf(IdTaken);
  });

  it('reads the newer shape of an error as well', async () => {
    const body = {
      error: { code: 403, status: 'PERMISSION_DENIED', details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] },
    };
    expect(subject(await reply(403, body), READ).kind).toBe('PermissionMissing');
  });

  it('copes with a body that is not of Google', async () => {
    expect(subject(await reply(502, '<html>Bad gateway</html>'), READ)).toMatchObject({
      kind: 'Unavailable',
      message: 'Unavailable: 502',
    });
    expect(subject(await reply(403, { error: [1, 2] }), READ).kind).toBe('Unknown');
  });

  it('never repeats a text of the body', async () => {
    expect(subject(await reply(403, refusal(403, 'a b secret@x.org')), READ).message).toBe('Unknown: 403');
  });

  it.each([
    ['120', 120_000],
    ['1.5', 1500],
    ['Sun, 22 Nov 2026 08:01:00 GMT', 60_000],
    ['soon', null],
    ['-5', 0],
  ])('waits as told by Retry-After %j', async (header, expected) => {
    const error = subject(await reply(429, refusal(429, 'rateLimitExceeded'), { 'retry-after': header }), READ);
    expect(error.retryAfterMs).toBe(expected);
  });

  it('waits an hour for a limit that lasts', async () => {
    expect(subject(await reply(403, refusal(403, 'quotaExceeded')), READ).retryAfterMs).toBe(3_600_000);
  });

  it.each([
    [400, 'invalid_grant', 'ConsentRevoked'],
    [400, 'admin_policy_enforced', 'AdminApprovalNeeded'],
    [401, 'invalid_client', 'Unknown'],
    [400, 'invalid_request', 'Unknown'],
    [400, 'internal_failure', 'Unavailable'],
    [503, 'invalid_grant', 'Unavailable'],
    [429, 'rate_limit_exceeded', 'Throttled'],
  ])('at the token endpoint %i %s is %s', async (status, error, kind) => {
    expect(errorFromTokenReply(await reply(status, { error }), NOW).kind).toBe(kind);
  });

  it('takes a refusal without a word of Google for no revocation', async () => {
    expect(errorFromTokenReply(await reply(400, '<html>blocked by proxy</html>'), NOW).kind).toBe('Unknown');
  });

  it.each([
    ['timeout', 'Unavailable'],
    ['network', 'Unavailable'],
    ['aborted', 'Unavailable'],
    ['tls', 'UntrustedServer'],
    ['blocked', 'UntrustedServer'],
    ['tooLarge', 'Unreadable'],
  ] as const)('an exchange that ends in %s is %s', (kind, expected) => {
    expect(errorFromFailure(new FakeHttpFailure(kind)).kind).toBe(expected);
  });
});
