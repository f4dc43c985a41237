import type { Caller } from '@daybook/contracts';
import { sha256Hex } from '@daybook/platform/crypto';
import { LivePush } from '../../ports/announcer';
import { Clock } from '../../ports/clock';
import { SessionStore } from '../../ports/session-store';

/** Ends the session of a refresh token, of the caller, or both. Signing out twice is no fault. */
export class SignOut {
  constructor(
    private readonly sessions: SessionStore,
    private readonly push: LivePush,
    private readonly clock: Clock,
  ) {}

  async run({
    refreshToken,
    caller,
  }: {
    refreshToken?: string | undefined;
    caller?: Caller | undefined;
  }): Promise<void> {
    const byToken = refreshToken ? await this.sessions.findByToken(sha256Hex(refreshToken)) : null;
    const byCaller = caller?.sessionId ? await this.sessions.find(caller.sessionId) : null;
    const own = byCaller && byCaller.userId === caller?.userId ? byCaller : null;
    const ids = new Set([byToken?.id, own?.id].filter((id) => id !== undefined));
    const now = this.clock.now();
    for (const id of ids) await this.sessions.end(id, 'signed_out', now);
    if (ids.size > 0) this.push.sessionsRevoked({ sessionIds: [...ids], keyIds: [] });
  }
}
