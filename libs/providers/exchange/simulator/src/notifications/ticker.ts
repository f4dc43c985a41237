/** Calls listeners from time to time, as long as there are any. It never keeps the process alive. */
export class Ticker {
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | null = null;

  /** `pause`: real milliseconds between two calls. */
  constructor(private readonly pause: number) {}

  /** Call what it returns to end it. */
  start(listener: () => void): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => {
      for (const one of this.listeners) one();
    }, this.pause).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  close(): void {
    this.listeners.clear();
    this.stop();
  }

  private stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
