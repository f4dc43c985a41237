import type { CalendarStore } from '../calendar/calendar-store';
import type { EventResource } from '../calendar/event-resource';
import { formatInZone } from '../calendar/event-times';
import type { World } from '../state/world';

export interface SeedOrder {
  /** How many events. */
  events: number;
  /** The same seed gives the same events (on the same day of the simulator's clock). */
  seed: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Events are spread over this many days on each side of today. */
const REACH = 300;
const TOPICS = [
  'Planning',
  'Review',
  'Stand-up',
  'Interview',
  'Lunch',
  'Workshop',
  'Retrospective',
  'Budget',
  'Demo',
  'Call',
];
const PLACES = ['Room 1', 'Room 2', 'Café', 'Head office', '', ''];

/** Small generator of numbers in [0, 1), good enough for test data and the same everywhere (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fills a calendar with generated events: singles, one in fifty a weekly series, some with join links. */
export function seedCalendar(
  world: World,
  store: CalendarStore,
  order: SeedOrder,
  { now, origin }: { now: number; origin: string },
): void {
  const random = randomNumbers(order.seed);
  const today = Math.floor(now / DAY) * DAY;
  for (let index = 0; index < order.events; index += 1) {
    world.put(store, eventOf(index, { order, random, today, now, origin, store }));
  }
}

interface Frame {
  order: SeedOrder;
  random: () => number;
  today: number;
  now: number;
  origin: string;
  store: CalendarStore;
}

function eventOf(index: number, { order, random, today, now, origin, store }: Frame): EventResource {
  const { facts } = store;
  const id = `seed${order.seed}n${index}`;
  const at = new Date(now).toISOString();
  const pick = <T>(list: readonly T[], fallback: T): T => list[Math.floor(random() * list.length)] ?? fallback;
  const series = random() < 0.02;
  const allDay = random() < 0.03;
  const start = today + Math.floor((random() * 2 - 1) * REACH) * DAY + (7 + Math.floor(random() * 22) / 2) * HOUR;
  const end = start + (1 + Math.floor(random() * 4)) * (HOUR / 2);
  const number = String(81_000_000_000 + Math.floor(random() * 999_999_999));
  const linked = random() < 0.6;
  const location = pick(PLACES, '');
  return {
    kind: 'calendar#event',
    etag: '',
    id,
    status: 'confirmed',
    htmlLink: `${origin}/calendar/event?eid=${Buffer.from(id).toString('base64url')}`,
    created: at,
    updated: at,
    summary: `${pick(TOPICS, 'Meeting')} ${index + 1}`,
    ...(linked ? { description: `Join: https://us02web.zoom.us/j/${number}?pwd=seed${index}` } : {}),
    ...(location === '' ? {} : { location }),
    creator: { email: facts.owner, self: true },
    organizer: { email: facts.id, self: true },
    ...(allDay && !series
      ? { start: { date: dateOf(start) }, end: { date: dateOf(start + DAY) } }
      : {
          start: { dateTime: formatInZone(start, facts.timeZone), timeZone: facts.timeZone },
          end: { dateTime: formatInZone(end, facts.timeZone), timeZone: facts.timeZone },
        }),
    ...(series ? { recurrence: [`RRULE:FREQ=WEEKLY;COUNT=${5 + Math.floor(random() * 40)}`] } : {}),
    iCalUID: `${id}@google.com`,
    sequence: 0,
    reminders: { useDefault: true },
    eventType: 'default',
  };
}

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
