import type { Journal, JournalLine } from './journal';

/** A map whose changes are journalled, each as `[name, key, value or null]`. */
export class Table<T> {
  private readonly rows = new Map<string, T>();

  constructor(
    readonly name: string,
    private readonly journal: () => Journal,
  ) {}

  get(key: string): T | undefined {
    return this.rows.get(key);
  }

  has(key: string): boolean {
    return this.rows.has(key);
  }

  get size(): number {
    return this.rows.size;
  }

  set(key: string, value: T): T {
    this.rows.set(key, value);
    this.journal().append([this.name, key, value]);
    return value;
  }

  delete(key: string): void {
    if (this.rows.delete(key)) this.journal().append([this.name, key, null]);
  }

  values(): T[] {
    return [...this.rows.values()];
  }

  clear(): void {
    this.rows.clear();
  }

  /** Repeats a journalled change. */
  restore([, key, value]: JournalLine): void {
    if (typeof key !== 'string') return;
    if (value === null) this.rows.delete(key);
    else this.rows.set(key, own<T>(value));
  }

  *lines(): Iterable<JournalLine> {
    for (const [key, value] of this.rows) yield [this.name, key, value];
  }
}

/** Journalled values are the simulator's own: they come back as they were written. */
function own<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value));
}
