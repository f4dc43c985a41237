import { refusals, type GraphError } from './graph-error';

/** Requests to one mailbox that may be under way at the same time. */
export const MOST_AT_ONCE = 4;

/** Counts the requests under way for each mailbox, as Exchange's MailboxConcurrency policy does; parts of a batch count like requests. */
export class Concurrency {
  private readonly underWay = new Map<string, number>();

  /** Takes up to `wanted` places and gives how many of them there were. */
  enter(email: string, wanted: number): number {
    const count = this.underWay.get(email) ?? 0;
    const taken = Math.min(wanted, Math.max(0, MOST_AT_ONCE - count));
    if (taken > 0) this.underWay.set(email, count + taken);
    return taken;
  }

  leave(email: string, places: number): void {
    const count = (this.underWay.get(email) ?? 0) - places;
    if (count <= 0) this.underWay.delete(email);
    else this.underWay.set(email, count);
  }
}

/** For one too many. */
export function tooManyAtOnce(): GraphError {
  return refusals.throttled(1, 'Application is over its MailboxConcurrency limit.');
}
