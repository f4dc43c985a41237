/** One entry of `error.errors[]`, as Calendar v3 documents it. */
export interface ErrorEntry {
  domain: string;
  reason: string;
  message: string;
  locationType?: string;
  location?: string;
}

/** A refusal in Calendar's own error shape; the texts are those of the guide "Handle API errors". */
export class GoogleError extends Error {
  constructor(
    readonly status: number,
    readonly entry: ErrorEntry,
    readonly headers: Record<string, string> = {},
  ) {
    super(entry.message);
  }

  /** The JSON body: `{ error: { errors: [...], code, message } }`. */
  get body(): string {
    return JSON.stringify({ error: { errors: [this.entry], code: this.status, message: this.entry.message } });
  }
}

const challenge = (error: string): Record<string, string> => ({
  'www-authenticate': `Bearer realm="https://accounts.google.com/", error="${error}"`,
});

const global = (status: number, reason: string, message: string, location?: string, locationType?: string) =>
  new GoogleError(status, {
    domain: 'global',
    reason,
    message,
    ...(locationType === undefined ? {} : { locationType }),
    ...(location === undefined ? {} : { location }),
  });
const calendar = (status: number, reason: string, message: string, location?: string) =>
  new GoogleError(status, {
    domain: 'calendar',
    reason,
    message,
    ...(location === undefined ? {} : { locationType: 'parameter', location }),
  });

/** The refusals the simulator knows, each in Google's words. */
export const refusals = {
  badParameter: (location: string, message = 'Invalid Value') => global(400, 'invalid', message, location, 'parameter'),
  unknownParameter: (name: string) =>
    global(400, 'invalidParameter', `Unknown query parameter: '${name}'.`, name, 'parameter'),
  invalid: (message: string) => global(400, 'invalid', message),
  required: (message: string) => global(400, 'required', message),
  parseError: (message = 'Parse Error') => global(400, 'parseError', message),
  tooLarge: () => global(413, 'uploadTooLarge', 'Request Too Large'),
  timeRangeEmpty: (location = 'timeMax') =>
    calendar(400, 'timeRangeEmpty', 'The specified time range is empty.', location),
  syncTokenMix: (name: string) =>
    calendar(
      400,
      'syncTokenWithRequestParameters',
      `Sync token cannot be used with the parameter ${name}.`,
      'syncToken',
    ),
  unauthorized: () =>
    new GoogleError(
      401,
      {
        domain: 'global',
        reason: 'authError',
        message: 'Invalid Credentials',
        locationType: 'header',
        location: 'Authorization',
      },
      challenge('invalid_token'),
    ),
  loginRequired: () =>
    new GoogleError(
      401,
      {
        domain: 'global',
        reason: 'required',
        message: 'Login Required',
        locationType: 'header',
        location: 'Authorization',
      },
      { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' },
    ),
  insufficientPermissions: () =>
    new GoogleError(
      403,
      {
        domain: 'global',
        reason: 'insufficientPermissions',
        message: 'Insufficient Permission: Request had insufficient authentication scopes.',
      },
      challenge('insufficient_scope'),
    ),
  forbidden: (message = 'Forbidden') => global(403, 'forbidden', message),
  nonOrganizer: () =>
    calendar(403, 'forbiddenForNonOrganizer', 'Shared properties can only be changed by the organizer of the event.'),
  rateLimit: (status: 403 | 429) =>
    new GoogleError(status, { domain: 'usageLimits', reason: 'rateLimitExceeded', message: 'Rate Limit Exceeded' }),
  notFound: () => global(404, 'notFound', 'Not Found'),
  methodNotAllowed: () => global(405, 'httpMethodNotAllowed', 'Method Not Allowed'),
  duplicate: () => global(409, 'duplicate', 'The requested identifier already exists.'),
  deleted: () => global(410, 'deleted', 'Resource has been deleted'),
  fullSync: () =>
    calendar(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', 'syncToken'),
  updatedMinTooLongAgo: () =>
    calendar(
      410,
      'updatedMinTooLongAgo',
      'The requested minimum modification time lies too far in the past.',
      'updatedMin',
    ),
  preconditionFailed: () => global(412, 'conditionNotMet', 'Precondition Failed', 'If-Match', 'header'),
  backend: () => global(500, 'backendError', 'Backend Error'),
  unavailable: () => global(503, 'backendError', 'Backend Error'),
  channelIdTaken: (id: string) => global(400, 'channelIdNotUnique', `Channel id ${id} not unique`),
  channelTypeUnknown: () => global(400, 'push.channelTypeNotSupported', 'Channel type not supported'),
  webhookNotHttps: (address: string) =>
    global(400, 'push.webhookUrlNotHttps', `WebHook callback must be HTTPS: ${address}`),
  cannotMove: () => calendar(400, 'cannotMoveInstance', 'Instances of recurring events cannot be moved.'),
};
