import { refusals } from './graph-error';

/** Requests to one mailbox that may be under way at the same time. */
export const MOST_AT_ONCE = 4;

/** Counts the requests under way for each mailbox, as Exchange's MailboxConcurrency policy does. */
export class Concurrency {
  private readonly underWay = new Map<string, number>();

  /** @throws GraphError 429 for one too many */
  enter(email: string): void {
    const count = this.underWay.get(email) ?? 0;
    if (count >= MOST_AT_ONCE) {
      throw refusals.throttled(1, 'Application is over its MailboxConcurrency limit.');
    }
    this.underWay.set(email, count + 1);
  }

  leave(email: string): void {
    const count = this.underWay.get(email) ?? 0;
    if (count <= 1) this.underWay.delete(email);
    else this.underWay.set(email, count - 1);
  }
}
