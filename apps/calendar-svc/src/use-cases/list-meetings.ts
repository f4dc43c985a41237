import { fail, listMeetingsQuerySchema, parseQuery, type Caller, type Meeting } from '@daybook/contracts';
import { hostIsMe } from '@daybook/domain';
import type { CalendarStore } from '../ports/calendar-store';
import type { Clock } from '../ports/clock';
import type { ListedMeeting, MeetingReader, RowRange } from '../ports/meeting-reader';
import type { OccurrenceRecord } from '../ports/records';
import { coverageAt } from './coverage';
import { freshnessOf } from './freshness';
import { decodeListCursor, encodeListCursor } from './list-cursor';
import { isHidden, meetingView } from './meeting-view';
import { invalidRange, pageReader } from './page-reader';
import { commonStretch, shownStretches, toCoverage } from './shown-stretch';
import { chooseCopies, type ChosenRow } from './choose-copies';
import { viewerOf, type PolicySource, type Viewer } from './viewer';

export interface ListSurroundings {
  readonly store: CalendarStore;
  readonly reader: MeetingReader;
  readonly policy: PolicySource;
  readonly clock: Clock;
  readonly pollEveryMs: number;
}

export interface MeetingList {
  readonly items: Meeting[];
  readonly next: string | null;
  readonly freshness: ReturnType<typeof freshnessOf>;
}

/** A filter that matches little stops here and answers what it has, with a cursor to go on. */
const ROWS_LOOKED_AT = 5_000;

/** `GET /v1/meetings`: one row for each meeting and viewer, by start. Without `from` it begins now. */
export async function listMeetings(
  caller: Caller,
  query: Readonly<Record<string, unknown>>,
  around: ListSurroundings,
): Promise<MeetingList> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  const { items, next } = await readPage(viewer, query, around);
  return { items, next, freshness: listFreshness(viewer, around) };
}

export interface MeetingPage {
  readonly items: Meeting[];
  readonly next: string | null;
  /** Epoch milliseconds at which the passing of time alone would change the page; Infinity where it begins at a given time. */
  readonly until: number;
}

/** How old the list is; worked out for every answer, because it changes without any commit to the meetings. */
export function listFreshness(viewer: Viewer, around: ListSurroundings): MeetingList['freshness'] {
  const now = around.clock.now();
  const stored = coverageAt(now);
  const freshness = freshnessOf(viewer, viewer.calendars, { now, pollEveryMs: around.pollEveryMs });
  // A provider that has not been heard for long shows less than is stored.
  const there = commonStretch([stored, ...shownStretches(viewer.calendars)]) ?? stored;
  return { ...freshness, coverage: toCoverage(there) };
}

/** The meetings of one page, as this viewer sees them now. Throws ProblemError for a query that does not fit. */
export async function readPage(
  viewer: Viewer,
  query: Readonly<Record<string, unknown>>,
  around: ListSurroundings,
): Promise<MeetingPage> {
  const asked = parseQuery(listMeetingsQuerySchema, query);
  const now = around.clock.now();
  const coverage = coverageAt(now);
  const range: RowRange = {
    userIds: viewer.userIds,
    calendarIds: calendarsAsked(viewer, asked.calendar),
    ownOnly: viewer.ownOnly,
    from: asked.from === undefined ? new Date(now) : new Date(asked.from),
    to: asked.to === undefined ? coverage.to : new Date(asked.to),
    longestMs: Math.max(0, ...[...viewer.visible.values()].map((calendar) => calendar.longestMs)),
    after: decodeListCursor(asked.cursor),
    limit: asked.limit + 1,
  };
  if (range.from >= range.to) throw invalidRange('`to` must lie after `from`.');
  if (asked.hostedBy !== 'all' && asked.hostedBy !== 'me' && asked.hostedBy !== viewer.userId) throw fail('not_found');
  const matches = matcher(viewer, { mine: asked.hostedBy !== 'all', text: asked.q?.trim().toLowerCase() ?? '' });
  const read = pageReader(range, coverage, viewer, around.reader);

  const chosen: { row: ChosenRow; item: ListedMeeting }[] = [];
  let after = range.after;
  let looked = 0;
  let more = false;
  let until = Infinity;
  while (!more) {
    const batch = await read(after, range.limit);
    looked += batch.length;
    if (asked.from === undefined) until = batch.reduce((least, row) => Math.min(least, leavesAt(row)), until);
    const copies = await chooseCopies(batch, viewer, around.reader, asked.calendar !== undefined);
    const items = await around.reader.listed(copies.map(({ row }) => row.itemId));
    for (const copy of copies) {
      const item = items.get(copy.row.itemId);
      if (!item || !matches(item)) continue;
      if (chosen.length === asked.limit) {
        more = true;
        break;
      }
      chosen.push({ row: copy, item });
      after = { startsAt: copy.row.startsAt, id: copy.row._id };
    }
    if (more || batch.length < range.limit) break;
    const last = batch[batch.length - 1];
    if (last && chosen.length < asked.limit) after = { startsAt: last.startsAt, id: last._id };
    if (looked >= ROWS_LOOKED_AT) more = true;
  }
  const series = await seriesOf(chosen, around.reader);
  return {
    items: chosen.map(({ row, item }) => meetingView(row.row, item, { viewer, series, alsoIn: row.alsoIn })),
    next: more && after ? encodeListCursor(after) : null,
    until,
  };
}

/** When a row is over for a list that begins now: at its end, or just after its start where it has no length. */
function leavesAt({ startsAt, endsAt }: OccurrenceRecord): number {
  return Math.max(endsAt.getTime(), startsAt.getTime() + 1);
}

function calendarsAsked(viewer: Viewer, calendar: string | undefined): string[] {
  if (calendar === undefined) return [...viewer.visible.keys()];
  if (!viewer.calendars.some(({ _id }) => _id === calendar)) throw fail('not_found');
  return viewer.visible.has(calendar) ? [calendar] : [];
}

function matcher(viewer: Viewer, { mine, text }: { mine: boolean; text: string }): (item: ListedMeeting) => boolean {
  return (item) => {
    const { content } = item;
    if (mine && viewer.service) return false;
    if (mine) {
      const own = viewer.connections.get(item.connectionId)?.addresses ?? [];
      const nowhere = viewer.visible.get(item.calendarId)?.service === null;
      if (!nowhere && !hostIsMe(content?.organizer ?? null, own, viewer.visible.get(item.calendarId)?.owned ?? true))
        return false;
    }
    if (text === '') return true;
    if (isHidden(item, viewer)) return false;
    const fields = [
      content?.title,
      content?.location,
      content?.organizer?.name,
      content?.organizer?.email,
      item.join?.number,
    ];
    return fields.some((field) => field?.toLowerCase().includes(text) ?? false);
  };
}

async function seriesOf(
  chosen: readonly { row: ChosenRow; item: ListedMeeting }[],
  reader: MeetingReader,
): Promise<Map<string, ListedMeeting>> {
  const known = new Map(chosen.flatMap(({ item }) => (item.kind === 'series' ? [[item._id, item] as const] : [])));
  const missing = chosen.flatMap(({ row }) =>
    row.row.seriesId !== null && !known.has(row.row.seriesId) ? [row.row.seriesId] : [],
  );
  if (missing.length > 0) for (const [id, item] of await reader.listed(missing)) known.set(id, item);
  return known;
}
