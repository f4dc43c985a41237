import { ProviderError } from '@daybook/provider-port';
import { eventPath } from './event-address';
import { idOf } from './event-to-meeting';
import { type EventDoor, readOccurrence } from './read-item';

/** Removes occurrences of a series by their dates; those that are gone already are no error. @throws ProviderError */
export async function takeOut(door: EventDoor, seriesRemoteId: string, dates: readonly string[]): Promise<void> {
  const { client, access, calendarRemoteId } = door;
  for (const date of dates) {
    const found = await readOccurrence(door, { seriesRemoteId, date });
    if (!found?.event) continue;
    const path = eventPath(calendarRemoteId, idOf(found.event));
    await client.call(access, { method: 'DELETE', path, aboutOneCalendar: true }).catch((error: unknown) => {
      if (!(error instanceof ProviderError) || error.kind !== 'Gone') throw error;
    });
  }
}
