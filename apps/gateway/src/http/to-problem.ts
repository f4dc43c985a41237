import { problem, ProblemError, type Problem, type ProblemCode } from '@daybook/contracts';

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'bad_request',
  411: 'bad_request',
  413: 'body_too_large',
  414: 'bad_request',
  415: 'unsupported_media_type',
  417: 'bad_request',
  429: 'rate_limited',
  431: 'bad_request',
  503: 'service_unavailable',
};

/**
 * Any failure as a problem. Our own problems stay as they are; a framework's refusal of a request gets the code of its
 * status and our words, never its own message; everything else is 500 and tells nothing.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  const code = codeOfStatus[statusOf(error)];
  return problem(code ?? 'internal_error');
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) {
    return 500;
  }
  const status: unknown = Reflect.get(error, 'statusCode') ?? Reflect.get(error, 'status');
  return typeof status === 'number' ? status : 500;
}
