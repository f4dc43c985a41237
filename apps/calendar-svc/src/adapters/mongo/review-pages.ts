import type { mongo } from 'mongoose';
import { deterministicId } from '@daybook/platform/crypto';
import type { MeetingRecord, ReviewPageRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

/*
 * What a held run would remove, in pages of one answer each: what is ahead first, then what is over, the latest first, and at
 * the end what nobody is shown. So a review of any size is read a page at a time, and nothing is sorted for it again.
 */

/** Meetings of one page. */
const PAGE = 100;
const ASKED_AT_ONCE = 5_000;

type Vanishing = Pick<MeetingRecord, '_id' | 'remoteId' | 'kind' | 'startsAt' | 'endsAt' | 'lastEndsAt'>;

/** The same for the same set, in whatever order it comes. */
export function reviewVersion(remoteIds: readonly string[]): string {
  return deterministicId('rvw', [...remoteIds].sort().join('\n'));
}

/** Of these remote ids those under which something is stored. */
export async function storedRemoteIds(
  { meetings }: CalendarCollections,
  calendarId: string,
  remoteIds: readonly string[],
): Promise<string[]> {
  const stored = new Set<string>();
  const projection = { remoteId: 1, _id: 0 };
  for (let start = 0; start < remoteIds.length; start += ASKED_AT_ONCE) {
    const remoteId = { $in: remoteIds.slice(start, start + ASKED_AT_ONCE) };
    for await (const item of meetings.find({ calendarId, remoteId }, { projection })) stored.add(item.remoteId);
  }
  return [...stored];
}

/** Everything a review is about. */
export async function reviewedRemoteIds({ reviews }: CalendarCollections, calendarId: string): Promise<Set<string>> {
  const reviewed = new Set<string>();
  for await (const { remoteIds } of reviews.find({ calendarId })) for (const id of remoteIds) reviewed.add(id);
  return reviewed;
}

export async function reviewPages(
  { meetings }: CalendarCollections,
  { calendarId, remoteIds, now }: { calendarId: string; remoteIds: readonly string[]; now: Date },
): Promise<ReviewPageRecord[]> {
  const found: Vanishing[] = [];
  const projection = { remoteId: 1, kind: 1, startsAt: 1, endsAt: 1, lastEndsAt: 1 };
  for (let start = 0; start < remoteIds.length; start += ASKED_AT_ONCE) {
    const remoteId = { $in: remoteIds.slice(start, start + ASKED_AT_ONCE) };
    found.push(...(await meetings.find<Vanishing>({ calendarId, remoteId }, { projection }).toArray()));
  }
  const shown = found.filter(({ kind }) => kind !== 'cancelled').sort(byInterest(now));
  const hidden = found.filter(({ kind }) => kind === 'cancelled');
  return [...inPages(shown, true), ...inPages(hidden, false)].map((content, page) => ({
    ...{ _id: `${calendarId}.${page}`, calendarId, page },
    ...content,
  }));
}

export async function replaceReviewPages(
  { reviews }: Pick<CalendarCollections, 'reviews'>,
  session: mongo.ClientSession,
  calendarId: string,
  pages: readonly ReviewPageRecord[],
): Promise<void> {
  await reviews.deleteMany({ calendarId }, { session });
  if (pages.length > 0) await reviews.insertMany([...pages], { session });
}

function inPages(items: readonly Vanishing[], shown: boolean): Pick<ReviewPageRecord, 'remoteIds' | 'itemIds'>[] {
  const pages: Pick<ReviewPageRecord, 'remoteIds' | 'itemIds'>[] = [];
  for (let start = 0; start < items.length; start += PAGE) {
    const page = items.slice(start, start + PAGE);
    const itemIds = shown ? page.map(({ _id }) => _id) : [];
    pages.push({ remoteIds: page.map(({ remoteId }) => remoteId), itemIds });
  }
  return pages;
}

function byInterest(now: Date): (one: Vanishing, other: Vanishing) => number {
  const ahead = ({ kind, endsAt, lastEndsAt }: Vanishing): boolean =>
    kind === 'series' ? lastEndsAt === null || lastEndsAt >= now : endsAt >= now;
  return (one, other) => {
    if (ahead(one) !== ahead(other)) return ahead(one) ? -1 : 1;
    const order = one.startsAt.getTime() - other.startsAt.getTime() || (one._id < other._id ? -1 : 1);
    return ahead(one) ? order : -order;
  };
}
