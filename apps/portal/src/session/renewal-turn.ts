import type { ExclusiveRun } from './session';

/** Whose turn it is to renew the session, and what the browser's cookies looked like when it began. */
export interface Turn {
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly mark: string;
}

/** What all tabs of one browser keep in common; `change` reads and replaces it in one step, also across tabs. */
export interface SharedTurn {
  change(next: (present: Turn | null) => Turn | null): Promise<Turn | null>;
}

export interface TurnParts {
  /** Null where the browser keeps nothing. */
  readonly shared: () => Promise<SharedTurn | null>;
  /** Changes with every reply that sets or clears the refresh cookie, which itself no script can see. */
  readonly mark: () => string;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly newHolder: () => string;
}

/** Longer than the gateway waits for the service behind it. */
export const TURN_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * One renewal at a time in a browser, by a note that outlives its page. A page that is left in the middle of a renewal cannot
 * say so, and the request it sent is still on its way: the next page waits until the reply has changed the cookies, or until
 * none can come any more. Without that it would send the old cookie again, which ends the session.
 */
export function inTurn(parts: TurnParts): ExclusiveRun {
  return async (_name, work) => {
    const shared = await parts.shared();
    if (!shared) return work();
    const holder = await takeTurn(parts, shared);
    try {
      return await work();
    } finally {
      await shared.change((present) => (present?.holder === holder ? null : present));
    }
  };
}

async function takeTurn(parts: TurnParts, shared: SharedTurn): Promise<string> {
  const holder = parts.newHolder();
  for (;;) {
    const own: Turn = { holder, since: parts.now(), mark: parts.mark() };
    const taken = await shared.change((present) => (present && !isOver(present, own) ? present : own));
    if (taken?.holder === holder) return holder;
    await parts.wait(LOOK_AGAIN_MS);
  }
}

/** A clock that was set back must not make a turn last for ever. */
function isOver(present: Turn, { since, mark }: Turn): boolean {
  return present.mark !== mark || Math.abs(since - present.since) > TURN_MS;
}
