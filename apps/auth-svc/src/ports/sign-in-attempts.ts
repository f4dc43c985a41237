export interface AttemptVerdict {
  /** How many in the current window, this one included. */
  readonly count: number;
  readonly windowEndsAt: Date;
}

/** Counts tries to sign in, for each address and for each remote. Counting comes before checking, so that tries sent at once all count. */
export abstract class SignInAttempts {
  abstract count(key: string, windowMs: number, now: Date): Promise<AttemptVerdict>;
  /** A good sign-in: forget the tries of this address. */
  abstract clear(key: string): Promise<void>;
  /** A good sign-in does not count against the place it came from. */
  abstract takeBack(key: string): Promise<void>;
}
