/** A signed-in browser or client: the family of refresh tokens that came from one sign-in. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly accountId: string;
  readonly clientKind: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export type SessionEnd = 'signed_out' | 'token_reused' | 'person_removed';

/** A session that ended, and when; in lists ordered by both, so that a list can be gone on with. */
export interface EndedSession {
  readonly id: string;
  readonly endedAt: Date;
}

/** A refresh token that was handed out; only its hash is kept. */
export interface IssuedToken {
  readonly hash: string;
  readonly expiresAt: Date;
}

export type Rotation =
  | { readonly type: 'rotated'; readonly session: Session }
  | { readonly type: 'used'; readonly session: Session }
  | { readonly type: 'ended' }
  | { readonly type: 'unknown' };

export const SESSION_DAYS = 30;
