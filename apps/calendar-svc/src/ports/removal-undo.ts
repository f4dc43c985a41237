import type { CalendarRecord } from './records';

export interface UndoRequest {
  readonly calendar: CalendarRecord;
  readonly since: Date;
  readonly actorId: string;
}

export interface Undone {
  /** Singles and series that are back. */
  readonly restored: number;
  /** There are more: the same request goes on. */
  readonly more: boolean;
}

/** Puts back what a provider took away, as far as the ledger remembers. Repeatable: what is back is not put back again. */
export interface RemovalUndo {
  undo(request: UndoRequest): Promise<Undone>;
}
