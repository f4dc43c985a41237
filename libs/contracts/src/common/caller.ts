import { z } from 'zod';

export const roleSchema = z.enum(['administrator', 'member', 'service']);
export type Role = z.infer<typeof roleSchema>;

/** What `X-Client: desktop/5.2.1 (linux)` said. Without the header the kind is `unknown`. */
export const clientSchema = z.object({
  kind: z.enum(['portal', 'desktop', 'mobile', 'deskphone', 'unknown']),
  version: z.string().max(40).optional(),
  platform: z.string().max(60).optional(),
});
export type Client = z.infer<typeof clientSchema>;

/** Who asks: proven by the gateway, believed by the services. `userId` of an API key's caller is the key's own id. */
export const callerSchema = z.object({
  userId: z.string(),
  accountId: z.string(),
  role: roleSchema,
  sessionId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  client: clientSchema,
});
export type Caller = z.infer<typeof callerSchema>;

/**
 * A request body as it came. Services read it only after they have checked whose item it is, because what one may not see
 * is 404 whatever the body says.
 */
export const rawBodySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('json'), value: z.unknown() }),
  z.object({
    type: z.literal('malformed'),
    reason: z.string(),
    /** What the fault is called where it is not the JSON itself: it lies in a header that goes with the body. */
    code: z.enum(['bad_request', 'unsupported_media_type']).optional(),
  }),
  z.object({ type: z.literal('none') }),
]);
export type RawBody = z.infer<typeof rawBodySchema>;
