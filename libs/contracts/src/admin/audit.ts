import { z } from 'zod';
import { instantSchema } from '../common/shapes';

/** Services put audit records into their outbox with this subject; admin-svc keeps them, append-only, once for each id. */
export const AUDIT_SUBJECT = 'audit.record.v1';
export const auditRecordSchema = z.object({
  id: z.string(),
  at: instantSchema,
  accountId: z.string(),
  /** A user id, an API key id, or `system`. */
  actorId: z.string(),
  /** `<noun>.<past>`, such as `connection.deleted`. */
  action: z.string(),
  targetType: z.string(),
  targetId: z.string(),
  /** Ids, names of fields, and codes; never addresses, secrets or content. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  correlationId: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;
