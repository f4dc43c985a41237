import { ProviderError, type DeltaPage, type RemoteChange, type RemoteMeeting } from '@daybook/provider-port';
import type { CalendarRun } from './calendar-run';

/*
 * What a run makes of a provider that lists a stretch of time and shows a series whole whenever anything of it changed. Not
 * shown is not gone: an item may have moved out of the stretch, so each is asked for before anybody is told that it is.
 */

/** Of a whole series everything stored that its page does not show: occurrences that are as the series says again. */
export async function strayedOf(
  { store }: Pick<CalendarRun, 'store'>,
  { wholeSeries = [], changes }: DeltaPage<RemoteMeeting>,
): Promise<readonly string[]> {
  if (wholeSeries.length === 0) return [];
  const shown = changes.map((change) => (change.type === 'upserted' ? change.item.remoteId : change.remoteId));
  return store.strayed(wholeSeries, new Set(shown));
}

/** How many items are asked for beside each other. */
const ASKED_AT_ONCE = 4;

/** Those of the items that are gone; the others are stored as they are now. Null where the run was stopped meanwhile. */
export async function goneOf(
  run: Pick<CalendarRun, 'session' | 'store' | 'calendarRemoteId' | 'stopped'>,
  remoteIds: readonly string[],
  tally: { written: number },
): Promise<readonly string[] | null> {
  const gone: string[] = [];
  const there: RemoteChange<RemoteMeeting>[] = [];
  for (let next = 0; next < remoteIds.length; next += ASKED_AT_ONCE) {
    if (run.stopped?.()) return null;
    const some = remoteIds.slice(next, next + ASKED_AT_ONCE);
    const answers = await Promise.all(some.map((remoteId) => askFor(run, remoteId)));
    for (const [index, now] of answers.entries()) {
      if (now.type === 'removed') gone.push(some[index] ?? '');
      else there.push(now);
    }
  }
  if (there.length === 0) return gone;
  const page = await run.store.prepare({ changes: there, continuation: null, resume: null, complete: false });
  const { written } = await page.commit({ removals: [], initial: false, advance: { type: 'none' } });
  tally.written += written;
  return gone;
}

/** A provider that cannot be asked for one item says all there is to say with its listing. */
async function askFor(
  { session, calendarRemoteId }: Pick<CalendarRun, 'session' | 'calendarRemoteId'>,
  remoteId: string,
): Promise<RemoteChange<RemoteMeeting>> {
  if (!session.item) return { type: 'removed', remoteId };
  try {
    return await session.item({ calendarRemoteId, remoteId, timeZone: null });
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'Gone') return { type: 'removed', remoteId };
    throw error;
  }
}
