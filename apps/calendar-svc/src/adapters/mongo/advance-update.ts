import type { Advance } from '@daybook/sync-engine';
import type { CalendarRecord, ReviewPageRecord } from '../../ports/records';
import type { OutboxRow } from '@daybook/platform/outbox';
import type { AsideChange } from './aside-items';

/** What becomes true of the calendar, and which page of a listing is noted, with the last slice of a page. */
export interface CalendarAdvance {
  readonly set: Partial<CalendarRecord>;
  readonly listed?: { readonly generation: number; readonly remoteIds: readonly string[] };
  readonly aside?: AsideChange;
  readonly audit?: readonly OutboxRow[];
  /** What is held from now on, in place of what was. */
  readonly reviewPages?: readonly ReviewPageRecord[];
}

interface AdvancedRun {
  readonly now: Date;
  readonly pollEveryMs: number;
  /** What it covered; null where that was everything. */
  readonly shown: CalendarRecord['shown'] | null;
  /** What was left to do of a change of providers when it began. */
  readonly takeover: CalendarRecord['takeover'];
}

/** Null where a page moves nothing. */
export function advanceUpdate(
  advance: Advance,
  { now, pollEveryMs, shown, takeover }: AdvancedRun,
): CalendarAdvance | null {
  switch (advance.type) {
    case 'none':
      return null;
    case 'glanced':
      return { set: { glanced: true } };
    case 'listed':
      return {
        set: { 'listing.continuation': advance.continuation } as Partial<CalendarRecord>,
        listed: { generation: advance.generation, remoteIds: advance.seen },
      };
    case 'finished':
      return {
        set: {
          cursor: advance.resume,
          listing: null,
          glanced: true,
          served: advance.served,
          lastSuccessAt: now,
          nextSyncAt: new Date(now.getTime() + pollEveryMs),
          failures: 0,
          problem: null,
          review: null,
          ...(shown ? { shown } : {}),
          ...(takeover ? { takeover: null } : {}),
        },
      };
  }
}
