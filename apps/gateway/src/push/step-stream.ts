import type { Problem } from '@daybook/contracts';
import type { Writable } from 'node:stream';

/** How the steps of one kind of work are told apart and called. */
export interface StepForm<Item> {
  /** The name of their events. */
  readonly event: string;
  /** Two items with the same key are one. */
  readonly keyOf: (item: Item) => string;
}

/**
 * One piece of work on its way to its reader: an event for each step, each once, whether it comes by a push or with the reply. The
 * answer begins with the first of them, so that a refusal before that is still an ordinary one.
 */
export class StepStream<Item> {
  private readonly told = new Set<string>();
  private out: Writable | null = null;
  private over = false;

  constructor(
    private readonly form: StepForm<Item>,
    private readonly begin: () => Writable,
  ) {}

  get hasBegun(): boolean {
    return this.out !== null;
  }

  tell(item: Item): void {
    const key = this.form.keyOf(item);
    if (this.over || this.told.has(key)) return;
    this.told.add(key);
    this.write(this.form.event, item);
  }

  /** What came is true, and there is no more of it. */
  breakOff(problem: Problem): void {
    if (!this.over) this.write('problem', problem);
    this.end();
  }

  /** With the ordinary answer as the last event. */
  finish(answer: unknown): void {
    if (!this.over) this.write('done', answer);
    this.end();
  }

  end(): void {
    if (this.over) return;
    this.over = true;
    this.out ??= this.begin();
    this.out.end();
  }

  /** The reader has gone: nothing is written any more. */
  leave(): void {
    this.over = true;
  }

  private write(event: string, data: unknown): void {
    this.out ??= this.begin();
    this.out.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
