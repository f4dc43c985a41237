import { z } from 'zod';
import { fieldFaultCodeSchema } from '../common/codes';
import { signInItemSchema, type SignInItem } from '../common/sign-in';
import { blameSchema, type Blame } from './blame';
import { problemCatalog, type ProblemCode } from './problem-catalog';

/**
 * One faulty field of a request: its path (`start.dateTime`), what is wrong as a code, and one plain English sentence. A
 * code that the reader does not know yet, or none, is read as `invalid`.
 */
export const fieldFaultSchema = z.object({
  field: z.string(),
  code: fieldFaultCodeSchema.catch('invalid'),
  detail: z.string(),
});
export type FieldFault = z.infer<typeof fieldFaultSchema>;

/** RFC 9457 problem details as Daybook answers them: one shape on HTTP and between services. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  code: z.string(),
  detail: z.string(),
  blame: blameSchema,
  correlationId: z.string(),
  fields: z.array(fieldFaultSchema).optional(),
  /** Seconds after which the same call may succeed; also sent as `Retry-After`. */
  retryAfter: z.number().int().nonnegative().optional(),
  /** The provider's own page of the item, where the person can do what we may not. */
  editUrl: z.string().optional(),
  /** The current version after a failed `If-Match`. */
  currentVersion: z.string().optional(),
  /** What was gone through before a sign-in with a form failed: the last one that failed decided. */
  steps: z.array(signInItemSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export interface ProblemExtras {
  /** Where the code alone does not tell whose it is. */
  readonly blame?: Blame;
  readonly fields?: readonly FieldFault[];
  readonly retryAfter?: number;
  readonly editUrl?: string;
  readonly currentVersion?: string;
  readonly steps?: readonly SignInItem[];
}

/** An expected failure on its way to the caller. It crosses NATS as its `problem` and becomes problem+json at the gateway. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ProblemError';
  }
}

/**
 * Builds a problem from the catalog: `code` fixes status, title and, unless told otherwise, blame; `detail` is one plain English sentence for this
 * case, without personal data. The correlation id is filled in by the edge that answers.
 */
export function problem(code: ProblemCode, detail?: string, extras: ProblemExtras = {}): Problem {
  const entry = problemCatalog[code];
  return {
    type: `https://daybook.dev/problems/${code}`,
    title: entry.title,
    status: entry.status,
    code,
    detail: detail ?? entry.detail,
    blame: extras.blame ?? entry.blame,
    correlationId: '',
    ...(extras.fields ? { fields: [...extras.fields] } : {}),
    ...(extras.retryAfter === undefined ? {} : { retryAfter: extras.retryAfter }),
    ...(extras.editUrl === undefined ? {} : { editUrl: extras.editUrl }),
    ...(extras.currentVersion === undefined ? {} : { currentVersion: extras.currentVersion }),
    ...(extras.steps ? { steps: [...extras.steps] } : {}),
  };
}

/** Shorthand for throwing: `throw fail('not_found')`. */
export function fail(code: ProblemCode, detail?: string, extras?: ProblemExtras): ProblemError {
  return new ProblemError(problem(code, detail, extras));
}
