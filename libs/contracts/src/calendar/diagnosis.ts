import { z } from 'zod';
import { callerSchema } from '../common/caller';
import { operation } from '../common/operation';

/** What a connection is looked at for, in this order. */
export const diagnosisCheckSchema = z.enum([
  'address',
  'tls',
  'sign_in',
  'permissions',
  'read',
  'write_then_remove',
  'push',
]);
export type DiagnosisCheck = z.infer<typeof diagnosisCheckSchema>;

/** Why a check failed or was not made. The portal has words for every one of them: a code is added here first. */
export const diagnosisCodeSchema = z.enum([
  'address_not_found',
  'address_blocked',
  'no_connection',
  'certificate_refused',
  'consent_revoked',
  'admin_approval_needed',
  'not_finished',
  'permission_missing',
  'no_mailbox',
  'switched_off',
  'no_calendar',
  'provider_throttled',
  'provider_unavailable',
  'provider_fault',
  'took_too_long',
  'write_refused',
  'test_event_left',
  'push_refused',
  'earlier_failed',
  'plain_http',
  'waiting_for_provider',
  'calendar_not_wanted',
  'nothing_granted',
  'read_only',
  'locked_by_policy',
  'two_way_off',
  'writes_not_offered',
  'no_writable_calendar',
  'no_public_address',
  'out_of_time',
  'check_not_offered',
]);
export type DiagnosisCode = z.infer<typeof diagnosisCodeSchema>;

export const diagnosisItemSchema = z.object({
  check: diagnosisCheckSchema,
  outcome: z.enum(['passed', 'failed', 'skipped']),
  /** Absent with `passed`. */
  code: diagnosisCodeSchema.optional(),
  /** What was found, in English. */
  detail: z.string(),
  /** What helps, in English: with every failure, and where a check could be made after it. */
  fix: z.string().optional(),
});
export type DiagnosisItem = z.infer<typeof diagnosisItemSchema>;

export const diagnosisSchema = z.object({ items: z.array(diagnosisItemSchema) });
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/**
 * Looks at a connection with every check there is; answered when all are made, within 45 s. With `tellAs` each item is
 * also pushed on `pushSubjects.diagnosis(tellAs)` as soon as it is there; the reply stays the whole truth, because pushes can be
 * lost.
 */
export const calendarConnectionDiagnose = operation(
  'calendar.connection.diagnose',
  z.object({ caller: callerSchema, id: z.string(), tellAs: z.string().optional() }),
  diagnosisSchema,
);
