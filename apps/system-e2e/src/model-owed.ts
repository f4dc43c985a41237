/** Whether the other side is known to have done what was asked; of what was never answered nobody knows. */
export type Answer = 'accepted' | 'refused' | 'maybe';

/** What may stand in one field in the end, by the order in which both sides wrote it. */
export class OwedField {
  private possible: Set<string>;
  /** What was there before our last word: it may stay where our word is told as overridden. */
  private before: Set<string>;
  private readonly ever: Set<string>;
  private ours: string | null = null;

  /** @param before what may still be there, because nobody knows whether the present value has been read */
  constructor(value: string, before: readonly string[] = []) {
    this.possible = new Set([value]);
    this.before = new Set(before);
    this.ever = new Set([value]);
  }

  here(value: string, answer: Answer): void {
    if (answer === 'refused') return;
    this.ever.add(value);
    if (answer === 'maybe') return void this.possible.add(value);
    this.before = new Set([...this.before, ...this.possible]);
    this.possible = new Set([value]);
    this.ours = value;
  }

  /** The provider's own change wins over whatever is on its way. */
  there(value: string, answer: Answer): void {
    this.ever.add(value);
    if (answer === 'maybe') return void this.possible.add(value);
    this.possible = new Set([value]);
    this.before = new Set();
  }

  /** Something was taken back: back to any of what it was. */
  reopen(): void {
    this.possible = new Set(this.ever);
  }

  get values(): readonly string[] {
    return [...this.possible, ...this.before];
  }

  /** @param told whether the person is told that a value of ours is not in effect */
  faultOf(found: string, told: (ours: string) => boolean): string | null {
    if (this.possible.has(found)) return null;
    const gaveWay = this.before.has(found) && this.ours !== null && told(this.ours);
    return gaveWay ? null : `it says ${found} instead of ${[...this.possible].join(' or ')}`;
  }
}

/** An occurrence that somebody touched, by its original start. */
export interface OwedOccurrence {
  /** Null where it was taken out of its series. */
  readonly title: OwedField | null;
  /** Its id here, where it was touched here. */
  readonly id: string | null;
}

interface Origin {
  readonly origin: 'here' | 'there';
  /** Of what was scheduled here: its id; null where no answer told it. */
  readonly id: string | null;
  /** Of what was made at the provider: its id there. */
  readonly eventId: string | null;
  readonly title: string;
  readonly start: string;
  readonly series: boolean;
}

/** One meeting, and what both sides were told about it. */
export class OwedMeeting {
  presence: 'there' | 'gone' | 'either';
  readonly title: OwedField;
  /** When it starts: an instant in UTC. */
  readonly start: OwedField;
  readonly occurrences = new Map<string, OwedOccurrence>();

  constructor(
    readonly made: Origin,
    answer: Answer,
  ) {
    this.presence = answer === 'accepted' ? 'there' : answer === 'maybe' ? 'either' : 'gone';
    this.title = new OwedField(made.title);
    this.start = new OwedField(made.start);
  }

  renamed(side: 'here' | 'there', value: string, answer: Answer): void {
    this.title[side](value, answer);
    // What becomes of occurrences that were renamed before is the provider's affair.
    for (const [start, { title }] of this.occurrences) if (title) this.occurrences.delete(start);
  }

  removed(answer: Answer): void {
    if (answer === 'accepted') this.presence = 'gone';
    if (answer === 'maybe' && this.presence === 'there') this.presence = 'either';
  }

  cancelledOne(start: string, answer: Answer, id: string | null = null): void {
    if (answer === 'accepted') this.occurrences.set(start, { title: null, id });
    if (answer === 'maybe') this.occurrences.delete(start);
  }

  renamedOne(
    start: string,
    change: { side: 'here' | 'there'; from: string; to: string },
    answer: Answer,
    id: string | null = null,
  ): void {
    const known = this.occurrences.get(start);
    const title = known?.title ?? new OwedField(change.from, this.title.values);
    title[change.side](change.to, answer);
    this.occurrences.set(start, { title, id: id ?? known?.id ?? null });
  }

  /** What waits is taken back: of a creation, the meeting; else any of what it was before. */
  withdrawn(answer: Answer, isCreation: boolean): void {
    if (answer === 'refused') return;
    this.title.reopen();
    this.occurrences.clear();
    if (isCreation) this.removed(answer);
    else if (answer === 'maybe') this.removed('maybe');
  }
}
