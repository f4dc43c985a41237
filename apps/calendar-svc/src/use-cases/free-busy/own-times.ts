import { type BusyTime, isOwnAddress, joinBusy, type TimeWindow } from '@daybook/domain';
import type { ListedMeeting, RowRange } from '../../ports/meeting-reader';
import type { CalendarRecord } from '../../ports/records';
import { coverageAt } from '../coverage';
import { freshnessOf } from '../freshness';
import type { ListSurroundings } from '../list-meetings';
import { pageReader } from '../page-reader';
import { commonStretch, shownStretches } from '../shown-stretch';
import type { Viewer } from '../viewer';

const ROWS_AT_ONCE = 1_000;
/** Nobody is in so many meetings within two months. */
const MOST_ROWS = 20_000;

export interface OwnTimes {
  readonly busy: readonly BusyTime[];
  /** Whether that is all: every calendar that counts is up to date and there for the whole stretch. */
  readonly isAll: boolean;
}

/**
 * When the caller is taken, by what is stored here: meetings in their own calendars that are shown, as rows. A calendar of
 * somebody else that they follow says nothing of them; nor does what they have declined, or what takes no time.
 */
export async function ownTimes(viewer: Viewer, window: TimeWindow, around: ListSurroundings): Promise<OwnTimes> {
  const calendars = [...viewer.visible.values()].filter(({ owned }) => owned);
  const range: RowRange = {
    userIds: [viewer.userId],
    calendarIds: calendars.map(({ _id }) => _id),
    ownOnly: viewer.ownOnly,
    from: new Date(window.from),
    to: new Date(window.to),
    longestMs: Math.max(0, ...calendars.map(({ longestMs }) => longestMs)),
    after: null,
    limit: ROWS_AT_ONCE,
  };
  const read = pageReader(range, coverageAt(around.clock.now()), viewer, around.reader);
  const times: BusyTime[] = [];
  for (let after = range.after, looked = 0; ;) {
    const rows = await read(after, ROWS_AT_ONCE);
    const items = await around.reader.listed(rows.map(({ itemId }) => itemId));
    for (const { itemId, startsAt, endsAt } of rows) {
      const status = statusOf(items.get(itemId), viewer);
      if (status) times.push({ start: startsAt.getTime(), end: endsAt.getTime(), status });
    }
    looked += rows.length;
    const last = rows.at(-1);
    const isOver = rows.length < ROWS_AT_ONCE || !last;
    if (isOver || looked >= MOST_ROWS)
      return { busy: joinBusy(times, window), isAll: isOver && areUpToDate(viewer, calendars, window, around) };
    after = { startsAt: last.startsAt, id: last._id };
  }
}

/** Null where it takes no time of theirs. */
function statusOf(item: ListedMeeting | undefined, viewer: Viewer): BusyTime['status'] | null {
  const content = item?.content;
  if (!item || !content?.busy) return null;
  const own = viewer.connections.get(item.connectionId)?.addresses ?? [];
  const self = content.attendees.find((attendee) => attendee.self === true || isOwnAddress(attendee.email, own));
  const response = self?.response ?? content.response;
  if (response === 'declined') return null;
  return response === 'tentative' ? 'tentative' : 'busy';
}

function areUpToDate(
  viewer: Viewer,
  calendars: readonly CalendarRecord[],
  window: TimeWindow,
  { clock, pollEveryMs }: ListSurroundings,
): boolean {
  const synced = calendars.filter(({ service }) => service !== null);
  if (synced.some(({ _id, unreadable }) => viewer.ownOnly.has(_id) || unreadable > 0)) return false;
  const shown = commonStretch(shownStretches(synced));
  if (shown && (shown.from.getTime() > window.from || shown.to.getTime() < window.to)) return false;
  return !freshnessOf(viewer, synced, { now: clock.now(), pollEveryMs }).stale;
}
