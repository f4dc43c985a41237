import type { EventRecord, ItemRecord } from './event-record';

/** The members an event and its exceptions have in common. */
function bare(item: ItemRecord): ItemRecord {
  const { start, end, createdAt, updatedAt, content, singleValues, multiValues, attachments, extensions } = item;
  return { start, end, createdAt, updatedAt, content, singleValues, multiValues, attachments, extensions };
}

/** An event with an item put into it: as the event itself, or as its exception of a day. */
export function withItem(record: EventRecord, day: string | null, item: ItemRecord): EventRecord {
  if (day === null) return { ...record, ...bare(item) };
  return { ...record, updatedAt: item.updatedAt, exceptions: { ...record.exceptions, [day]: bare(item) } };
}

/** A series without its occurrence of a day. */
export function withoutDay(record: EventRecord, day: string, updatedAt: number): EventRecord {
  const { [day]: _gone, ...exceptions } = record.exceptions;
  return { ...record, updatedAt, exceptions, cancelledDays: [...new Set([...record.cancelledDays, day])] };
}
