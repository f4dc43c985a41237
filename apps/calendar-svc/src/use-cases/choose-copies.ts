import { isOwnAddress } from '@daybook/domain';
import type { ListedMeeting, MeetingReader } from '../ports/meeting-reader';
import type { CalendarRecord, OccurrenceRecord } from '../ports/records';
import type { Viewer } from './viewer';

export interface ChosenRow {
  readonly row: OccurrenceRecord;
  readonly alsoIn: readonly { readonly id: string; readonly calendar: CalendarRecord }[];
}

/**
 * One row for each meeting (iCalUID and original start) and viewer: the organiser's own copy, else the primary calendar's,
 * else the first. The copies that step back are named on the one that stays. A list of one calendar shows what is in it.
 */
export async function chooseCopies(
  rows: readonly OccurrenceRecord[],
  viewer: Viewer,
  reader: MeetingReader,
  oneCalendar: boolean,
): Promise<ChosenRow[]> {
  if (oneCalendar || viewer.visible.size < 2 || rows.length === 0) return rows.map((row) => ({ row, alsoIn: [] }));
  const groups = await copiesOf(new Set(rows.map((row) => row.identity)), viewer, reader);
  return rows.flatMap((row) => {
    const { winner } = groups.get(row.identity) ?? {};
    if (!winner) return [{ row, alsoIn: [] }];
    return winner.row._id === row._id ? [{ row, alsoIn: winner.alsoIn }] : [];
  });
}

/** All rows of one meeting that a viewer has: the one that shows, and those that step back. */
export interface Copies {
  readonly winner: ChosenRow;
  readonly others: readonly OccurrenceRecord[];
}

/** By identity; an identity without any row is not there. */
export async function copiesOf(
  identities: ReadonlySet<string>,
  viewer: Viewer,
  reader: MeetingReader,
): Promise<ReadonlyMap<string, Copies>> {
  const rows = await reader.rowsByIdentity(viewer.userIds, [...identities], [...viewer.visible.keys()], viewer.ownOnly);
  const groups = groupByIdentity(rows);
  const contested = [...groups.values()].filter((group) => group.length > 1).flat();
  const items = contested.length === 0 ? new Map() : await reader.listed(contested.map((row) => row.itemId));
  const copies = new Map<string, Copies>();
  for (const [identity, group] of groups) {
    const [row, ...others] = [...group].sort(
      (a, b) => rank(a, items, viewer) - rank(b, items, viewer) || compareText(a._id, b._id),
    );
    if (!row) continue;
    const alsoIn = others.flatMap((other) => {
      const calendar = viewer.visible.get(other.calendarId);
      return calendar ? [{ id: other._id, calendar }] : [];
    });
    copies.set(identity, { winner: { row, alsoIn }, others });
  }
  return copies;
}

function rank(row: OccurrenceRecord, items: ReadonlyMap<string, ListedMeeting>, viewer: Viewer): number {
  const calendar = viewer.visible.get(row.calendarId);
  const organizer = items.get(row.itemId)?.content?.organizer;
  const own = calendar ? (viewer.connections.get(calendar.connectionId)?.addresses ?? []) : [];
  if (organizer && isOwnAddress(organizer.email, own) && calendar?.owned) return 0;
  return calendar?.primary ? 1 : 2;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function groupByIdentity(rows: readonly OccurrenceRecord[]): Map<string, OccurrenceRecord[]> {
  const groups = new Map<string, OccurrenceRecord[]>();
  for (const row of rows) {
    const group = groups.get(row.identity);
    if (group) group.push(row);
    else groups.set(row.identity, [row]);
  }
  return groups;
}
