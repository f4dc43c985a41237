const MOST = 10;

/** How often one sign-in may still be sent on: by places that are asked for its server, and on the way to the services. */
export class RedirectsLeft {
  private left = MOST;

  /** Whether there is one more, which is then used up. */
  take(): boolean {
    this.left -= 1;
    return this.left >= 0;
  }
}
