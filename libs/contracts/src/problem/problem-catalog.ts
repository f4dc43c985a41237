import type { Blame } from './blame';

interface CatalogEntry {
  readonly status: number;
  readonly blame: Blame;
  readonly title: string;
  readonly detail: string;
}

/** Every code Daybook answers with: one row each. The portal translates by code; clients may rely on code and status. */
export const problemCatalog = {
  malformed_json: {
    status: 400,
    blame: 'user',
    title: 'The body is not JSON',
    detail: 'The request body could not be read as JSON.',
  },
  bad_request: {
    status: 400,
    blame: 'user',
    title: 'The request cannot be understood',
    detail: 'The request is not well formed.',
  },
  invalid_query: {
    status: 400,
    blame: 'user',
    title: 'A query parameter is not valid',
    detail: 'A query parameter is not valid.',
  },
  invalid_body: {
    status: 422,
    blame: 'user',
    title: 'The body is not valid',
    detail: 'The body does not have the expected fields.',
  },
  body_too_large: {
    status: 413,
    blame: 'user',
    title: 'The body is too large',
    detail: 'The request body is over the limit.',
  },
  unsupported_media_type: {
    status: 415,
    blame: 'user',
    title: 'The media type is not supported',
    detail: 'Send application/json.',
  },
  unauthenticated: {
    status: 401,
    blame: 'user',
    title: 'Sign in first',
    detail: 'A valid access token or API key is needed.',
  },
  invalid_credentials: {
    status: 401,
    blame: 'user',
    title: 'Sign-in failed',
    detail: 'The address or the password is wrong.',
  },
  session_ended: { status: 401, blame: 'user', title: 'The session has ended', detail: 'Sign in again.' },
  csrf_rejected: {
    status: 403,
    blame: 'user',
    title: 'The request came from another site',
    detail: 'Cookies are only accepted from the portal itself.',
  },
  client_too_old: {
    status: 426,
    blame: 'user',
    title: 'This client is too old',
    detail: 'Update the client to go on.',
  },
  forbidden: { status: 403, blame: 'user', title: 'Not allowed', detail: 'Your role does not allow this.' },
  client_not_supported: {
    status: 403,
    blame: 'user',
    title: 'Not for this kind of client',
    detail: 'This is not offered to this kind of client.',
  },
  integration_disabled: {
    status: 403,
    blame: 'admin',
    title: 'The integration is switched off',
    detail: 'An administrator has switched off the calendar and contact integration.',
  },
  service_not_allowed: {
    status: 403,
    blame: 'admin',
    title: 'This service is not allowed',
    detail: 'An administrator does not allow this service.',
  },
  permission_locked: {
    status: 403,
    blame: 'admin',
    title: 'The permission is locked',
    detail: 'An administrator has locked this permission.',
  },
  permission_missing: {
    status: 403,
    blame: 'user',
    title: 'A permission is missing',
    detail: 'The connection does not have the permission this needs.',
  },
  not_found: {
    status: 404,
    blame: 'user',
    title: 'Not found',
    detail: 'There is nothing here, or you may not see it.',
  },
  method_not_allowed: {
    status: 405,
    blame: 'user',
    title: 'The method is not allowed',
    detail: 'This address does not take that method.',
  },
  connection_exists: {
    status: 409,
    blame: 'user',
    title: 'Already connected',
    detail: 'This service is connected already. Delete or change that connection.',
  },
  different_account: {
    status: 409,
    blame: 'user',
    title: 'That is another account',
    detail: 'The sign-in belongs to another account than the one that is connected; nothing was changed.',
  },
  sign_in_failed: {
    status: 422,
    blame: 'user',
    title: 'The server could not be signed in to',
    detail: 'A step of the sign-in failed; nothing was changed.',
  },
  idempotency_mismatch: {
    status: 422,
    blame: 'user',
    title: 'The key was used for another request',
    detail: 'This Idempotency-Key belongs to a request with another body.',
  },
  conflict: {
    status: 409,
    blame: 'user',
    title: 'In conflict with the present state',
    detail: 'The present state does not allow this.',
  },
  cursor_expired: {
    status: 410,
    blame: 'user',
    title: 'The cursor is too old',
    detail: 'Load everything again without a cursor.',
  },
  version_conflict: {
    status: 412,
    blame: 'user',
    title: 'The item has changed',
    detail: 'Somebody changed the item since you read it.',
  },
  scheduled_elsewhere: {
    status: 403,
    blame: 'user',
    title: 'Not scheduled here',
    detail: 'Only meetings scheduled here can be deleted here. Delete this one where it was made.',
  },
  not_organizer: {
    status: 403,
    blame: 'user',
    title: 'Another person organizes this meeting',
    detail: 'Only the organizer can change this meeting.',
  },
  calendar_read_only: {
    status: 403,
    blame: 'user',
    title: 'The calendar can only be read',
    detail: 'Your role in this calendar does not allow changing it.',
  },
  attendees_left_out: {
    status: 403,
    blame: 'provider',
    title: 'The provider left attendees out',
    detail: 'Changing this meeting here would lose attendees. Change it at the provider.',
  },
  two_way_off: {
    status: 403,
    blame: 'admin',
    title: 'Two-way sync is switched off',
    detail: 'An administrator has switched off writing to connected calendars.',
  },
  would_notify: {
    status: 409,
    blame: 'user',
    title: 'The provider would send mail',
    detail: 'The provider would mail the attendees. Say notify to do it all the same.',
  },
  write_refused: {
    status: 422,
    blame: 'provider',
    title: 'The provider refused the change',
    detail: 'The provider refused the change; nothing was changed.',
  },
  capability_not_available: {
    status: 422,
    blame: 'admin',
    title: 'Not available here',
    detail: 'This deployment does not offer that.',
  },
  rate_limited: { status: 429, blame: 'user', title: 'Too many requests', detail: 'Wait a little and try again.' },
  ticket_invalid: {
    status: 400,
    blame: 'user',
    title: 'The link is used up',
    detail: 'The link is unknown, used or too old. Start again.',
  },
  internal_error: {
    status: 500,
    blame: 'us',
    title: 'Something went wrong here',
    detail: 'The fault is ours and has been noted.',
  },
  provider_unavailable: {
    status: 503,
    blame: 'provider',
    title: 'The provider does not answer',
    detail: 'The provider does not answer at the moment.',
  },
  service_unavailable: {
    status: 503,
    blame: 'us',
    title: 'Not available at the moment',
    detail: 'A part of this deployment does not answer. Try again shortly.',
  },
  deadline_exceeded: {
    status: 504,
    blame: 'us',
    title: 'It took too long',
    detail: 'No answer came within the time allowed.',
  },
} as const satisfies Record<string, CatalogEntry>;

export type ProblemCode = keyof typeof problemCatalog;
