/**
 * The revisions a calendar will have while slices are still being made for it. Each slice takes a number in the order in
 * which slices will be committed; what somebody else adds meanwhile (a person who chose calendars) moves all that follow.
 * Wrong guesses cost time and nothing else: the transaction looks at the real revision.
 */
export class RevisionsAhead {
  private taken = 0;
  private drift = 0;

  /** @param rev the calendar's revision now */
  constructor(private readonly rev: number) {}

  /** Numbers for so many slices; the first of them. */
  take(count: number): number {
    const first = this.taken;
    this.taken += count;
    return first;
  }

  /** The last number was not needed: its slice moves no revision. */
  giveBack(): void {
    this.taken -= 1;
  }

  /** The revision before the slice with this number. */
  before(number: number): number {
    return this.rev + number + this.drift;
  }

  /** What the revision really was before the slice with this number. */
  was(number: number, rev: number): void {
    this.drift = rev - this.rev - number;
  }
}
