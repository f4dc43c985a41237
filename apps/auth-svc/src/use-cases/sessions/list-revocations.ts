import { ACCESS_TOKEN_SECONDS } from '@daybook/contracts';
import type { EndedSession } from '../../model/session';
import type { Clock } from '../../ports/clock';
import type { SessionStore } from '../../ports/session-store';

const PAGE = 2_000;
/** Clocks of several processes differ, and a token may be signed a moment after its session was read. */
const MARGIN_MS = 60_000;

/** Sessions whose access tokens may outlive them: those that ended within the life of a token, a page at a time. */
export class ListRevocations {
  constructor(
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
  ) {}

  async run(after?: EndedSession): Promise<{ items: EndedSession[]; more: boolean }> {
    const oldest = new Date(this.clock.now().getTime() - ACCESS_TOKEN_SECONDS * 1000 - MARGIN_MS);
    const items = await this.sessions.endedAfter(after ?? { id: '', endedAt: oldest }, PAGE);
    return { items, more: items.length === PAGE };
  }
}
