import { refusals } from '../graph/graph-error';
import type { CalendarStore } from './calendar-store';
import type { ItemName } from './item-ids';
import { occurrenceOn, wholeItem, type Item } from './occurrences';

/** What a name stands for in a folder. @throws GraphError 404 `ErrorItemNotFound` */
export function findItem(store: CalendarStore, name: ItemName): Item {
  const item = lookUp(store, name);
  if (item === null) throw refusals.itemNotFound();
  return item;
}

/** The same, or null. */
export function lookUp(store: CalendarStore, { key, day }: ItemName): Item | null {
  const event = store.get(key);
  if (event === undefined || event.deleted) return null;
  return day === null ? wholeItem(event) : occurrenceOn(event, day);
}
