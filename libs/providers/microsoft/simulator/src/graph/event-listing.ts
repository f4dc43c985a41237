import type { CalendarStore } from '../mailbox/calendar-store';
import { occurrencesIn, overlaps, wholeItem, type InstantWindow, type Item } from '../mailbox/occurrences';
import type { StoredEvent } from '../mailbox/stored-event';

const RANKS: Record<Item['type'], number> = { seriesMaster: 0, singleInstance: 1, occurrence: 1, exception: 1 };

/** By start; a series comes before its occurrences, and ids break ties. */
export const byStart = (one: Item, other: Item): number =>
  one.startsAt - other.startsAt || RANKS[one.type] - RANKS[other.type] || (sortKey(one) < sortKey(other) ? -1 : 1);

export const sortKey = ({ event, day }: Item): string => `${event.key}${day ?? ''}`;
export const rankOf = ({ type }: Item): number => RANKS[type];

/** Singles and series as they are, in the order in which they came (`/events`). */
export const allEvents = (store: CalendarStore): readonly Item[] =>
  store.listing('events', () => store.live().map(wholeItem));

/** What takes place in a window, series expanded (`/calendarView`). */
export const viewOf = (store: CalendarStore, window: InstantWindow): readonly Item[] =>
  store.listing(`view ${window.from} ${window.to}`, () =>
    store
      .live()
      .flatMap((event) => placesIn(event, window))
      .sort(byStart),
  );

/** The same with each series before its occurrences, as a first delta gives it. */
export const trackedView = (store: CalendarStore, window: InstantWindow): readonly Item[] =>
  store.listing(`tracked ${window.from} ${window.to}`, () =>
    store
      .live()
      .flatMap((event) => trackedIn(event, window))
      .sort(byStart),
  );

/** One event in a window: itself, or its series with the occurrences there; nothing when it is elsewhere. */
export function trackedIn(event: StoredEvent, window: InstantWindow): Item[] {
  const places = placesIn(event, window);
  const [first] = places;
  if (first === undefined || !event.isSeries) return places;
  return [{ ...wholeItem(event), startsAt: first.startsAt }, ...places];
}

/** When one event takes place in a window, by start. */
export function placesIn(event: StoredEvent, window: InstantWindow): Item[] {
  if (!event.isSeries) return overlaps(event, window) ? [wholeItem(event)] : [];
  const over = event.startsAt >= window.to || event.lastEndsAt < window.from;
  const changed = Object.keys(event.record.exceptions).length > 0;
  return over && !changed ? [] : occurrencesIn(event, window).sort(byStart);
}
