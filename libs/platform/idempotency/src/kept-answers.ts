/** The answer of a write that carried an `Idempotency-Key`. */
export interface KeptAnswer {
  /** A hash of who asked, for what, with which key. */
  readonly id: string;
  /** The answer and a hash of the body it belongs to, as the envelope made them. */
  readonly content: unknown;
  readonly expiresAt: Date;
}

/**
 * Where a service keeps answers. `Tx` is what the service's stores share when they write together: an answer is kept in the
 * transaction of its effect, or both are not there.
 */
export abstract class KeptAnswers<Tx> {
  /** Null where none was kept, or it has ended by `now`. */
  abstract find(id: string, now: Date): Promise<KeptAnswer | null>;
  /** Takes the place of an answer that has ended by `now`. Throws when there is one that has not. */
  abstract keep(answer: KeptAnswer, tx: Tx, now: Date): Promise<void>;
}
