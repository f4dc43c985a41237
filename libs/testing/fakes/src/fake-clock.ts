/** A clock that stands until it is moved; fits ports that want milliseconds. `asDates` is the same clock for those that want dates. */
export class FakeClock {
  constructor(private instant: number = Date.UTC(2026, 10, 22, 8)) {}

  readonly asDates = { now: (): Date => new Date(this.instant) };

  readonly now = (): number => this.instant;

  advance(milliseconds: number): void {
    this.instant += milliseconds;
  }

  set(instant: number): void {
    this.instant = instant;
  }
}
