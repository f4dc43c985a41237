import { z } from 'zod';
import { callerSchema, rawBodySchema } from '../common/caller';
import { idempotentInput } from '../common/idempotency';
import { receiptNoteCodeSchema } from '../common/codes';
import { operation } from '../common/operation';
import {
  freshnessSchema,
  instantSchema,
  listOf,
  methodSchema,
  partSchema,
  permissionSchema,
  permissionsSchema,
  serviceNameSchema,
  standingProblemSchema,
} from '../common/shapes';

/** A part of a connection (calendar, contacts): `off` where nothing is wanted or granted. */
export const partStateSchema = z.enum([
  'off',
  'pending',
  'awaiting_admin',
  'syncing',
  'active',
  'degraded',
  'needs_reconnect',
  'disabled_by_policy',
]);
export type PartState = z.infer<typeof partStateSchema>;
/** Overall state, first that holds: disabled_by_policy, awaiting_admin, needs_reconnect, pending, syncing, degraded, active. */
export const connectionStateSchema = z.enum([
  'pending',
  'awaiting_admin',
  'syncing',
  'active',
  'degraded',
  'needs_reconnect',
  'disabled_by_policy',
]);
export type ConnectionState = z.infer<typeof connectionStateSchema>;

export const progressSchema = z.object({
  part: partSchema,
  done: z.number().int(),
  /** Null while the provider does not say how many there are. */
  total: z.number().int().nullable(),
  /** True once the next 14 days can be read. */
  soonReady: z.boolean(),
});
export type Progress = z.infer<typeof progressSchema>;

export const connectionSchema = z.object({
  id: z.string(),
  service: serviceNameSchema,
  method: methodSchema,
  /** The linked account's name at the provider (an address), null until it is known. */
  account: z.string().nullable(),
  state: connectionStateSchema,
  calendar: z.object({ state: partStateSchema, freshness: freshnessSchema }),
  contacts: z.object({ state: partStateSchema, freshness: freshnessSchema }),
  permissions: z.object({ wanted: permissionsSchema, granted: permissionsSchema, missing: z.array(partSchema) }),
  progress: progressSchema.optional(),
  problem: standingProblemSchema.optional(),
  adminConsentUrl: z.string().optional(),
  /** With the method `ews`: where it goes, as whom; never the password. */
  server: z
    .object({
      url: z.string(),
      username: z.string(),
      version: z.string(),
      /** An administrator allowed it: anybody in between could read along. Shown for as long as it is so. */
      certificateChecksSkipped: z.boolean(),
      /** As the server has last shown it; absent over plain http, where it is not checked, and until it was seen. */
      certificate: z
        .object({
          /** Of the first in its chain. */
          expiresAt: instantSchema,
          /** `ends_soon`: within 14 days, so that whoever runs the server has to renew it. `expired`: nothing goes there any more. */
          state: z.enum(['good', 'ends_soon', 'expired']),
        })
        .optional(),
    })
    .optional(),
  version: z.string(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** `auto`: found out; the others by the names that people know their servers by. */
export const ewsVersionSchema = z.enum([
  'auto',
  'Exchange2010_SP2',
  'Exchange2010_SP3',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2016',
  'Exchange2019',
  'ExchangeSE',
]);
/**
 * What a server of Exchange wants to be told. Without `url` it is looked for by the address; a `url` may also be only a name of a
 * server. One of `email` and `username` is needed.
 */
export const ewsSchema = z.strictObject({
  email: z.email().max(254).optional(),
  /** A name, an address or `DOMAIN\name`. */
  username: z.string().trim().min(1).max(254).optional(),
  password: z.string().min(1).max(1024),
  url: z.string().trim().min(1).max(2048).optional(),
  version: ewsVersionSchema.optional(),
  /** PEM of authorities, one after the other. */
  certificateAuthorities: z.string().max(65_536).optional(),
  skipCertificateChecks: z.boolean().optional(),
});
/** `POST /v1/connections`. `ews` belongs to the method of that name. */
export const connectBodySchema = z.strictObject({
  service: serviceNameSchema,
  method: methodSchema.default('oauth2'),
  permissions: permissionsSchema,
  ews: ewsSchema.optional(),
});
/**
 * `POST /v1/connections/{id}/reconnect`; may be left out. `method` changes the way the connection works, keeping its id and
 * everything in it; `ews` is the form of the method of that name, where what is left out stays as it was.
 */
export const reconnectBodySchema = z.strictObject({
  method: methodSchema.optional(),
  ews: ewsSchema.optional(),
});

/** `PATCH /v1/connections/{id}`. */
export const configureBodySchema = z.strictObject({ permissions: permissionsSchema });

/** Each `SignInItem` is also pushed on `pushSubjects.signIn(tellAs)` as soon as it is there. */
const tellAsInput = { tellAs: z.string().optional() };

/** `authorizeUrl` is a page of ours (`/v1/oauth/…/start?ticket=`) to open in the person's browser: single use, 10 minutes. */
export const connectedSchema = z.object({ connection: connectionSchema, authorizeUrl: z.string().optional() });

export const authConnectionList = operation(
  'auth.connection.list',
  z.object({ caller: callerSchema }),
  listOf(connectionSchema),
);
const one = z.object({ caller: callerSchema, id: z.string() });
export const authConnectionGet = operation('auth.connection.get', one, connectionSchema);
export const authConnectionConnect = operation(
  'auth.connection.connect',
  z.object({ caller: callerSchema, body: rawBodySchema, ...idempotentInput, ...tellAsInput }),
  connectedSchema,
);
export const authConnectionConfigure = operation(
  'auth.connection.configure',
  one.extend({ body: rawBodySchema, ifMatch: z.string().optional() }),
  connectedSchema,
);
export const authConnectionReconnect = operation(
  'auth.connection.reconnect',
  one.extend({
    ...idempotentInput,
    ...tellAsInput,
    body: rawBodySchema.optional(),
    ifMatch: z.string().optional(),
  }),
  connectedSchema,
);

/** What deleting a connection removed, and what it cannot recall. `completedAt` is null while the purge goes on. */
export const receiptSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  service: serviceNameSchema,
  account: z.string().nullable(),
  deletedAt: instantSchema,
  completedAt: instantSchema.nullable(),
  /**
   * `revoked`: given back at the provider · `refused`: the provider did not know it any more, it had ended before ·
   * `unreachable`: tried again for a day, for as long as the secrets are not destroyed · `kept`: another connection here lives
   * on the same consent · `nothing_to_revoke`: there never was one.
   */
  revocation: z.enum(['pending', 'revoked', 'refused', 'unreachable', 'kept', 'nothing_to_revoke']),
  secretsDestroyed: z.boolean(),
  subscriptions: z.enum(['pending', 'stopped', 'none', 'left_to_expire']),
  purged: z
    .object({
      calendars: z.number().int(),
      meetings: z.number().int(),
      ledgerEntries: z.number().int(),
      outboxRows: z.number().int(),
    })
    .nullable(),
  /** What stays where for how long; `detail` says it in English. */
  notes: z.array(z.object({ code: receiptNoteCodeSchema, detail: z.string() })),
});
export type Receipt = z.infer<typeof receiptSchema>;
export const authConnectionDelete = operation(
  'auth.connection.delete',
  one.extend({ ifMatch: z.string().optional() }),
  receiptSchema,
);
export const authReceiptGet = operation('auth.receipt.get', one, receiptSchema);

/** `GET /v1/services`: what may be connected here and how. */
export const permissionChoiceSchema = z.object({
  part: partSchema,
  choices: z.array(permissionSchema),
  value: permissionSchema,
  locked: z.boolean(),
});
export const formFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['text', 'email', 'password', 'url', 'select']),
  required: z.boolean(),
  default: z.string().optional(),
  options: z.array(z.string()).optional(),
});
export const serviceSchema = z.object({
  service: serviceNameSchema,
  label: z.string(),
  methods: z.array(
    z.object({ method: methodSchema, label: z.string(), recommended: z.boolean(), fields: z.array(formFieldSchema) }),
  ),
  permissions: z.array(permissionChoiceSchema),
  offered: z.boolean(),
  /** Why it is not offered: a problem code and a sentence. */
  reason: z.object({ code: z.string(), detail: z.string() }).optional(),
});
export type Service = z.infer<typeof serviceSchema>;
export const authServiceList = operation(
  'auth.service.list',
  z.object({ caller: callerSchema }),
  listOf(serviceSchema),
);
