import type { OutboxRow } from '@daybook/platform/outbox';
import type { LedgerRecord, MeetingRecord } from '../../ports/records';
import type { ItemChange, UnitPlan } from '../../use-cases/plan-changes';

export interface SettledItem {
  readonly change: ItemChange;
  readonly record: MeetingRecord;
}

/** What a slice writes, whatever the calendar's revision will be. */
export interface SliceContent {
  readonly plans: readonly UnitPlan[];
  readonly initial: boolean;
  readonly at: Date;
  readonly items: readonly SettledItem[];
  readonly ledger: readonly LedgerRecord[];
  readonly outboxRows: readonly OutboxRow[];
  readonly created: number;
  readonly visible: boolean;
  readonly longestMs: number;
}
