import { seedEntries, type SeedEntry, type SeedOrder } from '@daybook/simulator-kit';
import type { CalendarStore } from '../calendar/calendar-store';
import type { EventResource } from '../calendar/event-resource';
import { formatInZone } from '../calendar/event-times';
import type { World } from '../state/world';

const DAY = 86_400_000;

/** Fills a calendar with generated events. */
export function seedCalendar(
  world: World,
  store: CalendarStore,
  order: SeedOrder,
  { now, origin }: { now: number; origin: string },
): void {
  for (const entry of seedEntries(order, now)) {
    world.put(store, eventOf(entry, { id: `seed${order.seed}n${entry.index}`, now, origin, store }));
  }
}

interface Frame {
  id: string;
  now: number;
  origin: string;
  store: CalendarStore;
}

function eventOf(entry: SeedEntry, { id, now, origin, store: { facts } }: Frame): EventResource {
  const { title, note, place, startsAt, endsAt, allDay, weeks } = entry;
  const at = new Date(now).toISOString();
  const timed = (instant: number) => ({ dateTime: formatInZone(instant, facts.timeZone), timeZone: facts.timeZone });
  return {
    kind: 'calendar#event',
    etag: '',
    id,
    status: 'confirmed',
    htmlLink: `${origin}/calendar/event?eid=${Buffer.from(id).toString('base64url')}`,
    created: at,
    updated: at,
    summary: title,
    ...(note === '' ? {} : { description: note }),
    ...(place === '' ? {} : { location: place }),
    creator: { email: facts.owner, self: true },
    organizer: { email: facts.id, self: true },
    ...(allDay
      ? { start: { date: dateOf(startsAt) }, end: { date: dateOf(startsAt + DAY) } }
      : { start: timed(startsAt), end: timed(endsAt) }),
    ...(weeks === null ? {} : { recurrence: [`RRULE:FREQ=WEEKLY;COUNT=${weeks}`] }),
    iCalUID: `${id}@google.com`,
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
  };
}

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
