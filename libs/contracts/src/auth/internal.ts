import { z } from 'zod';
import { operation } from '../common/operation';
import {
  coverageSchema,
  healthInput,
  healthSchema,
  instantSchema,
  methodSchema,
  partSchema,
  permissionsSchema,
  serviceNameSchema,
  standingProblemSchema,
} from '../common/shapes';
import { partStateSchema, progressSchema } from './connections';

/** A connection as the services that sync need it. Carries no secret. `revision` grows with every change. */
export const connectionRecordSchema = z.object({
  connectionId: z.string(),
  accountId: z.string(),
  userId: z.string(),
  service: serviceNameSchema,
  method: methodSchema,
  /** Addresses of the person: their sign-in, the linked account and its aliases, lower case. */
  addresses: z.array(z.string()),
  /** The least of wanted, granted and policy. */
  effective: permissionsSchema,
  /** `live` may sync; `stopped` keeps everything but makes no call; `deleted` is to be purged. */
  status: z.enum(['live', 'stopped', 'deleted']),
  revision: z.number().int(),
  /** Grows with what the person decides and the provider grants: what was refused before may be tried again then. */
  decisions: z.number().int().optional(),
  /** Present with `deleted`: where the purge is to be reported. */
  receiptId: z.string().optional(),
});
export type ConnectionRecord = z.infer<typeof connectionRecordSchema>;

/** One record, `not_found` when it never existed or its purge is complete. */
export const authConnectionRecord = operation(
  'auth.connection.record',
  z.object({ connectionId: z.string() }),
  connectionRecordSchema,
);
/** All records by id, for a service that starts or has lost its events. `after` is the last id of the page before. */
export const authConnectionRecords = operation(
  'auth.connection.records',
  z.object({ after: z.string().optional(), limit: z.number().int().max(500).default(200) }),
  z.object({ items: z.array(connectionRecordSchema) }),
);

/** The address that somebody of an account signs in with; `not_found` for whoever is not in it. */
export const authPersonAddress = operation(
  'auth.person.address',
  z.object({ accountId: z.string(), userId: z.string() }),
  z.object({ email: z.string() }),
);

/** A service's word on its part of a connection; `at` orders reports, an older one is dropped. */
export const authConnectionReport = operation(
  'auth.connection.report',
  z.object({
    connectionId: z.string(),
    part: partSchema,
    at: instantSchema,
    state: partStateSchema,
    lastSuccessAt: instantSchema.nullable(),
    nextAttemptAt: instantSchema.nullable(),
    progress: progressSchema.omit({ part: true }).optional(),
    problem: standingProblemSchema.optional(),
    /** What its provider shows at all; absent where that is everything. */
    coverage: coverageSchema.optional(),
    /** When the certificate expires that the server has shown, where a person has named one; absent where none was seen. */
    certificateExpiresAt: instantSchema.optional(),
  }),
  z.object({}),
);

/**
 * Short-lived access for one connection; only calendar-svc and contacts-svc may ask. `rejected` is the token the provider
 * refused with 401: then a refresh is made unless another process made one since. Problems: `needs_reconnect` as
 * `permission_missing`… are told by `code` in the reply, not thrown, so that the engine's one switch decides.
 */
export const accessGrantSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('access'),
    token: z.string(),
    expiresAt: instantSchema,
    /** Calls of this connection wait until then, when set. */
    notBefore: instantSchema.nullable(),
    /** Of the connection now: access of another method than one knows the connection by is shown to nobody. */
    method: methodSchema.optional(),
  }),
  z.object({
    type: z.literal('refused'),
    kind: z.enum(['ConsentRevoked', 'AdminApprovalNeeded', 'UntrustedServer', 'Stopped', 'Unavailable', 'Throttled']),
    detail: z.string(),
    retryAt: instantSchema.nullable(),
  }),
]);
export type AccessGrant = z.infer<typeof accessGrantSchema>;
export const authAccessGet = operation(
  'auth.access.get',
  z.object({ connectionId: z.string(), part: partSchema, rejected: z.string().optional() }),
  accessGrantSchema,
);
/** The provider's retry-after, for every service that talks to this mailbox. */
export const authAccessThrottle = operation(
  'auth.access.throttle',
  z.object({ connectionId: z.string(), notBefore: instantSchema }),
  z.object({}),
);
/**
 * The provider said definitively that consent is gone, although the secret looked good. auth-svc re-reads before it believes
 * it. With `claims` the provider wants the person to sign in again and to show them; that counts as long as `rejected` is the
 * newest token there is.
 */
export const authAccessRevoked = operation(
  'auth.access.revoked',
  z.object({ connectionId: z.string(), rejected: z.string(), claims: z.string().max(4096).optional() }),
  z.object({}),
);

export const purgeCountsSchema = z.object({
  calendars: z.number().int(),
  meetings: z.number().int(),
  ledgerEntries: z.number().int(),
  outboxRows: z.number().int(),
});
/** A service has purged its part of a deleted connection. */
export const authReceiptReport = operation(
  'auth.receipt.report',
  z.object({ receiptId: z.string(), part: partSchema, purged: purgeCountsSchema, at: instantSchema }),
  z.object({}),
);
export const authHealthCheck = operation('auth.health.check', healthInput, healthSchema);
