import type { EndedSession, IssuedToken, Rotation, Session, SessionEnd } from '../model/session';

/** Sessions and the hashes of their refresh tokens. */
export abstract class SessionStore {
  abstract create(session: Session, first: IssuedToken): Promise<void>;
  /** Uses a token up and puts the next in its place, in one step: of two that come at once one gets `rotated`. */
  abstract rotate(presentedHash: string, next: IssuedToken, now: Date): Promise<Rotation>;
  /** The session a refresh token belongs to, used or not; null when there is none. */
  abstract findByToken(tokenHash: string): Promise<Session | null>;
  abstract find(id: string): Promise<Session | null>;
  /** False when it had ended before. */
  abstract end(sessionId: string, reason: SessionEnd, now: Date): Promise<boolean>;
  /** Sessions that ended after this one, by time and then id. */
  abstract endedAfter(last: EndedSession, limit: number): Promise<EndedSession[]>;
}
