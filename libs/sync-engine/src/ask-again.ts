import { asProviderError, type CalendarSession, type RemoteChange, type RemoteMeeting } from '@daybook/provider-port';
import type { AsideItem, CalendarSyncStore } from './calendar-sync-store';
import { reactionTo } from './reaction-to-error';

/*
 * Items that were put aside because they could not be read are asked for again one by one: a page may have been spoilt on
 * its way, and nothing else ever brings an item that did not change since. After three tries an item is a dead letter: kept
 * and counted, and an operator is told. It still leaves when a page shows it well or the provider says it is gone.
 */

/** How long after it was put aside, and after each try in vain. */
const AFTER_MS: readonly number[] = [10_000, 300_000, 3_600_000];
/** A provider that does not answer has said nothing about the item: that is no try. */
const NOT_ANSWERED_MS = 300_000;

/** When an item is asked for next, after so many tries in vain; null: no more. */
export function askAgainAt(tries: number, now: number): Date | null {
  const wait = AFTER_MS[tries];
  return wait === undefined ? null : new Date(now + wait);
}

export interface AskAgainRun {
  readonly session: CalendarSession;
  readonly calendarRemoteId: string;
  readonly timeZone: string | null;
  readonly store: CalendarSyncStore;
  readonly now: () => number;
  readonly stopped: () => boolean;
}

/** An item nobody asks for any more, by our own id of it. */
export interface DeadLetter {
  readonly id: string;
  readonly reason: string;
}

/** Asks for what is due. Gives the items that became dead letters for the first time; faults of the way are thrown. */
export async function askAgain(run: AskAgainRun): Promise<readonly DeadLetter[]> {
  const dead: DeadLetter[] = [];
  let silent = false;
  for (const item of await run.store.asideDue(run.now())) {
    if (run.stopped()) break;
    const reading = silent ? 'unanswered' : await readAgain(run, item);
    if (reading === 'read') continue;
    if (reading === 'unanswered') {
      silent = true;
      await run.store.noteTry(item, { tries: item.tries, nextTryAt: new Date(run.now() + NOT_ANSWERED_MS) });
      continue;
    }
    const tries = item.tries + 1;
    const nextTryAt = reading.final ? null : askAgainAt(tries, run.now());
    await run.store.noteTry(item, { tries, nextTryAt, reason: reading.reason });
    if (nextTryAt === null && !item.wasDead) dead.push({ id: item.id, reason: reading.reason });
  }
  return dead;
}

type Reading = 'read' | 'unanswered' | { readonly reason: string; readonly final: boolean };

async function readAgain(run: AskAgainRun, item: AsideItem): Promise<Reading> {
  // Nothing to ask with, or no name to ask for.
  if (!run.session.item || item.remoteId === '') return { reason: item.reason, final: true };
  let change: RemoteChange<RemoteMeeting>;
  try {
    const { calendarRemoteId, timeZone } = run;
    change = await run.session.item({ calendarRemoteId, remoteId: item.remoteId, timeZone });
  } catch (error) {
    const fault = asProviderError(error);
    if (fault.kind === 'Unavailable') return 'unanswered';
    const { action } = reactionTo(fault);
    // Not found may also mean that the whole calendar is: only a listing or a delta says that an item is removed.
    if (action !== 'quarantine' && action !== 'retire') throw fault;
    return { reason: fault.kind, final: false };
  }
  if (change.type === 'unreadable') return { reason: change.reason, final: false };
  const page = await run.store.prepare({ changes: [change], continuation: null, resume: null, complete: false });
  const removals = change.type === 'removed' ? [item.remoteId] : [];
  const { aside } = await page.commit({ removals, initial: false, advance: { type: 'none' } });
  return aside === 0 ? 'read' : { reason: item.reason, final: false };
}
