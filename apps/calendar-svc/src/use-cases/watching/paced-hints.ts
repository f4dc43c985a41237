import type { Clock } from '../../ports/clock';

export interface PacedHintsOptions<T> {
  readonly raise: (calendar: T) => Promise<void>;
  readonly clock: Clock;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A calendar is made due no more often than this, however much is told of it. */
const APART_MS = 1_000;

/**
 * Hints of one watch, which a server may tell without end: the first one at once, those right after it together, a moment later. None
 * is lost: what is still held back at the end is raised then.
 */
export class PacedHints<T> {
  /** When a calendar's last hint was raised, or is going to be. */
  private readonly raisedAt = new Map<T, number>();
  private readonly held = new Set<T>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly ending = new AbortController();
  private readonly broken = new AbortController();

  constructor(private readonly options: PacedHintsOptions<T>) {}

  /** Aborted where a hint that was held back could not be raised. */
  get failed(): AbortSignal {
    return this.broken.signal;
  }

  /** When it resolves the hint is durable, or held back for a moment. */
  async take(calendar: T): Promise<void> {
    if (this.held.has(calendar)) return;
    const now = this.options.clock.now();
    const waitMs = (this.raisedAt.get(calendar) ?? -Infinity) + APART_MS - now;
    if (waitMs > 0) return this.hold(calendar, waitMs);
    this.raisedAt.set(calendar, now);
    await this.options.raise(calendar);
  }

  /** Raises what is held back. @throws what it could not be raised for */
  async end(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.underWay);
    if (this.broken.signal.aborted) throw this.broken.signal.reason;
  }

  private hold(calendar: T, waitMs: number): void {
    const { clock, pause, raise } = this.options;
    const raised = pause(waitMs, this.ending.signal)
      .then(() => {
        // Whatever is told from here on is a hint of its own.
        this.held.delete(calendar);
        this.raisedAt.set(calendar, clock.now());
        return raise(calendar);
      })
      .catch((error: unknown) => this.broken.abort(error))
      .finally(() => this.underWay.delete(raised));
    this.held.add(calendar);
    this.underWay.add(raised);
  }
}
