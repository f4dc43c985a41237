import type { SealedRecord } from '@daybook/platform/crypto';

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

/** The next token of a family, and itself sealed so that a second tab that raced can be given the very same one. */
export interface Successor extends IssuedToken {
  readonly sealed: SealedRecord;
}

export type Rotation =
  | { readonly type: 'rotated'; readonly session: Session }
  /** Used before; `successor` is there while that one is itself unused. */
  | {
      readonly type: 'used';
      readonly session: Session;
      readonly usedAt: Date;
      readonly successor: SealedRecord | null;
    }
  | { readonly type: 'ended' }
  | { readonly type: 'unknown' };

export const SESSION_DAYS = 30;

/**
 * How long a used refresh token is still answered, with the same successor that its first use gave. Two tabs share one
 * cookie: both may send it before either has the reply, and ending the family then would sign a blameless person out.
 * No new credential comes into the world by it, and it stops the moment the successor is used, so a thief's copy still shows
 * itself: whoever comes second after that ends the family. A reply lost on the way is mended by the same rule.
 */
export const RACE_GRACE_MS = 3_000;
