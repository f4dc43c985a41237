import type { Connection } from 'mongoose';
import type { JoinFinding, JoinInput } from '@daybook/domain';
import type { OutboxWriter } from '@daybook/platform/outbox';
import type { Clock } from '../../ports/clock';
import type { CalendarCollections } from './collections';

export interface SliceOutcome {
  readonly calendarId: string;
  readonly userId: string;
  readonly written: number;
  readonly removed: number;
  /** Something a reader can see changed. */
  readonly visible: boolean;
  /** The calendar's revision now. */
  readonly rev: number;
  /** Of a first listing: the person waits for it, and nobody else yet. */
  readonly initial?: boolean;
}

export interface SyncStoreSurroundings {
  readonly connection: Connection;
  readonly collections: CalendarCollections;
  readonly outbox: OutboxWriter;
  readonly clock: Clock;
  /** Names this deployment in markers. */
  readonly deployment: string;
  readonly detectJoin: (input: JoinInput) => JoinFinding;
  /** How often the provider is asked without a hint, milliseconds. */
  readonly pollEveryMs: number;
  /** Called after each committed transaction. */
  readonly committed: (outcome: SliceOutcome) => void;
}
