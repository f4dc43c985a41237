import { z } from 'zod';
import { diagnosisCodeSchema, signInCodeSchema } from './codes';
import { instantSchema } from './shapes';

/** What is gone through while somebody signs in with a form, in this order. */
export const signInStepSchema = z.enum([
  'find_by_setting',
  'find_at_domain',
  'find_at_autodiscover_host',
  'find_by_redirect',
  'find_by_srv',
  'address',
  'tls',
  'sign_in',
  'version',
  'mailbox',
]);
export type SignInStep = z.infer<typeof signInStepSchema>;

export const signInItemSchema = z.object({
  step: signInStepSchema,
  outcome: z.enum(['passed', 'failed', 'skipped']),
  /** The host that was asked, with its port where it is not the usual one. */
  host: z.string().optional(),
  /** Absent with `passed`, save for what is to be known all the same: `certificate_ends_soon`. */
  code: z.union([diagnosisCodeSchema, signInCodeSchema]).optional(),
  /** What was found, in English. */
  detail: z.string(),
  /** What helps, in English: with every failure, and with such a note. */
  fix: z.string().optional(),
  /** With `tls`: when the certificate expires that the server has shown, where that is known. */
  expiresAt: instantSchema.optional(),
});
export type SignInItem = z.infer<typeof signInItemSchema>;
