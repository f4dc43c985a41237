import { createHash } from 'node:crypto';
import { setTimeout as passed } from 'node:timers/promises';
import { ProviderError, type ProviderHttpResponse } from '@daybook/provider-port';
import { isAccessRefused } from './refusal-of-access';

const MOST_REFUSED = 10_000;
/** What a server needs to judge a password. An answer that is long in coming, such as an open one, keeps others waiting so long. */
const LONGEST_TURN_MS = 5_000;

type Answered = Pick<ProviderHttpResponse, 'status'> & Partial<ProviderHttpResponse>;

interface OneTurn<T> {
  readonly access: string;
  readonly send: () => Promise<T>;
  /** Milliseconds from its beginning after which the next one goes anyway; null: only when it is answered. */
  readonly longestMs: number | null;
  /** Gives up waiting for it. */
  readonly until?: AbortSignal | undefined;
}

/**
 * Keeps a wrong password from being shown more than once, however many ask at the same time: servers lock an account after a few
 * attempts. Requests with one access go one after the other, as they do on its one connection anyway, and after a 401 none goes.
 * The http client has answered the challenge by then, so that 401 is the last word on this access.
 */
export class RefusedAccess {
  /** Digests, the oldest first: a password is kept nowhere. */
  private readonly refused = new Set<string>();
  private readonly last = new Map<string, Promise<void>>();

  constructor(private readonly longestTurnMs = LONGEST_TURN_MS) {}

  /** @throws ProviderError ConsentRevoked, unsent, once access was refused; else what `send` throws */
  async unlessRefused<T extends Answered>(access: string, send: () => Promise<T>): Promise<T> {
    return this.inTurn({ access, send, longestMs: null });
  }

  /**
   * The same for what has a connection of its own and may be long in coming: others wait for it a moment only. Unsent where the
   * signal comes before its turn. @throws ProviderError ConsentRevoked, Unavailable where it was given up; else what `send` throws
   */
  async beside<T extends Answered>(access: string, send: () => Promise<T>, until?: AbortSignal): Promise<T> {
    return this.inTurn({ access, send, longestMs: this.longestTurnMs, until });
  }

  private inTurn<T extends Answered>({ access, send, longestMs, until }: OneTurn<T>): Promise<T> {
    const key = keyOf(access);
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = unlessAborted(before, until).then(() => this.sent(key, send));
    const answered = mine.then(nothing, nothing);
    const over = before.then(() => (longestMs === null ? answered : atMost(answered, longestMs)));
    this.last.set(key, over);
    void over.then(() => {
      if (this.last.get(key) === over) this.last.delete(key);
    });
    return mine;
  }

  private async sent<T extends Answered>(key: string, send: () => Promise<T>): Promise<T> {
    if (this.refused.has(key)) throw new ProviderError('ConsentRevoked', { detail: '401 before, not asked again' });
    const response = await send();
    if (isAccessRefused(response)) this.keep(key);
    return response;
  }

  private keep(key: string): void {
    this.refused.add(key);
    const [oldest] = this.refused;
    if (this.refused.size > MOST_REFUSED && oldest !== undefined) this.refused.delete(oldest);
  }
}

const keyOf = (access: string): string => createHash('sha256').update(access).digest('base64');
const nothing = (): void => undefined;

async function atMost(answered: Promise<void>, ms: number): Promise<void> {
  const clock = new AbortController();
  await Promise.race([answered, passed(ms, undefined, { ref: false, signal: clock.signal }).catch(nothing)]);
  clock.abort();
}

function unlessAborted(before: Promise<void>, until: AbortSignal | undefined): Promise<void> {
  if (until === undefined) return before;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new ProviderError('Unavailable', { detail: 'given up before its turn' }));
    if (until.aborted) giveUp();
    until.addEventListener('abort', giveUp, { once: true });
    void before.then(() => {
      until.removeEventListener('abort', giveUp);
      resolve();
    });
  });
}
