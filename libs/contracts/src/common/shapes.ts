import { z } from 'zod';
import { standingCodeSchema } from './codes';

/** The three services of the outer contract. Which of them this deployment offers is said by its provider catalog. */
export const serviceNameSchema = z.enum(['google', 'office365', 'exchange']);
export type ServiceName = z.infer<typeof serviceNameSchema>;

export const methodSchema = z.enum(['oauth2', 'ews']);
export type ConnectionMethod = z.infer<typeof methodSchema>;

export const permissionSchema = z.enum(['none', 'read', 'readWrite']);
export type Permission = z.infer<typeof permissionSchema>;
export const permissionsSchema = z.strictObject({ calendar: permissionSchema, contacts: permissionSchema });
export type Permissions = z.infer<typeof permissionsSchema>;

export const partSchema = z.enum(['calendar', 'contacts']);
export type Part = z.infer<typeof partSchema>;

/** Instants on the wire are RFC 3339 in UTC, with milliseconds. */
export const instantSchema = z.iso.datetime({ offset: true });

/** A short problem kept with an item or a connection; `code` is translated by the portal. */
export const standingProblemSchema = z.object({
  code: standingCodeSchema,
  detail: z.string(),
  blame: z.string(),
  since: instantSchema.optional(),
});
export type StandingProblem = z.infer<typeof standingProblemSchema>;

export const freshnessSourceSchema = z.object({
  connectionId: z.string(),
  part: partSchema,
  lastSuccessAt: instantSchema.nullable(),
  nextAttemptAt: instantSchema.nullable(),
  problem: standingProblemSchema.optional(),
});
/** A stretch of time outside of which things may be missing: from (inclusive) to (exclusive). */
export const coverageSchema = z.object({ from: instantSchema, to: instantSchema });
export const freshnessSchema = z.object({
  stale: z.boolean(),
  sources: z.array(freshnessSourceSchema),
  /** Absent where everything is there. */
  coverage: coverageSchema.optional(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

/** A page of a list; `next` is the cursor of the following page or null. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), freshness: freshnessSchema.optional() });
}

export const healthInput = z.object({});
export const healthSchema = z.object({ ok: z.boolean(), checks: z.record(z.string(), z.boolean()) });
export type Health = z.infer<typeof healthSchema>;
