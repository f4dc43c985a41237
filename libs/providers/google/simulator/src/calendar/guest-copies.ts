import type { World } from '../state/world';
import type { CalendarStore } from './calendar-store';
import type { EventAttendee, EventResource } from './event-resource';
import { formatInZone } from './event-times';

/**
 * Google puts an event into the calendar of each guest it knows, under the same id, and carries a guest's answer back to
 * the organizer and to the other guests.
 */
export class GuestCopies {
  constructor(private readonly world: World) {}

  /** After the organizer changed an event: guests get it, former guests lose it. */
  spread(home: CalendarStore, event: EventResource, before: EventResource | null): void {
    if (event.organizer?.self !== true) return;
    const invited = new Set(event.attendees?.map(({ email }) => email));
    for (const email of invited) {
      const guest = this.calendarOf(email, home);
      if (guest !== null) this.world.put(guest, copyFor(guest, event, guest.get(event.id)?.read() ?? null));
    }
    for (const { email } of before?.attendees ?? []) {
      const guest = invited.has(email) ? null : this.calendarOf(email, home);
      const copy = guest?.get(event.id)?.read();
      if (guest !== null && copy !== undefined && copy.status !== 'cancelled') {
        this.world.put(guest, { ...copy, status: 'cancelled', updated: event.updated ?? '' });
      }
    }
  }

  /** After a guest answered: the organizer's event and the other copies learn it. */
  answer(copy: EventResource, guest: string, change: Partial<EventAttendee>): void {
    const organizer = copy.organizer?.email;
    const home = organizer === undefined ? undefined : this.world.calendar(organizer);
    const event = home?.get(copy.id)?.read();
    if (home === undefined || event === undefined || event.status === 'cancelled') return;
    const attendees = event.attendees?.map((one) => (one.email === guest ? { ...one, ...change } : one));
    const next: EventResource = {
      ...event,
      updated: copy.updated ?? '',
      ...(attendees === undefined ? {} : { attendees }),
    };
    this.world.put(home, next);
    for (const { email } of attendees ?? []) {
      const other = email === guest ? null : this.calendarOf(email, home);
      if (other !== null) this.world.put(other, copyFor(other, next, other.get(next.id)?.read() ?? null));
    }
  }

  private calendarOf(email: string | undefined, home: CalendarStore): CalendarStore | null {
    const store = email === undefined ? undefined : this.world.calendar(email);
    return store === undefined || store === home ? null : store;
  }
}

/** The event as a guest has it: own reminders, colour and private marks are kept, everything shared is the organizer's. */
function copyFor(guest: CalendarStore, event: EventResource, before: EventResource | null): EventResource {
  const { id, timeZone } = guest.facts;
  const { reminders: _theirs, colorId: _colour, extendedProperties, ...shared } = event;
  const own = before?.extendedProperties?.private;
  const marks = { ...(own === undefined ? {} : { private: own }), ...sharedOnly(extendedProperties?.shared) };
  return {
    ...shared,
    ...localTimes(event, timeZone),
    creator: { email: event.creator?.email ?? '' },
    organizer: { email: event.organizer?.email ?? '', ...named(event.organizer?.displayName) },
    attendees: (event.attendees ?? []).map(({ self: _self, ...one }) =>
      one.email === id ? { ...one, self: true } : one,
    ),
    reminders: before?.reminders ?? { useDefault: true },
    ...(before?.colorId === undefined ? {} : { colorId: before.colorId }),
    ...(Object.keys(marks).length === 0 ? {} : { extendedProperties: marks }),
  };
}

const named = (displayName: string | undefined) => (displayName === undefined ? {} : { displayName });
const sharedOnly = (shared: Record<string, string> | undefined) => (shared === undefined ? {} : { shared });

/** The same instants with the offset of the guest's calendar. */
function localTimes(event: EventResource, zone: string): Partial<EventResource> {
  const times: Partial<EventResource> = {};
  for (const name of ['start', 'end', 'originalStartTime'] as const) {
    const time = event[name];
    if (time?.dateTime !== undefined)
      times[name] = { ...time, dateTime: formatInZone(Date.parse(time.dateTime), zone) };
  }
  return times;
}
