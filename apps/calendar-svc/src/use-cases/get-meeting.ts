import { parseInstant } from '@daybook/domain';
import { fail, type Caller, type Meeting } from '@daybook/contracts';
import type { ListSurroundings } from './list-meetings';
import type { ListedMeeting, MeetingReader } from '../ports/meeting-reader';
import type { MeetingRecord } from '../ports/records';
import { chooseCopies } from './choose-copies';
import { rowsOfSeries, type OccurrenceDraft } from './derive-occurrences';
import { plainText } from './plain-text';
import { meetingView } from './meeting-view';
import { isShown, requireEnabled, viewerOf, type Viewer } from './viewer';

export type Found = {
  readonly row: OccurrenceDraft;
  readonly item: MeetingRecord;
  readonly series: MeetingRecord | null;
};

/**
 * `GET /v1/meetings/{id}`: a single, an occurrence, or a series by the id of its head. While the integration is off, only what was
 * scheduled here is there, and everything else is said to be off. What is not the caller's is 404.
 */
export async function getMeeting(
  caller: Caller,
  id: string,
  around: Pick<ListSurroundings, 'store' | 'reader' | 'policy'>,
): Promise<Meeting> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  return viewFound(await findMeeting(id, viewer, around.reader), viewer, around.reader);
}

/** What a viewer may see under an id. Throws `not_found`, or `integration_disabled` where that stands in the way. */
export async function findMeeting(id: string, viewer: Viewer, reader: MeetingReader): Promise<Found> {
  const found = (await storedOccurrence(id, reader)) ?? (await headOrComputed(id, viewer, reader));
  const own = found?.item.origin === 'client' ? { own: true as const } : {};
  if (
    found &&
    viewer.visible.has(found.row.calendarId) &&
    isShown(viewer, { ...own, calendarId: found.row.calendarId })
  )
    return found;
  requireEnabled(viewer);
  throw fail('not_found');
}

/** One meeting with its text. */
export async function viewFound({ row, item, series }: Found, viewer: Viewer, reader: MeetingReader): Promise<Meeting> {
  const copies = await chooseCopies([row], viewer, reader, false);
  const known = new Map<string, ListedMeeting>(series ? [[series._id, series]] : []);
  const view = meetingView(row, item, { viewer, series: known, alsoIn: copies[0]?.alsoIn ?? [] });
  const text = view.redacted ? null : item.content?.description;
  const overridden = view.redacted ? [] : (item.writing?.overridden ?? []);
  return {
    ...view,
    description: text ? plainText(text) : null,
    overridden: overridden.map(({ field, value, at }) => ({ field, value, at: at.toISOString() })),
  };
}

async function storedOccurrence(id: string, reader: MeetingReader): Promise<Found | null> {
  const [row] = await reader.rowsById([id]);
  if (!row) return null;
  const item = await reader.meeting(row.itemId);
  if (!item) return null;
  return { row, item, series: row.seriesId === null ? null : await reader.meeting(row.seriesId) };
}

/** The head of a series, an item outside the stored stretch, or an occurrence computed for the occasion. */
async function headOrComputed(id: string, viewer: Viewer, reader: MeetingReader): Promise<Found | null> {
  const item = await reader.meeting(id);
  if (item)
    return item.kind === 'cancelled'
      ? null
      : { row: headRow(item), item, series: item.kind === 'series' ? item : null };
  const dot = id.indexOf('.');
  if (dot < 0) return null;
  const series = await reader.meeting(id.slice(0, dot));
  const at = instantOfKey(id.slice(dot + 1));
  if (!series || series.kind !== 'series' || at === null) return null;
  const exceptions = await reader.exceptionsOf([series._id]);
  // A day on either side holds the occurrence whatever its zone; only an exact key counts.
  const coverage = { from: new Date(at - 86_400_000), to: new Date(at + 2 * 86_400_000) };
  const zone = viewer.visible.get(series.calendarId)?.timeZone ?? 'UTC';
  const row = rowsOfSeries(series, exceptions, { coverage, zone }).find((candidate) => candidate._id === id);
  return row ? { row, item: series, series } : null;
}

function headRow(item: MeetingRecord): OccurrenceDraft {
  const start = item.content?.start ?? { dateTime: item.startsAt.toISOString().slice(0, 19), timeZone: 'UTC' };
  const end = item.content?.end ?? start;
  const seriesId = item.kind === 'series' ? item._id : item.seriesId;
  return {
    _id: item._id,
    itemId: item._id,
    seriesId,
    calendarId: item.calendarId,
    userId: item.userId,
    identity: `${item.iCalUid ?? item._id}|`,
    startsAt: item.startsAt,
    endsAt: item.endsAt,
    start,
    end,
    originalStart: item.originalStart,
    rev: item.rev,
  };
}

/** `20261122T080000Z` or `20261122`; null for anything else. */
function instantOfKey(key: string): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(key);
  if (!found) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = found;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
