import { FileJournal, noJournal, type Journal, type JournalLine } from './journal';

/** Something whose changes lie in a journal, among those of others. */
export interface JournalPart {
  /** Repeats a journalled change; false when the line is somebody else's. */
  restore(line: JournalLine): boolean;
  /** Lines that a fresh journal would have. */
  readonly size: number;
  lines(): Iterable<JournalLine>;
}

const SMALL = 100;
const MOST_OUTDATED = 1.5;

/** One journal of several parts. Until it is opened, and without a file, nothing is kept. */
export class SharedJournal {
  private journal: Journal = noJournal;
  private parts: readonly JournalPart[] = [];
  /** For the parts: where their changes go. */
  readonly current = (): Journal => this.journal;

  /** Reads the file into the parts. Outdated lines are dropped then, when they are half as many as the others. */
  open(file: string | undefined, parts: readonly JournalPart[]): void {
    this.parts = parts;
    if (file === undefined) return;
    this.journal = FileJournal.open(file, (line) => parts.some((part) => part.restore(line)));
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    if (this.journal.lines > SMALL && this.journal.lines > MOST_OUTDATED * size) this.rewrite();
  }

  /** Ends a unit of work: what was written is safe from here on. */
  flush(): void {
    this.journal.flush();
    if (this.journal.wasteful) this.rewrite();
  }

  /** The file anew, with what the parts hold now. */
  rewrite(): void {
    this.journal.rewrite(this.lines());
  }

  close(): void {
    this.journal.close();
  }

  private *lines(): Iterable<JournalLine> {
    for (const part of this.parts) yield* part.lines();
  }
}
