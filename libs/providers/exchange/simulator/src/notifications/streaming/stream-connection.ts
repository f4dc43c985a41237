import type { Subscription } from '../subscription';

/** Why a subscription is no longer told of over a connection. */
export interface Failure {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** One open answer to `GetStreamingEvents`: what it still serves, and what there is to say. */
export class StreamConnection {
  readonly subscriptions = new Map<string, Subscription>();
  private failures: Failure[] = [];
  private wakeUp: (() => void) | null = null;
  private hasNews = false;
  /** Epoch milliseconds of the last thing that was sent. */
  lastSent: number;
  isCut = false;
  isStopped = false;

  constructor(
    readonly owner: string,
    private readonly times: { readonly opened: number; readonly ends: number },
  ) {
    this.lastSent = times.opened;
  }

  /** Whether nothing more will come of it. */
  isOver(now: number): boolean {
    return this.isStopped || this.isCut || this.subscriptions.size === 0 || now >= this.times.ends;
  }

  /** Takes a subscription from it and says why. */
  fail(failure: Failure): void {
    this.subscriptions.delete(failure.id);
    this.failures.push(failure);
    this.wake();
  }

  takeFailures(): readonly Failure[] {
    const taken = this.failures;
    this.failures = [];
    return taken;
  }

  /** Ends it in good order. */
  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  /** Ends it as a broken line does: without a word. */
  cut(): void {
    this.isCut = true;
    this.wake();
  }

  wake(): void {
    this.hasNews = true;
    this.wakeUp?.();
  }

  /** Until there is something to look at. */
  async news(): Promise<void> {
    if (!this.hasNews) await new Promise<void>((resolve) => (this.wakeUp = resolve));
    this.hasNews = false;
    this.wakeUp = null;
  }
}
