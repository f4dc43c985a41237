/** The last change of one entry of a list. */
export interface LogRow {
  readonly key: string;
  readonly version: number;
  /** Under which the entry came into the list. */
  readonly bornVersion: number;
  /** Of the last change that was more than a read flag. */
  readonly contentVersion: number;
  readonly isGone: boolean;
}

const SMALL = 1000;

/**
 * The order in which entries of a list (items of a folder, folders of a mailbox) last changed, read from the newest one back,
 * so that a page costs its own size.
 */
export class SyncLog {
  private readonly latest = new Map<string, LogRow>();
  private rows: LogRow[] = [];
  private isSorted = true;

  /** Notes the present state of an entry under its version. */
  note(row: LogRow): void {
    this.latest.set(row.key, row);
    const last = this.rows.at(-1);
    if (last !== undefined && last.version > row.version) this.isSorted = false;
    this.rows.push(row);
    if (this.rows.length > SMALL && this.rows.length > 2 * this.latest.size) this.sweep();
  }

  /** Version of the newest change; 0 without any. */
  get version(): number {
    this.sort();
    return this.rows.at(-1)?.version ?? 0;
  }

  /** Entries by the time of their last change, newest first, with versions in (since, below). */
  *backwards(since: number, below: number): Iterable<LogRow> {
    this.sort();
    for (let at = this.firstFrom(below) - 1; at >= 0; at -= 1) {
      const row = this.rows[at];
      if (row === undefined || row.version <= since) return;
      if (this.latest.get(row.key) === row) yield row;
    }
  }

  /** Index of the first row whose version is not below. */
  private firstFrom(below: number): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rows[middle]?.version ?? Infinity) < below) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A journal brings rows back in the order of its tables, not of their versions. */
  private sort(): void {
    if (this.isSorted) return;
    this.sweep();
    this.rows.sort((one, other) => one.version - other.version);
    this.isSorted = true;
  }

  private sweep(): void {
    this.rows = this.rows.filter((row) => this.latest.get(row.key) === row);
  }
}
