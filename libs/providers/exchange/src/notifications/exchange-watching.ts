/**
 * Changes of calendars as Exchange tells them: over an answer that stays open where one may, else asked for every now and then.
 * What is told is only that something changed. Nothing is tried again after it was refused.
 */
import type { ChangeWatchPort, WatchNews } from '@daybook/provider-port';
import { pulled } from './pulled';
import { streamed } from './streamed';
import { StreamingTrials } from './streaming-trials';
import type { Watched, WatchingSurroundings } from './watched';

export function createExchangeWatching(around: WatchingSurroundings): ChangeWatchPort {
  const trials = new StreamingTrials(around.clock);
  return {
    watch: (access, calendarRemoteIds, options) => watch({ ...around, ...options, access, calendarRemoteIds, trials }),
  };
}

async function* watch(watched: Watched): AsyncGenerator<WatchNews, void, undefined> {
  const { signal, access, trials } = watched;
  if (signal.aborted) return;
  const next = trials.nextOf(access);
  if (next !== null) {
    yield* pulled(watched, () => next);
    return;
  }
  const refusal = yield* streamed(watched);
  if (refusal === null || signal.aborted) return;
  // A trial counts only where it was not for an outage of everything.
  yield* pulled(watched, () => (refusal.kind === 'Throttled' ? trials.noPlace() : trials.notCame(access)));
}
