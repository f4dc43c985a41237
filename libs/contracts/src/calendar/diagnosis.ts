import { z } from 'zod';
import { callerSchema } from '../common/caller';
import { diagnosisCodeSchema } from '../common/codes';
import { operation } from '../common/operation';
import { instantSchema } from '../common/shapes';

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

export const diagnosisItemSchema = z.object({
  check: diagnosisCheckSchema,
  outcome: z.enum(['passed', 'failed', 'skipped']),
  /** Absent with `passed`, save for what is to be known all the same: `certificate_ends_soon`. */
  code: diagnosisCodeSchema.optional(),
  /** What was found, in English. */
  detail: z.string(),
  /** What helps, in English: with every failure, with such a note, and where a check could be made after it. */
  fix: z.string().optional(),
  /** With `tls`, of a server that a person has named: when the certificate expires that it has shown. */
  expiresAt: instantSchema.optional(),
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
