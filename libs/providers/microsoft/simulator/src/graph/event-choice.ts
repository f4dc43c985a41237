import type { Item } from '../mailbox/occurrences';
import type { Call, Place } from './call';
import { scopeOf } from './event-scope';
import { EVENT_MEMBERS } from './event-view';
import { refusals } from './graph-error';
import { meets } from './odata/evaluate-filter';
import { readEventFilter } from './odata/event-filter';

/** Paths Exchange sorts events by. */
const SORTABLE: Record<string, (item: Item) => number | string> = {
  'start/datetime': ({ startsAt }) => startsAt,
  'end/datetime': ({ endsAt }) => endsAt,
  createddatetime: (item) => item.read().createdAt,
  lastmodifieddatetime: (item) => item.read().updatedAt,
  subject: (item) => item.read().content.subject.toLowerCase(),
  importance: (item) => ['low', 'normal', 'high'].indexOf(item.read().content.importance),
};

/**
 * Items that meet `$filter`, in the order of `$orderby`. The outcome is kept under `name` until the folder changes.
 * @throws GraphError 400
 */
export function chosenItems(call: Call, place: Place, all: readonly Item[], name: string): readonly Item[] {
  const { filter, orderby } = call.options;
  if (filter === null && orderby === null) return all;
  const { sight } = place.manner;
  const members = new Set([...EVENT_MEMBERS, ...(call.version === 'beta' ? ['uid'] : [])]);
  const node = filter === null ? null : readEventFilter(filter, members);
  const order = orderby === null ? null : orderOf(orderby);
  return place.store.listing(`${name} ${sight} ${filter ?? ''} ${orderby ?? ''}`, () => {
    const chosen = node === null ? [...all] : all.filter((item) => meets(node, scopeOf(item, sight)));
    return order === null ? chosen : chosen.sort(order);
  });
}

/** @throws GraphError 400 for a path events are not sorted by */
function orderOf(text: string): (one: Item, other: Item) => number {
  const keys = text.split(',').map((part) => {
    const [path = '', direction = 'asc'] = part.trim().split(/\s+/);
    const value = SORTABLE[path.toLowerCase()];
    if (value === undefined || !/^(asc|desc)$/i.test(direction)) {
      throw refusals.query(`Events cannot be sorted by '${part.trim()}'.`);
    }
    return { value, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return (one, other) => {
    for (const { value, sign } of keys) {
      const [left, right] = [value(one), value(other)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return one.event.slot - other.event.slot;
  };
}
