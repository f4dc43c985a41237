import { ProviderError } from '@daybook/provider-port';
import { backOffMs } from '@daybook/sync-engine';
import type { AccessSource } from '../../ports/access-source';
import type { Clock } from '../../ports/clock';
import { WatchRefused } from './listen';

/** How a watch has ended; null: in good order. */
export interface WatchEnd {
  readonly connectionId: string;
  readonly error: unknown;
  /** Milliseconds that changes were heard. */
  readonly heardMs: number;
}

export interface PaceSurroundings {
  readonly access: Pick<AccessSource, 'throttle' | 'revoked'>;
  readonly clock: Clock;
  readonly random: () => number;
}

/** A watch that has stood for so long was none that fails as soon as it is opened. */
const STEADY_MS = 60_000;
/** Whatever makes a longer wait pointless is noticed by whoever looks over all watches. */
const LONGEST_MS = 900_000;
const SPREAD_MS = 1_000;
const NOT_TAKEN: ReadonlySet<ProviderError['kind']> = new Set(['AccessExpired', 'ConsentRevoked']);

/** When the watch over one connection is opened again, by how often it failed in a row. */
export class WatchPace {
  private failures = 0;
  private refused: string | undefined;

  constructor(private readonly around: PaceSurroundings) {}

  /** A token that is not to be shown again; it is asked for another one instead. */
  get rejected(): string | undefined {
    return this.refused;
  }

  /** Milliseconds to wait. Tells auth-svc what holds for everybody who uses the connection. */
  async after({ connectionId, error, heardMs }: WatchEnd): Promise<number> {
    const before = this.refused;
    this.failures = heardMs >= STEADY_MS ? 1 : this.failures + 1;
    if (!(error instanceof WatchRefused)) {
      // Nothing was shown to the provider unless something was heard of it.
      if (heardMs > 0) this.refused = undefined;
      return this.wait(error);
    }
    const { token, error: refusal } = error;
    this.refused = NOT_TAKEN.has(refusal.kind) ? token : undefined;
    if (refusal.kind === 'Throttled') await this.throttle(connectionId, refusal);
    if (this.refused === undefined) return this.wait(refusal);
    // Access for minutes is renewed, once.
    if (refusal.kind === 'AccessExpired' && before === undefined) return 0;
    await this.around.access.revoked(connectionId, token, ...(refusal.claims === null ? [] : [refusal.claims]));
    this.refused = undefined;
    return LONGEST_MS;
  }

  private async throttle(connectionId: string, { retryAfterMs }: ProviderError): Promise<void> {
    const { access, clock } = this.around;
    if (retryAfterMs !== null) await access.throttle(connectionId, new Date(clock.now() + retryAfterMs));
  }

  private wait(error: unknown): number {
    const told = error instanceof ProviderError ? error.retryAfterMs : null;
    return told === null ? this.backOff() : Math.min(LONGEST_MS, told) + Math.round(this.around.random() * SPREAD_MS);
  }

  private backOff(): number {
    return backOffMs(this.failures, this.around.random, 2_000, LONGEST_MS);
  }
}
