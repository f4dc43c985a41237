import { dateOf, toCivil } from '@daybook/domain';
import type { WriteTarget } from '@daybook/provider-port';
import { placeOf } from './event-place';
import type { OccurrenceName } from './event-address';
import { type EventDoor, readEvent } from './read-item';
import { originalStartOn, readSeries } from './series-to-meetings';

type Occurrence = Extract<WriteTarget, { type: 'occurrence' }>;

/** The name of an occurrence by its original start; null where the series puts none there. @throws ProviderError Gone */
export async function nameOfOccurrence(
  door: EventDoor,
  { seriesRemoteId, originalStart }: Occurrence,
): Promise<OccurrenceName | null> {
  if ('date' in originalStart) return { seriesRemoteId, date: originalStart.date };
  const master = await readEvent(door, seriesRemoteId);
  if (placeOf(master) !== 'master') return null;
  const { start } = readSeries(master);
  if ('date' in start) return null;
  const date = dateOf(toCivil(originalStart.instant, start.timeZone));
  const there = originalStartOn(date, start);
  return 'instant' in there && there.instant === originalStart.instant ? { seriesRemoteId, date } : null;
}
