/** Keeps what was asked for most recently; what falls out is handed to `letGo`. */
export class Recent<T> {
  private readonly kept = new Map<string, T>();

  constructor(
    private readonly limit: number,
    private readonly letGo: (one: T) => void,
  ) {}

  get(key: string, make: () => T): T {
    const one = this.kept.get(key) ?? make();
    this.kept.delete(key);
    this.kept.set(key, one);
    for (const [oldest, last] of this.kept) {
      if (this.kept.size <= this.limit) break;
      this.kept.delete(oldest);
      this.letGo(last);
    }
    return one;
  }

  /** All of them, which are kept no longer. */
  takeAll(): T[] {
    const all = [...this.kept.values()];
    this.kept.clear();
    return all;
  }
}
