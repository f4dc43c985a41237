import { changesQuerySchema, fail, parseQuery, type Caller, type Changes } from '@daybook/contracts';
import type { MeetingReader } from '../ports/meeting-reader';
import type { CalendarRecord, OccurrenceRecord, RemovalRecord } from '../ports/records';
import { decodeChangesCursor, encodeChangesCursor, WHOLE_REVISION, type CalendarPosition } from './changes-cursor';
import type { ListSurroundings } from './list-meetings';
import { meetingView } from './meeting-view';
import { viewerOf, type Viewer } from './viewer';

/** Removals are kept 30 days; a cursor is refused a day before they could be missing. */
const OLDEST_CURSOR_MS = 29 * 86_400_000;

type Entry =
  { readonly type: 'row'; readonly row: OccurrenceRecord } | { readonly type: 'gone'; readonly removal: RemovalRecord };

/**
 * `GET /v1/meetings/changes`: every row that changed since the cursor, by calendar and revision, with the rows that went.
 * Replaying it gives what the list shows for the stored stretch. Without `since` it gives everything.
 */
export async function readChanges(
  caller: Caller,
  query: Readonly<Record<string, unknown>>,
  around: ListSurroundings,
): Promise<Changes> {
  const { since, limit } = parseQuery(changesQuerySchema, query);
  const viewer = await viewerOf(caller, around.store, around.policy);
  const now = around.clock.now();
  const positions = startingPositions(since, viewer, now);
  const items: Changes['items'] = [];
  let more = false;
  for (const calendar of inStableOrder(viewer)) {
    const position = positions.get(calendar._id) ?? { rev: 0, id: '', floor: calendar.rev };
    if (position.id === WHOLE_REVISION && position.rev >= calendar.rev) {
      positions.set(calendar._id, position);
      continue;
    }
    if (items.length >= limit) {
      more = true;
      break;
    }
    const page = await readCalendar(calendar, position, { limit: limit - items.length, reader: around.reader, viewer });
    items.push(...page.items);
    positions.set(calendar._id, page.position);
    more = more || page.more;
  }
  return { items, next: encodeChangesCursor({ at: now, calendars: positions }), more };
}

function startingPositions(since: string | undefined, viewer: Viewer, now: number): Map<string, CalendarPosition> {
  if (since === undefined) return new Map();
  const cursor = decodeChangesCursor(since);
  if (!cursor || now - cursor.at > OLDEST_CURSOR_MS) throw fail('cursor_expired');
  // A calendar the reader has rows of and may no longer see: only loading again takes them away.
  for (const id of cursor.calendars.keys()) if (!viewer.visible.has(id)) throw fail('cursor_expired');
  return new Map(cursor.calendars);
}

function inStableOrder(viewer: Viewer): CalendarRecord[] {
  return [...viewer.visible.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
}

interface CalendarPage {
  readonly items: Changes['items'];
  readonly position: CalendarPosition;
  readonly more: boolean;
}

async function readCalendar(
  calendar: CalendarRecord,
  position: CalendarPosition,
  { limit, reader, viewer }: { limit: number; reader: MeetingReader; viewer: Viewer },
): Promise<CalendarPage> {
  const afterFloor = position.rev < position.floor ? { rev: position.floor, id: WHOLE_REVISION } : position;
  const [rows, gone] = await Promise.all([
    reader.changedRows(calendar._id, position, limit + 1),
    reader.removals(calendar._id, afterFloor, limit + 1),
  ]);
  const entries: Entry[] = [
    ...rows.map((row): Entry => ({ type: 'row', row })),
    ...gone.map((removal): Entry => ({ type: 'gone', removal })),
  ].sort((a, b) => revOf(a) - revOf(b) || (idOf(a) < idOf(b) ? -1 : 1));
  const page = entries.slice(0, limit);
  const items = await reader.listed(page.flatMap((entry) => (entry.type === 'row' ? [entry.row.itemId] : [])));
  const series = await reader.listed(
    page.flatMap((entry) => (entry.type === 'row' && entry.row.seriesId !== null ? [entry.row.seriesId] : [])),
  );
  const more = entries.length > limit;
  const last = page[page.length - 1];
  const seen = Math.max(calendar.rev, last ? revOf(last) : 0);
  return {
    items: page.flatMap((entry): Changes['items'] => {
      if (entry.type === 'gone') return [{ type: 'removed', id: entry.removal._id }];
      const item = items.get(entry.row.itemId);
      return item ? [{ type: 'upserted', meeting: meetingView(entry.row, item, { viewer, series, alsoIn: [] }) }] : [];
    }),
    position:
      more && last
        ? { rev: revOf(last), id: idOf(last), floor: position.floor }
        : { rev: seen, id: WHOLE_REVISION, floor: position.floor },
    more,
  };
}

function revOf(entry: Entry): number {
  return entry.type === 'row' ? entry.row.rev : entry.removal.rev;
}

function idOf(entry: Entry): string {
  return entry.type === 'row' ? entry.row._id : entry.removal._id;
}
