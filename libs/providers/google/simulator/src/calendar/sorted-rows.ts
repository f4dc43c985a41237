import type { CalendarStore } from './calendar-store';
import { contentFilter, inWindow, passesMeta } from './event-filter';
import { HORIZON, instanceOf, plainOccurrences } from './instances';
import { instanceRow, rowOf, type ListedPage, type ListedRow } from './listed-row';
import type { ListRequest } from './list-request';
import type { ListPosition } from './list-tokens';
import type { StoredEvent } from './stored-event';
import { WIDEST_INDEXED_WINDOW } from './day-index';

/** A row before it is written out: listings of thousands write only the rows of their page. */
interface SortedRow {
  at: number;
  id: string;
  write(): ListedRow;
}

/** Listings with an order of their own: expanded to instances, by start; or as they are, by time of change. */
export function sortedRows(
  store: CalendarStore,
  request: ListRequest,
  after: ListPosition | null,
  now: number,
): ListedPage {
  const rows = collect(store, request, now).filter((row) => after === null || isAfter(row, after));
  rows.sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const page = rows.slice(0, request.maxResults);
  const last = page.at(-1);
  const more = rows.length > page.length && last !== undefined;
  return { rows: page.map((row) => row.write()), next: more ? { at: last.at, id: last.id } : null };
}

const isAfter = (row: SortedRow, { at, id }: ListPosition): boolean =>
  row.at > at || (row.at === at && id !== undefined && row.id > id);

function collect(store: CalendarStore, request: ListRequest, now: number): SortedRow[] {
  const byChange = request.orderBy === 'updated';
  const matches = contentFilter(request);
  const keyOf = (event: StoredEvent): number => (byChange ? event.updatedAt : event.startsAt);
  const rows: SortedRow[] = [];
  for (const event of standing(store, request)) {
    if (!isWanted(store, event, request)) continue;
    if (matches !== null && !matches(event.read())) continue;
    rows.push({ at: keyOf(event), id: event.id, write: () => rowOf(event) });
  }
  if (!request.singleEvents) return rows;
  for (const master of store.masters) {
    if (!master.cancelled && passesMeta(master, request)) rows.push(...instanceRows(store, master, request, now));
  }
  return rows;
}

/** Everything that stands for itself; masters only when they are not expanded. */
function* standing(store: CalendarStore, request: ListRequest): Iterable<StoredEvent> {
  const { timeMin, timeMax } = request;
  const narrow = timeMin !== null && timeMax !== null && timeMax - timeMin <= WIDEST_INDEXED_WINDOW;
  if (narrow) yield* store.days.near(timeMin, timeMax);
  else for (const event of store.slots) if (event.shape !== 'master') yield event;
  if (!request.singleEvents) yield* store.masters;
}

function isWanted(store: CalendarStore, event: StoredEvent, request: ListRequest): boolean {
  const end = event.shape === 'master' ? store.lastEndOf(event) : event.endsAt;
  if (!inWindow(event.startsAt, end, request) || !passesMeta(event, request)) return false;
  if (request.showDeleted || request.updatedMin !== null) return true;
  if (store.hasLostSeries(event)) return false;
  return !event.cancelled || (event.shape === 'exception' && !request.singleEvents);
}

function instanceRows(store: CalendarStore, master: StoredEvent, request: ListRequest, now: number): SortedRow[] {
  const { timeMin, timeMax } = request;
  if (!inWindow(master.startsAt, store.lastEndOf(master), request)) return [];
  const resource = master.read();
  const matches = contentFilter(request);
  if (matches !== null && !matches(resource)) return [];
  const touched = store.exceptionsOf(master.id);
  const window = { from: timeMin ?? master.startsAt - 1, to: timeMax ?? now + HORIZON };
  return plainOccurrences(store, master, window)
    .filter((occurrence) => !touched.has(occurrence.key) && inWindow(occurrence.startsAt, occurrence.endsAt, request))
    .map((occurrence) => ({
      at: request.orderBy === 'updated' ? master.updatedAt : occurrence.startsAt,
      id: `${master.id}_${occurrence.key}`,
      write: () => instanceRow(instanceOf(resource, occurrence, store.facts.timeZone), master.version),
    }));
}
