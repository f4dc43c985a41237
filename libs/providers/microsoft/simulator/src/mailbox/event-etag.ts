import type { CalendarStore } from './calendar-store';

/** The change key of an item: occurrences and exceptions have that of their series. */
export function changeKeyOf({ tag }: CalendarStore, { version }: { version: number }): string {
  const bytes = Buffer.alloc(22);
  tag.copy(bytes, 0, 0, 16);
  bytes.writeUIntBE(version, 16, 6);
  return bytes.toString('base64');
}

export const etagOf = (store: CalendarStore, event: { version: number }): string => `W/"${changeKeyOf(store, event)}"`;
