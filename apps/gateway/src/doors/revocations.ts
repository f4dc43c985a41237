import { ACCESS_TOKEN_SECONDS } from '@daybook/contracts';
import type { Clock } from './clock';

/** Sessions that have ended although their access tokens have not: refused until the last of those would have expired. */
export class Revocations {
  private readonly until = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  add(sessionIds: readonly string[]): void {
    const now = this.clock.now().getTime();
    for (const [id, until] of this.until) {
      if (until > now) {
        break;
      }
      this.until.delete(id);
    }
    for (const id of sessionIds) {
      // A session ends once, however often that is told.
      if (!this.until.has(id)) {
        this.until.set(id, now + ACCESS_TOKEN_SECONDS * 1000);
      }
    }
  }

  has(sessionId: string): boolean {
    return this.until.has(sessionId);
  }
}
