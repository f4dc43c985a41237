import { refusals } from '../http/google-error';
import type { CalendarStore } from './calendar-store';
import type { EventResource } from './event-resource';
import { findOccurrence, instanceOf, splitInstanceId } from './instances';
import type { StoredEvent } from './stored-event';

/** What an event id names: something stored, or an instance nobody has touched yet. */
export interface EventTarget {
  resource: EventResource;
  stored: StoredEvent | null;
}

/** @throws GoogleError 404 when the calendar has no such event. */
export function findTarget(store: CalendarStore, id: string): EventTarget {
  const stored = store.get(id);
  if (stored !== undefined) return { resource: asItIs(store, stored), stored };
  const split = splitInstanceId(id);
  const master = split === null ? undefined : store.get(split.masterId);
  if (split === null || master === undefined || master.shape !== 'master' || master.cancelled)
    throw refusals.notFound();
  const occurrence = findOccurrence(store, master, split.key);
  if (occurrence === null) throw refusals.notFound();
  return { resource: instanceOf(master.read(), occurrence, store.facts.timeZone), stored: null };
}

/** An exception goes with its series, even though it is kept as it was. */
function asItIs(store: CalendarStore, stored: StoredEvent): EventResource {
  const resource = stored.read();
  return store.hasLostSeries(stored) ? { ...resource, status: 'cancelled' } : resource;
}
