import { z } from 'zod';
import { callerSchema, rawBodySchema } from '../common/caller';
import { idempotentInput } from '../common/idempotency';
import { operation } from '../common/operation';
import { instantSchema, listOf } from '../common/shapes';

/** What an API key may do; one word for each door a service can use. */
export const apiKeyScopeSchema = z.enum(['meetings:read', 'phone:write']);
export type ApiKeyScope = z.infer<typeof apiKeyScopeSchema>;
export const apiKeyBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(apiKeyScopeSchema).min(1).max(10),
});
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(apiKeyScopeSchema),
  /** The first letters of the key, to tell keys apart. */
  hint: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;
/** The only time the key itself is shown: `dbk_…`. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });

export const authApiKeyVerify = operation(
  'auth.api-key.verify',
  z.object({ key: z.string().max(200) }),
  z.object({ keyId: z.string(), accountId: z.string(), scopes: z.array(apiKeyScopeSchema) }),
);
export const authApiKeyList = operation('auth.api-key.list', z.object({ caller: callerSchema }), listOf(apiKeySchema));
export const authApiKeyCreate = operation(
  'auth.api-key.create',
  z.object({ caller: callerSchema, body: rawBodySchema, ...idempotentInput }),
  createdApiKeySchema,
);
export const authApiKeyDelete = operation(
  'auth.api-key.delete',
  z.object({ caller: callerSchema, id: z.string() }),
  z.object({}),
);
