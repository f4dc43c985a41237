import {
  answerReviewBodySchema,
  calendarReviewQuerySchema,
  fail,
  parseBody,
  parseQuery,
  type CalendarReview,
  type Caller,
  undoRemovalsBodySchema,
  type RawBody,
  type ReviewItem,
} from '@daybook/contracts';
import type { ListedMeeting } from '../ports/meeting-reader';
import type { CalendarRecord, HeldReview } from '../ports/records';
import type { RemovalUndo, Undone } from '../ports/removal-undo';
import type { ReviewStore } from '../ports/review-store';
import type { ListSurroundings } from './list-meetings';
import { isHidden } from './meeting-view';
import { isShown, requireEnabled, viewerOf, type Viewer } from './viewer';

export interface ReviewSurroundings extends Pick<ListSurroundings, 'store' | 'reader' | 'policy'> {
  readonly reviews: ReviewStore;
  /** A connection has something to do. */
  readonly wake: (connectionId: string) => void;
}

/** `GET /v1/calendars/{id}/review`: what a held run would remove. What may not be read now is not named, as in lists. */
export async function getReview(
  caller: Caller,
  request: { id: string; query: Readonly<Record<string, unknown>> },
  around: Omit<ReviewSurroundings, 'wake'>,
): Promise<CalendarReview> {
  const viewer = await viewerOf(caller, around.store, around.policy);
  const calendar = ownCalendar(viewer, request.id);
  const review = reviewOf(calendar);
  if (!review) throw fail('not_found');
  const { cursor } = parseQuery(calendarReviewQuerySchema, request.query);
  const page = pageOf(cursor, review);
  const { itemIds, more } = await around.reviews.page(calendar._id, page);
  const listed = await around.reader.listed(itemIds);
  const { removing, existing, since, version, appliedBy } = review;
  return {
    ...{ removing, existing, since: since.toISOString(), applied: appliedBy !== null },
    items: itemIds.flatMap((id) => itemView(listed.get(id), viewer)),
    next: more ? `${version}.${page + 1}` : null,
    version,
  };
}

/** `POST /v1/calendars/{id}/review`; gives the calendar the answer is about. */
export async function answerReview(
  caller: Caller,
  request: { id: string; ifMatch?: string | undefined; body: RawBody },
  around: ReviewSurroundings,
): Promise<CalendarRecord> {
  if (caller.role === 'service') throw fail('forbidden');
  const viewer = await viewerOf(caller, around.store, around.policy);
  const calendar = ownCalendar(viewer, request.id);
  const { action } = parseBody(answerReviewBodySchema, request.body);
  const review = reviewOf(calendar);
  const { ifMatch } = request;
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== review?.version) throw stale(review);
  if (!review) throw fail('not_found');
  if (action === 'apply' && ifMatch === undefined)
    throw fail('bad_request', 'Send the version of the review you have seen as If-Match.');
  // Said twice it is the same answer.
  if (action === 'apply' && review.appliedBy !== null) return calendar;
  const answer = { calendar, version: review.version, actorId: caller.userId };
  const taken = action === 'apply' ? await around.reviews.apply(answer) : await around.reviews.resync(answer);
  if (!taken) throw stale(null);
  around.wake(calendar.connectionId);
  return calendar;
}

/** `POST /v1/calendars/{id}/undo-removals`: what its provider took away since then is back, in no calendar. */
export async function undoRemovals(
  caller: Caller,
  request: { id: string; body: RawBody },
  around: Pick<ReviewSurroundings, 'store' | 'policy'> & { readonly removals: RemovalUndo },
): Promise<Undone> {
  if (caller.role === 'service') throw fail('forbidden');
  const viewer = await viewerOf(caller, around.store, around.policy);
  const calendar = ownCalendar(viewer, request.id);
  const { since } = parseBody(undoRemovalsBodySchema, request.body);
  // What may not be read now must not become readable as something else.
  if (!viewer.connections.get(calendar.connectionId)?.readable) throw fail('permission_missing');
  return around.removals.undo({ calendar, since: new Date(since), actorId: caller.userId });
}

function ownCalendar(viewer: Viewer, id: string): CalendarRecord {
  requireEnabled(viewer);
  const found = viewer.calendars.find(({ _id }) => _id === id);
  if (!found) throw fail('not_found');
  return found;
}

/** Of a calendar that is left out no run goes on, so nothing waits for an answer. */
function reviewOf({ review, selected }: CalendarRecord): HeldReview | null {
  return selected ? review : null;
}

function stale(review: HeldReview | null): Error {
  return fail('version_conflict', undefined, review ? { currentVersion: review.version } : {});
}

/** A cursor goes on in the set it was given with; in any other its place means nothing. */
function pageOf(cursor: string | undefined, { version }: HeldReview): number {
  if (cursor === undefined) return 0;
  const [of, page = ''] = cursor.split('.');
  if (of !== version || !/^\d{1,6}$/.test(page)) throw fail('cursor_expired');
  return Number(page);
}

/** Nothing where it is gone meanwhile, or may not be read now. */
function itemView(item: ListedMeeting | undefined, viewer: Viewer): ReviewItem[] {
  if (!item) return [];
  const own = item.origin === 'client' ? { own: true as const } : {};
  if (!isShown(viewer, { calendarId: item.calendarId, ...own })) return [];
  const redacted = isHidden(item, viewer);
  const start = item.content?.start ?? { dateTime: item.startsAt.toISOString().slice(0, 19), timeZone: 'UTC' };
  return [{ id: item._id, title: redacted ? null : (item.content?.title ?? null), start, redacted }];
}
