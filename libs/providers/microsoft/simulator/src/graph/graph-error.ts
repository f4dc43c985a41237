/** A refusal in Graph's shape: `{ error: { code, message, innerError } }`. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: { headers?: Record<string, string>; annotations?: Record<string, string> } = {},
  ) {
    super(message);
  }
}

const bad = (code: string, message: string): GraphError => new GraphError(400, code, message);

/** The refusals the simulator knows, each with Graph's status and code. */
export const refusals = {
  badRequest: (message: string) => bad('BadRequest', message),
  invalidParameter: (message: string) => bad('ErrorInvalidParameter', message),
  invalidRequest: (message: string) => bad('ErrorInvalidRequest', message),
  invalidProperty: (message: string) => bad('ErrorInvalidProperty', message),
  validation: (message = 'At least one property failed validation.') => bad('ErrorPropertyValidationFailure', message),
  windowMissing: () =>
    bad(
      'ErrorInvalidParameter',
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
    ),
  unreadableBody: (message: string) => bad('RequestBodyRead', message),
  unknownZone: (zone: string) =>
    bad(
      'TimeZoneNotSupportedException',
      `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${zone}'.`,
    ),
  malformedId: () => bad('ErrorInvalidIdMalformed', 'Id is malformed.'),
  filter: (message = 'The query filter contains one or more invalid nodes.') =>
    bad('ErrorInvalidUrlQueryFilter', message),
  query: (message: string) => bad('ErrorInvalidUrlQuery', message),
  notTracked: (names: string) =>
    bad(
      'ErrorInvalidUrlQuery',
      `The following parameters are not supported with change tracking over this resource: '${names}'.`,
    ),
  badToken: () => bad('BadRequest', 'Badly formed token.'),
  crossing: () =>
    bad('ErrorOccurrenceCrossingBoundary', 'Modified occurrence is crossing or overlapping adjacent occurrence.'),
  duplicateTransaction: (existingId: string) =>
    new GraphError(
      400,
      'ErrorDuplicateTransactionId',
      "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.",
      { annotations: { '@event.existingEventId': existingId } },
    ),
  appOnMe: () => bad('BadRequest', '/me request is only valid with delegated authentication flow.'),
  noToken: (message = 'Access token is empty.') =>
    new GraphError(401, 'InvalidAuthenticationToken', message, {
      headers: { 'www-authenticate': 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common"' },
    }),
  denied: (message = 'Access is denied. Check credentials and try again.') =>
    new GraphError(403, 'ErrorAccessDenied', message),
  quota: () => new GraphError(403, 'ErrorQuotaExceeded', 'The mailbox has exceeded its quota.'),
  folderExists: (name: string) =>
    new GraphError(409, 'ErrorFolderExists', `A folder with the specified name already exists: ${name}.`),
  categoryExists: () => new GraphError(409, 'ErrorItemExists', 'A category of this name already exists.'),
  extensionExists: (name: string) =>
    new GraphError(409, 'ErrorItemExists', `An extension of the name '${name}' already exists.`),
  deleteDistinguished: () => bad('ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.'),
  itemNotFound: () => new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.'),
  userNotFound: (user: string) =>
    new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${user}' does not exist or one of its queried reference-property objects are not present.`,
    ),
  resourceNotFound: (message = 'The resource could not be found.') => new GraphError(404, 'ResourceNotFound', message),
  unknownSegment: (segment: string) => bad('BadRequest', `Resource not found for the segment '${segment}'.`),
  method: () =>
    new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.'),
  conflict: () =>
    new GraphError(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    ),
  syncStateLost: () =>
    new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found; a full sync is needed.'),
  throttled: (seconds: number, message: string) =>
    new GraphError(429, 'ApplicationThrottled', message, { headers: { 'retry-after': String(seconds) } }),
  subscriptionExists: () =>
    new GraphError(409, 'Conflict', 'A subscription for the same resource and change type already exists.'),
  subscriptionInvalid: (message: string) => bad('InvalidRequest', message),
  subscriptionUnvalidated: (message: string) => bad('ValidationError', message),
  subscriptionRefused: (message: string) =>
    bad('ExtensionError', `Operation: Create; Exception: [Status Code: BadRequest; Reason: ${message}]`),
  subscriptionNotFound: () => new GraphError(404, 'ResourceNotFound', 'The subscription was not found.'),
  internal: () => new GraphError(500, 'ErrorInternalServerError', 'An internal server error occurred.'),
  unavailable: () =>
    new GraphError(503, 'serviceNotAvailable', 'The service is temporarily unavailable.', {
      headers: { 'retry-after': '1' },
    }),
};
