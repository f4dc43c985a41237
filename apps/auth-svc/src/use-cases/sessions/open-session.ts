import { ACCESS_TOKEN_SECONDS, type SessionGrant } from '@daybook/contracts';
import { newId } from '@daybook/platform/crypto';
import type { Person } from '../../model/person';
import type { Session } from '../../model/session';
import { Clock } from '../../ports/clock';
import { SessionStore } from '../../ports/session-store';
import { toUser } from '../people/to-user';
import type { AccessTokens } from './access-tokens';
import { REFRESH_SECONDS, type RefreshTokens } from './refresh-tokens';

/** Starts a session for somebody who has proven who they are. */
export class OpenSession {
  constructor(
    private readonly sessions: SessionStore,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly clock: Clock,
  ) {}

  async run(person: Person, clientKind: string): Promise<SessionGrant> {
    const now = this.clock.now();
    const { token, issued } = this.refreshTokens.make(now);
    const session: Session = {
      id: newId('ses'),
      userId: person.id,
      accountId: person.accountId,
      clientKind,
      createdAt: now,
      expiresAt: issued.expiresAt,
    };
    await this.sessions.create(session, issued);
    return this.grant(person, session.id, token);
  }

  /** What a session gives: an access token and the refresh token to go on with. */
  async grant(person: Person, sessionId: string, refreshToken: string): Promise<SessionGrant> {
    const claims = { sub: person.id, acc: person.accountId, rol: person.role, sid: sessionId };
    return {
      accessToken: await this.accessTokens.sign(claims),
      expiresIn: ACCESS_TOKEN_SECONDS,
      refreshToken,
      refreshExpiresIn: REFRESH_SECONDS,
      user: toUser(person),
    };
  }
}
