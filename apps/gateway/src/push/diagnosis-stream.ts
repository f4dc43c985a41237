import type { DiagnosisCheck, DiagnosisItem, Problem } from '@daybook/contracts';
import type { Writable } from 'node:stream';

/**
 * One diagnosis on its way to its reader: an event for each check, each once, whether it comes by a push or with the reply. The
 * answer begins with the first of them, so that a refusal before that is still an ordinary one.
 */
export class DiagnosisStream {
  private readonly told = new Set<DiagnosisCheck>();
  private out: Writable | null = null;
  private over = false;

  constructor(private readonly begin: () => Writable) {}

  get hasBegun(): boolean {
    return this.out !== null;
  }

  tell(item: DiagnosisItem): void {
    if (this.over || this.told.has(item.check)) return;
    this.told.add(item.check);
    this.write('check', item);
  }

  /** What came is true, and there is no more of it. */
  breakOff(problem: Problem): void {
    if (!this.over) this.write('problem', problem);
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

  private write(event: string, data: DiagnosisItem | Problem): void {
    this.out ??= this.begin();
    this.out.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
