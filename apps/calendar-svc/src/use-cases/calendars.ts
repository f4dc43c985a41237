import {
  changeCalendarBodySchema,
  fail,
  parseBody,
  type Calendar,
  type Caller,
  type Freshness,
  type RawBody,
} from '@daybook/contracts';
import type { CalendarRecord, HeldReview } from '../ports/records';
import { freshnessOf } from './freshness';
import type { ListSurroundings } from './list-meetings';
import { requireEnabled, viewerOf, type Viewer } from './viewer';

type Surroundings = Pick<ListSurroundings, 'store' | 'policy' | 'clock' | 'pollEveryMs'>;

/** The ledger's own time. */
const UNDO_MS = 30 * 86_400_000;

export interface CalendarList {
  readonly items: Calendar[];
  readonly next: null;
  readonly freshness: Freshness;
}

/** `GET /v1/calendars`: the caller's own, of all their connections. */
export async function listCalendars(
  caller: Caller,
  query: Readonly<Record<string, unknown>>,
  around: Surroundings,
): Promise<CalendarList> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  requireEnabled(viewer);
  const { hostUserId } = query;
  if (hostUserId !== undefined && hostUserId !== caller.userId) throw fail('not_found');
  const freshness = freshnessOf(viewer, viewer.calendars, {
    now: around.clock.now(),
    pollEveryMs: around.pollEveryMs,
  });
  return {
    items: viewer.calendars.flatMap((calendar) => calendarView(calendar, viewer, around)),
    next: null,
    freshness,
  };
}

/** `PATCH /v1/calendars/{id}`: whether a calendar is synced and shown. */
export async function changeCalendar(
  caller: Caller,
  request: { id: string; ifMatch?: string | undefined; body: RawBody },
  around: Surroundings,
): Promise<Calendar> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  requireEnabled(viewer);
  const before = viewer.calendars.find(({ _id }) => _id === request.id);
  if (!before) throw fail('not_found');
  const { selected } = parseBody(changeCalendarBodySchema, request.body);
  const after = await around.store.select({
    calendar: before,
    selected,
    ifVersion: wantedVersion(request.ifMatch),
    actorId: caller.userId,
  });
  if (!after) throw fail('version_conflict', undefined, { currentVersion: `${before.version}` });
  const [view] = calendarView(after, viewer, around);
  if (!view) throw fail('not_found');
  return view;
}

/** Bare or quoted, weak or strong; `*` and absence match all. A version we never gave matches nothing. */
function wantedVersion(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  const bare = ifMatch
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
  return /^\d{1,15}$/.test(bare) ? Number(bare) : -1;
}

/** None of what lies in no calendar. */
function calendarView(calendar: CalendarRecord, viewer: Viewer, around: Surroundings): Calendar[] {
  const { service } = calendar;
  if (service === null) return [];
  const own = {
    ...viewer,
    connections: new Map([...viewer.connections].filter(([id]) => id === calendar.connectionId)),
  };
  const view: Calendar = {
    id: calendar._id,
    connectionId: calendar.connectionId,
    name: calendar.name,
    service,
    colour: calendar.colour,
    timeZone: calendar.timeZone,
    primary: calendar.primary,
    writable: calendar.writable,
    selected: calendar.selected,
    freshness: freshnessOf(own, [calendar], { now: around.clock.now(), pollEveryMs: around.pollEveryMs }),
    unreadable: calendar.unreadable,
    review: calendar.review && calendar.selected ? reviewView(calendar.review) : null,
    undoable: undoableView(calendar, around.clock.now()),
    version: `${calendar.version}`,
  };
  return [view];
}

function reviewView({ removing, existing, since }: HeldReview): Calendar['review'] {
  return { removing, existing, since: since.toISOString() };
}

/** As long as the ledger remembers it, and not before it went. */
function undoableView({ letThrough, review }: CalendarRecord, now: number): Calendar['undoable'] {
  if (!letThrough || review?.appliedBy || letThrough.since.getTime() < now - UNDO_MS) return null;
  return { removed: letThrough.removed, since: letThrough.since.toISOString() };
}
