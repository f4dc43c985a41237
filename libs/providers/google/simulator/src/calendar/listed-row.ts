import { etagOf } from './calendar-store';
import type { EventResource } from './event-resource';
import type { ListPosition } from './list-tokens';
import type { StoredEvent } from './stored-event';

/** One served item: its text, and what the ledger notes of it. */
export interface ListedRow {
  id: string;
  etag: string;
  json: string;
}

export interface ListedPage {
  rows: ListedRow[];
  /** Where the next page goes on; null on the last page. */
  next: ListPosition | null;
}

/** An event as a listing shows it: a cancelled instance has only the members Google guarantees. */
export function rowOf(event: StoredEvent): ListedRow {
  const json = event.cancelled && event.shape === 'exception' ? JSON.stringify(bare(event.read())) : event.json;
  return { id: event.id, etag: etagOf(event.version), json };
}

/** What is left of a deleted event in a delta. */
export function bare(event: EventResource): EventResource {
  const { kind, etag, id, status, recurringEventId, originalStartTime } = event;
  return {
    kind,
    etag,
    id,
    status,
    ...(recurringEventId === undefined ? {} : { recurringEventId }),
    ...(originalStartTime === undefined ? {} : { originalStartTime }),
  };
}

/** A derived instance as a row. */
export function instanceRow(resource: EventResource, version: number): ListedRow {
  return { id: resource.id, etag: etagOf(version), json: JSON.stringify(resource) };
}
