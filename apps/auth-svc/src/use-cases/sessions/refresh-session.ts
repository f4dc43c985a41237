import { fail, type SessionGrant } from '@daybook/contracts';
import { sha256Hex } from '@daybook/platform/crypto';
import type { Session } from '../../model/session';
import { Announcer, LivePush } from '../../ports/announcer';
import { Clock } from '../../ports/clock';
import { PersonStore } from '../../ports/person-store';
import { SessionStore } from '../../ports/session-store';
import { UnitOfWork } from '../../ports/unit-of-work';
import { OpenSession } from './open-session';
import type { RefreshTokens } from './refresh-tokens';

/**
 * Goes on with a session: the presented token is used up, the next one comes back. A token that comes back after its use ends
 * the session, since one of its two holders is not the person. Throws `session_ended`.
 */
export class RefreshSession {
  constructor(
    private readonly sessions: SessionStore,
    private readonly people: PersonStore,
    private readonly openSession: OpenSession,
    private readonly refreshTokens: RefreshTokens,
    private readonly work: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly push: LivePush,
    private readonly clock: Clock,
  ) {}

  async run(refreshToken: string): Promise<SessionGrant> {
    const now = this.clock.now();
    const next = this.refreshTokens.make(now);
    const rotation = await this.sessions.rotate(sha256Hex(refreshToken), next.issued, now);
    switch (rotation.type) {
      case 'rotated':
        return this.grant(rotation.session, next.token);
      case 'used':
        await this.endFamily(rotation.session, now);
        throw fail('session_ended', 'A sign-in was used twice, so it has been ended for safety. Sign in again.');
      case 'ended':
      case 'unknown':
        throw fail('session_ended');
    }
  }

  private async grant(session: Session, refreshToken: string): Promise<SessionGrant> {
    const person = await this.people.find(session.userId);
    if (!person) throw fail('session_ended');
    return this.openSession.grant(person, session.id, refreshToken);
  }

  private async endFamily(session: Session, now: Date): Promise<void> {
    if (!(await this.sessions.end(session.id, 'token_reused', now))) return;
    this.push.sessionsRevoked({ sessionIds: [session.id], keyIds: [] });
    await this.work.run((tx) =>
      this.announcer.audit(
        {
          accountId: session.accountId,
          actorId: session.userId,
          action: 'session.token_reused',
          targetType: 'session',
          targetId: session.id,
        },
        tx,
      ),
    );
    this.announcer.wake();
  }
}
