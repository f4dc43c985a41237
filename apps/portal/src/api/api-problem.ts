import type { FieldFault, Problem } from '@daybook/contracts';

/** One faulty field; a code that this page does not know leaves the server's sentence. */
export type FaultView = Omit<FieldFault, 'code'> & { readonly code: string };

/** What the portal keeps of a problem: enough to translate it by code and to show its correlation id. */
export interface ProblemView {
  readonly status: number;
  /** A code of the problem catalog, or `offline` and `unexpected_answer`, which only the portal knows. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly blame: Problem['blame'];
  readonly correlationId: string;
  readonly fields: readonly FaultView[];
  readonly retryAfter?: number;
  /** The provider's own page of the item, where the person can do it. */
  readonly editUrl?: string;
  /** What a sign-in with a form went through, as it was sent. */
  readonly steps: readonly unknown[];
}

/** A refused or failed call. Everything the portal shows about a failure comes from `problem`. */
export class ApiProblem extends Error {
  constructor(readonly problem: ProblemView) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ApiProblem';
  }
}

/** No answer at all: the person is offline or the deployment is down. */
export function offlineProblem(): ApiProblem {
  return new ApiProblem({ ...bare(0, 'offline'), detail: 'The deployment did not answer.' });
}

/** Reads problem+json; anything else (a proxy's page, a cut body) becomes `unexpected_answer` with its status. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  return problemFrom(body, response.status, response.headers.get('x-correlation-id') ?? '');
}

/** The same of a body that is read already; `correlationId` where it names none itself. */
export function problemFrom(body: unknown, status: number, correlationId = ''): ApiProblem {
  const fallback = bare(status, status >= 500 ? 'service_unavailable' : 'unexpected_answer');
  if (!isRecord(body)) return new ApiProblem(fallback);
  return new ApiProblem({
    status,
    code: text(body.code) || fallback.code,
    title: text(body.title),
    detail: text(body.detail),
    blame: blameOf(body.blame),
    correlationId: text(body.correlationId) || correlationId,
    fields: Array.isArray(body.fields) ? body.fields.flatMap(readFault) : [],
    steps: Array.isArray(body.steps) ? body.steps : [],
    ...(typeof body.retryAfter === 'number' ? { retryAfter: body.retryAfter } : {}),
    ...(typeof body.editUrl === 'string' ? { editUrl: body.editUrl } : {}),
  });
}

/** Any thrown value as a problem, so that views need only one shape. */
export function toProblem(error: unknown): ProblemView {
  if (error instanceof ApiProblem) return error.problem;
  return { ...bare(0, 'internal_error'), detail: error instanceof Error ? error.message : '' };
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof ApiProblem && codes.includes(error.problem.code);
}

function bare(status: number, code: string): ProblemView {
  return { status, code, title: '', detail: '', blame: 'us', correlationId: '', fields: [], steps: [] };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Absent, or a moment that can be read. */
export function isInstant(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
}

function readFault(value: unknown): FaultView[] {
  if (!isRecord(value) || typeof value.field !== 'string' || typeof value.detail !== 'string') return [];
  return [{ field: value.field, code: text(value.code), detail: value.detail }];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function blameOf(value: unknown): Problem['blame'] {
  return value === 'user' || value === 'admin' || value === 'provider' ? value : 'us';
}
