import { randomUUID } from 'node:crypto';
import { jsonAnswer, type Answer } from '@daybook/simulator-kit';

export interface EntraErrorMore {
  status?: number;
  suberror?: string;
}

/**
 * A refusal of Entra, in the shape of RFC 6749 and with Entra's own number.
 * Source: learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */
export class EntraError extends Error {
  constructor(
    /** `invalid_grant` … */
    readonly error: string,
    /** What follows `AADSTS`. */
    readonly number: number,
    text: string,
    readonly more: EntraErrorMore = {},
  ) {
    super(text);
  }

  /** The whole `error_description`. `now`: epoch milliseconds. */
  description(now: number, { trace, correlation } = newIds()): string {
    return `AADSTS${this.number}: ${this.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${stamp(now)}`;
  }

  /** What the token endpoint answers. */
  answer(now: number, origin: string): Answer {
    const ids = newIds();
    const { status = 400, suberror } = this.more;
    return jsonAnswer(
      status,
      {
        error: this.error,
        error_description: this.description(now, ids),
        error_codes: [this.number],
        timestamp: stamp(now),
        trace_id: ids.trace,
        correlation_id: ids.correlation,
        error_uri: `${origin}/error?code=${this.number}`,
        ...(suberror === undefined ? {} : { suberror }),
      },
      { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    );
  }
}

const newIds = (): { trace: string; correlation: string } => ({ trace: randomUUID(), correlation: randomUUID() });

/** `2026-11-22 08:00:00Z` */
const stamp = (now: number): string => `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;

const grant = (number: number, text: string, more: EntraErrorMore = {}): EntraError =>
  new EntraError('invalid_grant', number, text, more);
const request = (number: number, text: string): EntraError => new EntraError('invalid_request', number, text);

export const entraRefusals = {
  unknownTenant: (tenant: string) =>
    request(90002, `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`),
  unknownClient: (id: string) =>
    new EntraError(
      'unauthorized_client',
      700016,
      `Application with identifier '${id}' was not found in the directory.`,
    ),
  wrongSecret: (id: string) =>
    new EntraError('invalid_client', 7000215, `Invalid client secret provided for app '${id}'.`, { status: 401 }),
  redirectMismatch: (uri: string) =>
    request(50011, `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured.`),
  missing: (name: string) => request(900144, `The request body must contain the following parameter: '${name}'.`),
  badValue: (name: string) => request(90023, `The value of the parameter '${name}' is not supported.`),
  nonceMissing: () => request(90014, "The required field 'nonce' is missing from the request."),
  responseType: (type: string) =>
    new EntraError('unsupported_response_type', 700054, `response_type '${type}' is not enabled for the application.`),
  responseMode: () => request(70007, "'query' is not a supported value of 'response_mode' when requesting a token."),
  unknownScope: (scope: string, client: string) =>
    new EntraError(
      'invalid_client',
      650053,
      `The application '${client}' asked for scope '${scope}' that doesn't exist on the resource.`,
    ),
  badScope: (scope: string) =>
    new EntraError('invalid_scope', 70011, `The provided value for the input parameter 'scope' is not valid. ${scope}`),
  severalResources: () =>
    request(28000, 'The parameter scope is not valid because it contains more than one resource.'),
  loginRequired: () =>
    new EntraError('login_required', 50058, 'A silent sign-in request was sent but no user is signed in.'),
  consentRequired: () =>
    new EntraError('consent_required', 65001, 'The user or administrator has not consented to use the application.'),
  declined: () => new EntraError('access_denied', 65004, 'User declined to consent to access the app.'),
  adminNeeded: () =>
    new EntraError('access_denied', 90094, 'The grant requires admin permission. Ask an admin to approve this app.'),
  badGrantType: (type: string) =>
    new EntraError('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${type}'.`),
  badCode: () => grant(70000, 'Provided grant is invalid or malformed.'),
  lateCode: () => grant(70008, 'The provided authorization code or refresh token has expired.'),
  usedCode: () => grant(54005, 'OAuth2 Authorization code was already redeemed, please retry with a new valid code.'),
  foreignCode: () => grant(700005, 'Provided authorization code is intended to use against other client.'),
  otherRedirect: () =>
    new EntraError('invalid_client', 500112, 'The reply address does not match the one the code was requested with.'),
  missingVerifier: () => grant(501481, 'The code_verifier is required, because the code was requested with PKCE.'),
  wrongVerifier: () => grant(50148, 'The code_verifier does not match the code_challenge supplied for PKCE.'),
  malformed: () => grant(9002313, 'Invalid request. Request is malformed or invalid.'),
  idle: () => grant(700082, 'The refresh token has expired due to inactivity.'),
  revoked: () => grant(50173, 'The provided grant has expired due to it being revoked, a fresh auth token is needed.'),
  personalGrantGone: () => grant(70000, 'The user or administrator has not consented, or the grant is gone.'),
  notConsented: () =>
    grant(65001, 'The user or administrator has not consented to use the application.', {
      suberror: 'consent_required',
    }),
  adminNeededForGrant: () => grant(90094, 'The grant requires admin permission. Ask an admin to approve this app.'),
  wrongTenant: () => grant(50020, 'User account from another identity provider does not exist in this tenant.'),
  wrongPassword: () => grant(50126, 'Error validating credentials due to invalid username or password.'),
  noTenant: () => request(50059, 'No tenant-identifying information found in the request.'),
  appScope: (scope: string) =>
    new EntraError(
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default.`,
    ),
};
