export interface Deadline {
  readonly signal: AbortSignal;
  timedOut(): boolean;
  /** Ends everything, as the caller's signal does. */
  stop(): void;
  /** Stops the clock. */
  pause(): void;
  /** Starts it from zero, for as long as before where nothing else is said. */
  restart(ms?: number): void;
  /** Lets go of the clock and of the caller's signal. */
  clear(): void;
}

/** One signal for the caller's wish and the deadline. */
export function deadline(ms: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let late = false;
  const begin = (lasting: number) =>
    setTimeout(() => {
      late = true;
      controller.abort();
    }, lasting);
  let timer = begin(ms);
  const stop = () => controller.abort();
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted) {
    stop();
  }
  return {
    signal: controller.signal,
    timedOut: () => late,
    stop,
    pause: () => clearTimeout(timer),
    restart: (again = ms) => {
      clearTimeout(timer);
      timer = begin(again);
    },
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}
