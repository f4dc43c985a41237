import { OrderRefused } from '../simulator';

/** An answer of the control side that says what was wrong with the order. */
export class ControlProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** The names that would have been understood. */
    readonly known?: readonly string[],
  ) {
    super(detail);
  }

  get body(): string {
    const { status, code, message: detail, known } = this;
    const title = TITLES[status] ?? 'Error';
    return JSON.stringify({
      type: 'about:blank',
      title,
      status,
      code,
      detail,
      ...(known === undefined ? {} : { known }),
    });
  }
}

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  500: 'Internal Server Error',
};
const STATUSES: Record<OrderRefused['code'], number> = {
  mailbox_exists: 409,
  unknown_mailbox: 404,
  unknown_item: 404,
  invalid_value: 400,
};

export const problemOf = (error: unknown): ControlProblem => {
  if (error instanceof ControlProblem) return error;
  if (error instanceof OrderRefused) {
    return new ControlProblem(STATUSES[error.code], error.code, error.message, error.known);
  }
  return new ControlProblem(500, 'internal_error', 'The sandbox failed at this; its log has more.');
};

/** A word that is not understood, with those that are: `unknown kind "x"; known: …`. */
export const unknownWord = (what: string, word: string, known: readonly string[]): ControlProblem =>
  new ControlProblem(
    400,
    `unknown_${what}`,
    `unknown ${what} "${word.slice(0, 80)}"; known: ${known.join(', ')}`,
    known,
  );
