import { failed, type CheckOutcome, type Provider, type ProviderError } from '@daybook/provider-port';
import { outcomeOfError, type TestEventNotes } from '@daybook/sync-engine';
import type { AccessSource } from '../ports/access-source';
import type { KnownFacts } from './diagnosis-permissions';

export interface DiagnosisLimits {
  /** For one check, milliseconds. */
  readonly checkMs: number;
  /** For all of them. */
  readonly wholeMs: number;
}

export interface DiagnosisParts {
  readonly connectionId: string;
  readonly facts: KnownFacts;
  readonly provider: Provider;
  readonly access: AccessSource;
  readonly notes: TestEventNotes;
  readonly now: () => number;
  /** Unguessable, 40 characters of 0-9 and a-f. */
  readonly newKey: () => string;
  readonly limits: DiagnosisLimits;
}

/** One diagnosis under way: what its checks share, and how much time is left. */
export class DiagnosisRun {
  private readonly endsAt: number;
  private readonly begun: Promise<unknown>[] = [];
  private waits = false;
  private refused = false;

  constructor(readonly parts: DiagnosisParts) {
    this.endsAt = parts.now() + parts.limits.wholeMs;
  }

  timeIsOver(): boolean {
    return this.parts.now() >= this.endsAt;
  }

  mustWait(): boolean {
    return this.waits;
  }

  /** The access was refused for good: asking anything more with it may lock an account. */
  isRefused(): boolean {
    return this.refused;
  }

  /** The provider's word to wait holds for whatever talks to this mailbox. */
  async heard({ kind, retryAfterMs }: ProviderError): Promise<void> {
    if (kind === 'ConsentRevoked') this.refused = true;
    if (kind !== 'Throttled') return;
    this.waits = true;
    if (retryAfterMs === null) return;
    const { access, connectionId, now } = this.parts;
    // Where it cannot be passed on, the next run hears it from the provider itself.
    await access.throttle(connectionId, new Date(now() + retryAfterMs)).catch(() => undefined);
  }

  /** The result of `work`, or `late` when its time is over; the work goes on and is part of `settled`. */
  async within<T>(work: Promise<T>, late: T): Promise<T> {
    this.begun.push(work);
    const { checkMs } = this.parts.limits;
    const timeLeft = Math.max(0, Math.min(checkMs, this.endsAt - this.parts.now()));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<T>((resolve) => {
      timer = setTimeout(() => resolve(late), timeLeft);
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** When all work that was begun has ended, late work included. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.begun);
  }
}

/** Who signs in with a form of ours has given a password and no consent. */
export function outcomeOfRun({ parts }: Pick<DiagnosisRun, 'parts'>, error: unknown): CheckOutcome {
  return ofForm(outcomeOfError(error), parts.provider);
}

export function ofForm(outcome: CheckOutcome, { auth }: Pick<Provider, 'auth'>): CheckOutcome {
  const isPassword = outcome.outcome === 'failed' && outcome.code === 'consent_revoked' && auth.form !== undefined;
  return isPassword ? failed('password_refused') : outcome;
}
