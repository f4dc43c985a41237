import type { ExclusiveRun, SessionParts } from '../session/session';

export interface Call {
  readonly path: string;
  readonly init: RequestInit;
}

export type Answer = (call: Call) => Response | Promise<Response>;

export const grant = (token: string, userId = 'usr_1') =>
  Response.json({ accessToken: token, expiresIn: 900, user: { id: userId, timeZone: 'Europe/Berlin' } });

export const refusal = (status: number, code: string) =>
  Response.json({ code, status, title: '', detail: 'Because.', blame: 'user', correlationId: 'cor_1' }, { status });

/** A server by path, with its query or without, which remembers its calls. A path without an answer cuts the line. */
export function serverOf(answers: Record<string, Answer>) {
  const calls: Call[] = [];
  const send: typeof fetch = async (input, init = {}) => {
    const call = { path: String(input), init };
    calls.push(call);
    const answer = answers[call.path] ?? answers[call.path.replace(/\?.*/, '')];
    if (!answer) throw new TypeError('Failed to fetch');
    return answer(call);
  };
  return { calls, send, countOf: (path: string) => calls.filter((call) => call.path === path).length };
}

/** One lock and one line for all tabs made from it. */
export function browserOf(send: typeof fetch, clock = { now: 0 }) {
  let tail: Promise<unknown> = Promise.resolve();
  const listeners: ((message: string) => void)[][] = [];
  const exclusively: ExclusiveRun = (_name, work) => {
    const run = tail.then(work);
    tail = run.catch(() => null);
    return run;
  };
  return {
    clock,
    tab(): SessionParts {
      const own: ((message: string) => void)[] = [];
      listeners.push(own);
      return {
        fetch: send,
        now: () => clock.now,
        exclusively,
        tabs: {
          post: (message) =>
            listeners.filter((list) => list !== own).forEach((list) => list.forEach((hear) => hear(message))),
          listen: (listener) => own.push(listener),
        },
      };
    },
  };
}
