/**
 * The order in which the events of a calendar last changed. An event changed again leaves a dead row behind, which is swept
 * once dead rows outnumber live ones; a delta costs its own size, whatever the size of the calendar.
 */
export class ChangeLog<T extends { readonly version: number }> {
  private versions: number[] = [];
  private events: T[] = [];

  constructor(private readonly size: () => number) {}

  /** Notes the event under its present version, which must be the highest of the calendar. */
  append(event: T): void {
    this.versions.push(event.version);
    this.events.push(event);
    if (this.versions.length > 1000 && this.versions.length > 2 * this.size()) this.sweep();
  }

  /** Events whose last change is after a version, in the order of change, at most `limit`. */
  after(version: number, limit: number): T[] {
    const found: T[] = [];
    for (let row = this.firstAfter(version); row < this.versions.length && found.length < limit; row += 1) {
      const event = this.events[row];
      if (event !== undefined && event.version === this.versions[row]) found.push(event);
    }
    return found;
  }

  private firstAfter(version: number): number {
    let low = 0;
    let high = this.versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.versions[middle] ?? Infinity) <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private sweep(): void {
    const live = this.events.filter((event, row) => event.version === this.versions[row]);
    this.events = live;
    this.versions = live.map((event) => event.version);
  }
}
