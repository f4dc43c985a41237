import type { GraphSetting, Place } from './call';
import type { Item } from '../mailbox/occurrences';

/** Somebody else changes an event: it keeps what it says and gets another change key. */
export function touch({ world, clock }: GraphSetting, { place, item }: { place: Place; item: Item }): void {
  world.put(place.store, { ...item.event.record, updatedAt: clock.now() });
}
