import { FakeHttp } from '@daybook/testing/fakes';
import { errorFromTokenReply, kindOfRefusal } from './entra-errors';

const NOW = Date.UTC(2026, 10, 22, 8);
const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new FakeHttp().answer({ status, body, headers }).request({ method: 'POST', url: 'https://x.org' });
const refusal = (error: string, number: number, suberror?: string) => ({
  error,
  error_codes: [number],
  error_description: `AADSTS${number}: ada@example.com did something.`,
  ...(suberror ? { suberror } : {}),
});

describe("Entra's refusals of a token", () => {
  it.each([
    ['invalid_grant', 700082, 'ConsentRevoked'],
    ['invalid_grant', 70008, 'ConsentRevoked'],
    ['invalid_grant', 700084, 'ConsentRevoked'],
    ['invalid_grant', 50173, 'ConsentRevoked'],
    ['invalid_grant', 65001, 'ConsentRevoked'],
    ['invalid_grant', 70000, 'ConsentRevoked'],
    ['invalid_grant', 53003, 'ConsentRevoked'],
    ['interaction_required', 50076, 'ConsentRevoked'],
    ['interaction_required', 50079, 'ConsentRevoked'],
    ['invalid_grant', 1234567, 'ConsentRevoked'],
    ['invalid_grant', 90094, 'AdminApprovalNeeded'],
    ['invalid_grant', 90095, 'AdminApprovalNeeded'],
    ['invalid_grant', 50105, 'AdminApprovalNeeded'],
    ['invalid_grant', 50087, 'Unavailable'],
    ['invalid_grant', 90033, 'Unavailable'],
    ['temporarily_unavailable', 0, 'Unavailable'],
    ['unauthorized_client', 700016, 'Unknown'],
    ['invalid_client', 7000215, 'Unknown'],
    ['invalid_client', 7000222, 'Unknown'],
    ['invalid_scope', 70011, 'Unknown'],
  ])('%s %s is %s', async (error, number, kind) => {
    expect(errorFromTokenReply(await reply(400, refusal(error, number)), NOW).kind).toBe(kind);
  });

  it.each([
    // A person can do something about these, at a sign-in.
    ['basic_action', 'ConsentRevoked'],
    ['additional_action', 'ConsentRevoked'],
    ['message_only', 'ConsentRevoked'],
    ['consent_required', 'ConsentRevoked'],
    ['user_password_expired', 'ConsentRevoked'],
    ['token_expired', 'ConsentRevoked'],
    ['bad_token', 'ConsentRevoked'],
    // The token is good, for another application than the one that showed it.
    ['client_mismatch', 'Unknown'],
  ])('invalid_grant because of %s is %s', async (suberror, kind) => {
    const told = errorFromTokenReply(await reply(400, { error: 'invalid_grant', suberror }), NOW);
    expect(told.kind).toBe(kind);
    expect(told.message).toBe(`${kind}: token endpoint 400 invalid_grant ${suberror}`);
  });

  it('never takes an outage for the end of a consent', async () => {
    expect(errorFromTokenReply(await reply(503, refusal('invalid_grant', 50173)), NOW).kind).toBe('Unavailable');
    expect(errorFromTokenReply(await reply(502, '<html>'), NOW).kind).toBe('Unavailable');
    const throttled = errorFromTokenReply(await reply(429, {}, { 'retry-after': '9' }), NOW);
    expect(throttled).toMatchObject({ kind: 'Throttled', retryAfterMs: 9000 });
  });

  it('tells what the next sign-in has to show', async () => {
    const claims = '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}';
    const wanting = { ...refusal('interaction_required', 50076, 'basic_action'), claims };
    expect(errorFromTokenReply(await reply(400, wanting), NOW)).toMatchObject({ kind: 'ConsentRevoked', claims });
    expect(errorFromTokenReply(await reply(400, { ...wanting, claims: '<x>' }), NOW).claims).toBeNull();
  });

  it('reads numbers out of a description where there is no list, and tells no text of it', async () => {
    const { error, error_description } = refusal('invalid_grant', 90094);
    const told = errorFromTokenReply(await reply(400, { error, error_description }), NOW);
    expect(told.kind).toBe('AdminApprovalNeeded');
    expect(told.message).toBe('AdminApprovalNeeded: token endpoint 400 invalid_grant 90094');
  });
});

describe("Entra's refusals in a browser", () => {
  it.each([
    ['access_denied', '', 'denied'],
    ['consent_required', 'AADSTS65004: declined', 'denied'],
    ['access_denied', 'AADSTS90094: an administrator must', 'AdminApprovalNeeded'],
    ['access_denied', 'AADSTS90095: an administrator must', 'AdminApprovalNeeded'],
    ['consent_required', '', 'AdminApprovalNeeded'],
    ['server_error', '', 'Unavailable'],
    ['invalid_request', '', 'Unknown'],
  ])('%s %s is %s', (error, description, kind) => {
    expect(kindOfRefusal(error, description)).toBe(kind);
  });
});
