import { jsonAnswer, type Answer } from '@daybook/simulator-kit';

/** A refusal of the token, revoke or user info address, in the shape of RFC 6749 and Google's words. */
export class OAuthError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly description: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(description);
  }

  get answer(): Answer {
    return jsonAnswer(this.status, { error: this.error, error_description: this.description }, this.headers);
  }
}

export const oauthRefusals = {
  deadGrant: () => new OAuthError(400, 'invalid_grant', 'Token has been expired or revoked.'),
  badCode: () => new OAuthError(400, 'invalid_grant', 'Malformed auth code.'),
  usedCode: () => new OAuthError(400, 'invalid_grant', 'Bad Request'),
  missingVerifier: () => new OAuthError(400, 'invalid_grant', 'Missing code verifier.'),
  wrongVerifier: () => new OAuthError(400, 'invalid_grant', 'Invalid code verifier.'),
  wrongPassword: () => new OAuthError(400, 'invalid_grant', 'Invalid user credentials.'),
  redirectMismatch: () => new OAuthError(400, 'redirect_uri_mismatch', 'Bad Request'),
  unknownClient: () => new OAuthError(401, 'invalid_client', 'The OAuth client was not found.'),
  wrongSecret: () => new OAuthError(401, 'invalid_client', 'Unauthorized'),
  noClient: () => new OAuthError(400, 'invalid_request', 'Could not determine client ID from request.'),
  missing: (name: string) => new OAuthError(400, 'invalid_request', `Missing required parameter: ${name}`),
  badGrantType: (type: string) => new OAuthError(400, 'unsupported_grant_type', `Invalid grant_type: ${type}`),
  badScope: () => new OAuthError(400, 'invalid_scope', 'Some requested scopes were invalid.'),
  adminPolicy: () =>
    new OAuthError(
      400,
      'admin_policy_enforced',
      'The Google Account is unable to authorize one or more scopes requested due to the policies of their Google Workspace administrator.',
    ),
  badToken: () => new OAuthError(400, 'invalid_token', 'Token expired or revoked'),
  badRequest: (text: string) => new OAuthError(400, 'invalid_request', text),
  badBearer: () =>
    new OAuthError(401, 'invalid_request', 'Invalid Credentials', {
      'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
    }),
};
