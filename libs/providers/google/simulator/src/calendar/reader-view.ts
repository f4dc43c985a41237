import { isZone } from '@daybook/domain';
import { refusals } from '../http/google-error';
import type { CalendarStore } from './calendar-store';
import type { EventResource } from './event-resource';
import { formatInZone } from './event-times';

/** How a reader wants events shown, where that differs from how they are kept. */
export interface View {
  zone: string | null;
  maxAttendees: number | null;
}

/** Null when events can be served as they are kept. @throws GoogleError 400 for an unknown zone. */
export function viewOf(query: URLSearchParams, store: CalendarStore): View | null {
  const zone = query.get('timeZone');
  if (zone !== null && !isZone(zone)) throw refusals.badParameter('timeZone');
  const asked = query.get('maxAttendees');
  const differs = zone !== null && zone !== store.facts.timeZone;
  if (!differs && asked === null) return null;
  return { zone: differs ? zone : null, maxAttendees: asked === null ? null : Number(asked) };
}

/** The event with times in the reader's zone, and only the participant when it has too many attendees. */
export function readerView(event: EventResource, { zone, maxAttendees }: View): EventResource {
  const shown: EventResource = { ...event };
  for (const name of zone === null ? [] : (['start', 'end', 'originalStartTime'] as const)) {
    const time = event[name];
    if (zone !== null && time?.dateTime !== undefined) {
      shown[name] = { ...time, dateTime: formatInZone(Date.parse(time.dateTime), zone) };
    }
  }
  if (maxAttendees !== null && (event.attendees?.length ?? 0) > maxAttendees) {
    shown.attendees = event.attendees?.filter((one) => one.self === true) ?? [];
    shown.attendeesOmitted = true;
  }
  return shown;
}
