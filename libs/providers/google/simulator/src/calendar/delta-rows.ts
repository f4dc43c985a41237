import type { CalendarStore } from './calendar-store';
import { contentFilter } from './event-filter';
import { cancelledInstance, formerKeys, HORIZON, instanceOf, plainOccurrences } from './instances';
import { bare, instanceRow, rowOf, type ListedPage, type ListedRow } from './listed-row';
import type { ListRequest } from './list-request';
import type { ListPosition } from './list-tokens';
import type { StoredEvent } from './stored-event';

const DAY = 86_400_000;

export interface DeltaStart {
  /** Version the sync token stands for. */
  since: number;
  /** Where this page begins. */
  from: ListPosition;
  now: number;
}

/**
 * What changed after a version, in the order of change. Deletions always come, as bare as Google may make them.
 * With `singleEvents` a changed series comes as its instances, and those it no longer has as cancelled.
 */
export function deltaRows(store: CalendarStore, request: ListRequest, { since, from, now }: DeltaStart): ListedPage {
  const matches = contentFilter(request);
  const delivered = from.skip === undefined ? from.at : from.at - 1;
  const changed = store.log.after(delivered, request.maxResults + 1);
  const rows: ListedRow[] = [];
  for (const [index, event] of changed.entries()) {
    if (matches !== null && !event.cancelled && !matches(event.read())) continue;
    const own =
      request.singleEvents && event.shape === 'master' ? instanceChanges(store, event, since, now) : [deltaRow(event)];
    const skip = index === 0 && event.version === from.at ? (from.skip ?? 0) : 0;
    const room = request.maxResults - rows.length;
    if (room === 0) return { rows, next: { at: event.version - 1 } };
    rows.push(...own.slice(skip, skip + room));
    if (own.length - skip > room) return { rows, next: { at: event.version, skip: skip + room } };
  }
  const last = changed.at(-1);
  const more = changed.length > request.maxResults && last !== undefined;
  return { rows, next: more ? { at: last.version } : null };
}

function deltaRow(event: StoredEvent): ListedRow {
  const row = rowOf(event);
  return event.cancelled ? { ...row, json: JSON.stringify(bare(event.read())) } : row;
}

function instanceChanges(store: CalendarStore, master: StoredEvent, since: number, now: number): ListedRow[] {
  const window = { from: now - 365 * DAY, to: now + HORIZON };
  const zone = store.facts.timeZone;
  const resource = master.read();
  const touched = store.exceptionsOf(master.id);
  const present = master.cancelled ? [] : plainOccurrences(store, master, window);
  const keys = new Set(present.map((occurrence) => occurrence.key));
  const withdrawn = new Set(
    master.formerly
      .filter(({ until }) => until > since)
      .flatMap(({ json }) => formerKeys(json, zone, window))
      .filter((key) => !keys.has(key)),
  );
  return [
    ...present
      .filter((occurrence) => !touched.has(occurrence.key))
      .map((occurrence) => instanceRow(instanceOf(resource, occurrence, zone), master.version)),
    ...[...withdrawn].map((key) => instanceRow(cancelledInstance(resource, key, zone), master.version)),
  ];
}
