import { z } from 'zod';
import { callerSchema, clientSchema, rawBodySchema } from '../common/caller';
import { operation } from '../common/operation';
import { instantSchema } from '../common/shapes';
import { policySchema } from '../admin/policy';

/** `POST /v1/auth/sign-in`. */
export const signInBodySchema = z.strictObject({
  email: z.string().min(3).max(320),
  password: z.string().min(1).max(1024),
});
/** `POST /v1/auth/first-administrator`: redeems the one-time link printed at the first start. */
export const firstAdministratorBodySchema = z.strictObject({
  token: z.string().min(20).max(200),
  email: z.email().max(320),
  name: z.string().trim().min(1).max(200),
  password: z.string().min(10).max(1024),
  accountName: z.string().trim().min(1).max(200).optional(),
});

export const licencesSchema = z.object({ phone: z.boolean() });
/** A person as they see themselves. */
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'member']),
  language: z.string(),
  timeZone: z.string(),
});
export type User = z.infer<typeof userSchema>;

export const accountSchema = z.object({ id: z.string(), name: z.string() });
/** `GET /v1/me`. */
export const meSchema = z.object({
  user: userSchema,
  account: accountSchema,
  licences: licencesSchema,
  policy: policySchema,
  /** The meeting brand of this deployment, for labels. */
  brand: z.string(),
});
export type Me = z.infer<typeof meSchema>;

/** What the gateway gets after a sign-in or refresh; the refresh token becomes a cookie and never reaches scripts. */
export const sessionGrantSchema = z.object({
  accessToken: z.string(),
  /** Seconds. */
  expiresIn: z.number().int(),
  refreshToken: z.string(),
  /** Seconds. */
  refreshExpiresIn: z.number().int(),
  user: userSchema,
});
export type SessionGrant = z.infer<typeof sessionGrantSchema>;

export const authSessionSignIn = operation(
  'auth.session.sign-in',
  z.object({ body: rawBodySchema, client: clientSchema, remoteAddress: z.string() }),
  sessionGrantSchema,
);
export const authSessionFirstAdministrator = operation(
  'auth.session.first-administrator',
  z.object({ body: rawBodySchema, client: clientSchema }),
  sessionGrantSchema,
);
/** Rotates the refresh token; a token used twice ends its whole family (401 `session_ended`). */
export const authSessionRefresh = operation(
  'auth.session.refresh',
  z.object({ refreshToken: z.string() }),
  sessionGrantSchema,
);
export const authSessionSignOut = operation(
  'auth.session.sign-out',
  z.object({ refreshToken: z.string().optional(), caller: callerSchema.optional() }),
  z.object({}),
);
/** A session that has ended. */
export const endedSessionSchema = z.object({ sessionId: z.string(), endedAt: instantSchema });
export type EndedSession = z.infer<typeof endedSessionSchema>;
/**
 * Sessions that ended so lately that their access tokens may still be valid, oldest first, for a gateway that cannot be sure
 * to have heard of all. `after` is the last one of the page before.
 */
export const authSessionRevocations = operation(
  'auth.session.revocations',
  z.object({ after: endedSessionSchema.optional() }),
  z.object({ items: z.array(endedSessionSchema), more: z.boolean() }),
);
/** The public keys access tokens are signed with (JWKs, EdDSA); current first. */
export const authKeyList = operation(
  'auth.key.list',
  z.object({}),
  z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
);
export const authMeGet = operation('auth.me.get', z.object({ caller: callerSchema }), meSchema);

/** `PATCH /v1/me`: language and zone of the person. */
export const meBodySchema = z.strictObject({
  language: z.enum(['en', 'de']).optional(),
  timeZone: z.string().max(100).optional(),
});
export const authMeChange = operation(
  'auth.me.change',
  z.object({ caller: callerSchema, body: rawBodySchema }),
  meSchema,
);

/** Claims of an access token (JWT, 15 minutes): `sub` user, `acc` account, `rol` role, `sid` session. */
export const accessClaimsSchema = z.object({
  sub: z.string(),
  acc: z.string(),
  rol: z.enum(['administrator', 'member']),
  sid: z.string(),
  exp: z.number(),
});
export type AccessClaims = z.infer<typeof accessClaimsSchema>;
export const ACCESS_TOKEN_ISSUER = 'daybook';
export const ACCESS_TOKEN_SECONDS = 900;
