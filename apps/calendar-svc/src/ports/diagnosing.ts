import type { Caller, Connection, Policy } from '@daybook/contracts';
import type { TestEvent, TestEventNotes } from '@daybook/sync-engine';

/** What the other services know of a connection that is to be looked at. */
export interface DiagnosisFacts {
  /** What an administrator allows in the caller's account. */
  policy(accountId: string): Promise<Policy>;
  /** @throws ProblemError `not_found` for what is not the caller's */
  connection(caller: Caller, connectionId: string): Promise<Connection>;
}

export interface DiagnosisStart {
  readonly connectionId: string;
  readonly runId: string;
  readonly now: Date;
  /** Until then it is under way, unless it ends before. */
  readonly until: Date;
  /** No other one of this connection begins before. */
  readonly restUntil: Date;
}

export interface LeftTestEvent extends TestEvent {
  readonly connectionId: string;
}

/** One diagnosis at a time for a connection, whichever process runs it, and the test events that may still be there. */
export interface DiagnosisStore {
  /** Null when it may begin; else from when on one may. */
  begin(start: DiagnosisStart): Promise<Date | null>;
  end(connectionId: string, runId: string): Promise<void>;
  notesOf(connectionId: string): TestEventNotes;
  /** Test events noted before `before`, in no order. */
  leftSince(before: Date, limit: number): Promise<LeftTestEvent[]>;
}
