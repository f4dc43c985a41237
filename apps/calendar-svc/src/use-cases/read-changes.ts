import { changesQuerySchema, fail, parseQuery, type Caller, type Changes } from '@daybook/contracts';
import type { CalendarRecord } from '../ports/records';
import { changesOf, type CalendarEntry } from './changes-of-entries';
import {
  decodeChangesCursor,
  encodeChangesCursor,
  seenAs,
  WHOLE_REVISION,
  type CalendarPosition,
} from './changes-cursor';
import type { ListSurroundings } from './list-meetings';
import { viewerOf, type Viewer } from './viewer';

/** A cursor names each calendar, and it has to fit into an address. */
const MOST_CALENDARS = 100;
const TOO_MANY = `Changes of more than ${MOST_CALENDARS} calendars cannot be read at once; lists can.`;

/** Removals are kept 30 days; a cursor is refused a day before they could be missing. */
const OLDEST_CURSOR_MS = 29 * 86_400_000;

/**
 * `GET /v1/meetings/changes`: every row that changed since the cursor, by calendar and revision, with the rows that went or
 * stepped back behind a copy. Replaying it gives what the list shows for the stored stretch. Without `since` it gives
 * everything. A page exceeds its limit only where the copies of one single meeting do.
 */
export async function readChanges(
  caller: Caller,
  query: Readonly<Record<string, unknown>>,
  around: ListSurroundings,
): Promise<Changes> {
  const { since, limit } = parseQuery(changesQuerySchema, query);
  const viewer = await viewerOf(caller, around.store, around.policy);
  if (viewer.visible.size > MOST_CALENDARS) throw fail('capability_not_available', TOO_MANY);
  const now = around.clock.now();
  const positions = startingPositions(since, viewer, now);
  const items: Changes['items'] = [];
  let more = false;
  for (const calendar of inStableOrder(viewer)) {
    const position = positions.get(calendar._id);
    if (!position || (position.id === WHOLE_REVISION && position.rev >= calendar.rev)) continue;
    if (items.length >= limit) {
      more = true;
      break;
    }
    const page = await readCalendar(calendar, position, { limit: limit - items.length, viewer, around });
    if (page.items.length > limit - items.length && items.length > 0) {
      more = true;
      break;
    }
    items.push(...page.items);
    positions.set(calendar._id, page.position);
    more = more || page.more;
  }
  return { items, next: encodeChangesCursor({ at: now, calendars: positions }), more };
}

/** All calendars from the first page on: what changes in one while another is being read must not fall between. */
function startingPositions(since: string | undefined, viewer: Viewer, now: number): Map<string, CalendarPosition> {
  const known = since === undefined ? null : decodeChangesCursor(since);
  if (since !== undefined && (!known || now - known.at > OLDEST_CURSOR_MS)) throw fail('cursor_expired');
  const positions = new Map(known?.calendars);
  for (const [id, { version }] of positions) {
    // A calendar the reader has rows of and may no longer see, or sees differently: only loading again mends that.
    if (seenAs(viewer, viewer.visible.get(id)) !== version) throw fail('cursor_expired');
  }
  for (const calendar of inStableOrder(viewer)) {
    const { _id, rev } = calendar;
    const version = seenAs(viewer, calendar) ?? 0;
    if (positions.has(_id)) continue;
    // To somebody who has rows already, a calendar that is new may tell of one that moved there and went.
    const floor = known === null ? rev : 0;
    positions.set(_id, { rev: 0, id: '', floor, loading: known === null, version });
  }
  return positions;
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
  { limit, viewer, around }: { limit: number; viewer: Viewer; around: ListSurroundings },
): Promise<CalendarPage> {
  const { reader } = around;
  const afterFloor = position.rev < position.floor ? { rev: position.floor, id: WHOLE_REVISION } : position;
  const [rows, gone] = await Promise.all([
    reader.changedRows({ id: calendar._id, ownOnly: viewer.ownOnly.has(calendar._id) }, position, limit + 1),
    reader.removals(calendar._id, afterFloor, limit + 1),
  ]);
  const entries: CalendarEntry[] = [
    ...rows.map((row): CalendarEntry => ({ type: 'row', row, quiet: position.loading && row.rev <= position.floor })),
    ...gone.map((removal): CalendarEntry => ({ type: 'gone', removal })),
  ].sort((a, b) => revOf(a) - revOf(b) || (idOf(a) < idOf(b) ? -1 : 1));
  const { items, told } = await changesOf(entries.slice(0, limit), { limit, viewer, reader });
  const last = entries[told - 1];
  const more = told < entries.length;
  const seen = Math.max(calendar.rev, last ? revOf(last) : 0);
  const reached = more && last ? { rev: revOf(last), id: idOf(last) } : { rev: seen, id: WHOLE_REVISION };
  return { items, position: { ...position, ...reached }, more };
}

function revOf(entry: CalendarEntry): number {
  return entry.type === 'row' ? entry.row.rev : entry.removal.rev;
}

function idOf(entry: CalendarEntry): string {
  return entry.type === 'row' ? entry.row._id : entry.removal._id;
}
