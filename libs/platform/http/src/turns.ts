/** Lets callers in one after the other, in the order they came. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /**
   * Waits for the turn. The result ends it, and has to be called.
   * @throws the signal's reason when it comes before the turn; nobody behind waits for that
   */
  async take(signal?: AbortSignal): Promise<() => void> {
    const before = this.last;
    let done = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.last = before.then(() => mine);
    try {
      await unlessAborted(before, signal);
    } catch (error) {
      done();
      throw error;
    }
    return done;
  }
}

function unlessAborted(waited: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return waited;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void waited.then(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
