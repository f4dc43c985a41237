import { authSessionRevocations, type EndedSession } from '@daybook/contracts';
import type { CallOptions, RpcClient } from '@daybook/platform/nats';
import type { Clock } from './clock';

export interface EndedSessionsParts {
  readonly rpc: Pick<RpcClient, 'call'>;
  readonly clock: Clock;
  /** Told every session that has ended, also those it was told of before. */
  readonly tell: (sessionIds: readonly string[]) => void;
}

const freshForMs = 30_000;
const askAgainMs = 5_000;

/**
 * Makes up for ends of sessions that were pushed while nobody here listened: before this process started, or while its
 * connection to the broker was away. Until auth-svc has told of them no access token is believed. Every half minute it is
 * asked again, beside the requests, because a push can be lost on its sender's side as well.
 */
export class EndedSessions {
  private known = false;
  /** Grows with each doubt: an answer asked for before it does not settle it. */
  private generation = 0;
  private askAt = Number.NEGATIVE_INFINITY;
  private asking: Promise<void> | null = null;

  constructor(private readonly parts: EndedSessionsParts) {}

  /** Pushes may have been missed. */
  doubt(): void {
    this.known = false;
    this.generation += 1;
    this.asking = null;
  }

  /** Null when nothing may have been missed; else what to wait for, which throws ProblemError when auth-svc cannot be asked. */
  unheard(options: CallOptions): Promise<void> | null {
    if (!this.known) {
      return this.ask(options);
    }
    const now = this.parts.clock.now().getTime();
    if (now >= this.askAt) {
      this.askAt = now + askAgainMs;
      void this.ask({}).catch(() => undefined);
    }
    return null;
  }

  private ask(options: CallOptions): Promise<void> {
    if (this.asking) {
      return this.asking;
    }
    const asking = this.read(this.generation, options).finally(() => {
      if (this.asking === asking) {
        this.asking = null;
      }
    });
    this.asking = asking;
    return asking;
  }

  private async read(generation: number, options: CallOptions): Promise<void> {
    let after: EndedSession | undefined;
    for (let more = true; more;) {
      const page = await this.parts.rpc.call(authSessionRevocations, after ? { after } : {}, options);
      this.parts.tell(page.items.map(({ sessionId }) => sessionId));
      after = page.items.at(-1);
      more = page.more && after !== undefined;
    }
    if (generation === this.generation) {
      this.known = true;
      this.askAt = this.parts.clock.now().getTime() + freshForMs;
    }
  }
}
