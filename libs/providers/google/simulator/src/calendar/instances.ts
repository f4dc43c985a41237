import { expand, type Occurrence } from '@daybook/domain';
import type { CalendarStore } from './calendar-store';
import { readRule } from './calendar-store';
import type { EventDateTime, EventResource } from './event-resource';
import { eventTimeOf } from './event-times';
import type { StoredEvent } from './stored-event';

const DAY = 86_400_000;
/** An endless series asked for without an end is cut here, and no answer holds more instances of one series. */
export const HORIZON = 730 * DAY;
export const MOST_INSTANCES = 5000;
const INSTANCE_ID = /^(.+)_(\d{8}(?:T\d{6}Z)?)$/;

export interface InstanceWindow {
  from: number;
  to: number;
}

/** The two halves of an instance id, or null for any other id. */
export function splitInstanceId(id: string): { masterId: string; key: string } | null {
  const match = INSTANCE_ID.exec(id);
  return match?.[1] === undefined || match[2] === undefined ? null : { masterId: match[1], key: match[2] };
}

/** Occurrences of a master's rule that overlap the window, without regard to its stored exceptions. */
export function plainOccurrences(
  store: CalendarStore,
  master: StoredEvent,
  window: InstanceWindow,
): readonly Occurrence[] {
  const series = store.seriesOf(master);
  return series === null ? [] : expand(series, window, MOST_INSTANCES).occurrences;
}

/** The instance of a series at an original start, as it is when nobody touched it. */
export function instanceOf(master: EventResource, occurrence: Occurrence, calendarZone: string): EventResource {
  const { recurrence: _rule, ...shared } = master;
  const id = `${master.id}_${occurrence.key}`;
  const start = eventTimeOf(occurrence.start, calendarZone);
  return {
    ...shared,
    id,
    ...(master.htmlLink === undefined ? {} : { htmlLink: htmlLinkFor(id, master.htmlLink) }),
    start,
    end: eventTimeOf(occurrence.end, calendarZone),
    recurringEventId: master.id,
    originalStartTime: { ...start },
  };
}

/** Looks an instance up by its key; null when the rule has no such occurrence. */
export function findOccurrence(store: CalendarStore, master: StoredEvent, key: string): Occurrence | null {
  const around = instantOfKey(key);
  if (Number.isNaN(around)) return null;
  // A day on each side: dates have no zone, and an occurrence ends after it starts.
  const near = plainOccurrences(store, master, { from: around - 2 * DAY, to: around + 2 * DAY });
  return near.find((occurrence) => occurrence.key === key) ?? null;
}

/** The instant a key names; for a date its midnight in UTC. */
export function instantOfKey(key: string): number {
  const date = `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}`;
  const time = key.length > 8 ? `T${key.slice(9, 11)}:${key.slice(11, 13)}:${key.slice(13, 15)}Z` : 'T00:00:00Z';
  return Date.parse(date + time);
}

/** Keys of the instances a master had under an earlier rule, within the window. */
export function formerKeys(json: string, calendarZone: string, window: InstanceWindow): string[] {
  const former: EventResource = JSON.parse(json);
  if (former.status === 'cancelled') return [];
  const series = readRule(former, calendarZone);
  return series === null ? [] : expand(series, window, MOST_INSTANCES).occurrences.map((occurrence) => occurrence.key);
}

/** A withdrawn instance: the three members Google guarantees. */
export function cancelledInstance(master: EventResource, key: string, calendarZone: string): EventResource {
  return {
    kind: 'calendar#event',
    etag: master.etag,
    id: `${master.id}_${key}`,
    status: 'cancelled',
    recurringEventId: master.id,
    originalStartTime: originalTimeOfKey(key, master.start, calendarZone),
  };
}

function originalTimeOfKey(key: string, start: EventDateTime | undefined, calendarZone: string): EventDateTime {
  if (key.length === 8) return { date: `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}` };
  const dateTime = new Date(instantOfKey(key)).toISOString().replace('.000Z', 'Z');
  return { dateTime, timeZone: start?.timeZone ?? calendarZone };
}

/** The web address of an event; `eid` is the id, so that it stays stable. */
export function htmlLinkFor(id: string, base: string): string {
  const { origin } = new URL(base);
  return `${origin}/calendar/event?eid=${Buffer.from(id).toString('base64url')}`;
}
