import type { mongo } from 'mongoose';
import type { ListedMeeting, MeetingReader, RevisionPosition, RowRange } from '../../ports/meeting-reader';
import type { MeetingRecord, OccurrenceRecord, RemovalRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

export class MongoMeetingReader implements MeetingReader {
  constructor(private readonly collections: CalendarCollections) {}

  rows({ userIds, calendarIds, ownOnly, from, to, longestMs, after, limit }: RowRange): Promise<OccurrenceRecord[]> {
    const begin = new Date(from.getTime() - longestMs);
    const position = after
      ? { $or: [{ startsAt: { $gt: after.startsAt } }, { startsAt: after.startsAt, _id: { $gt: after.id } }] }
      : {};
    const lower = after && after.startsAt > begin ? after.startsAt : begin;
    return this.collections.occurrences
      .find({
        userId: { $in: [...userIds] },
        startsAt: { $gte: lower, $lt: to },
        // An occurrence without length counts where it begins.
        $and: [
          { $or: [{ endsAt: { $gt: from } }, { startsAt: { $gte: from } }] },
          position,
          lyingIn(calendarIds, ownOnly),
        ],
      })
      .sort({ startsAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
  }

  rowsById(ids: readonly string[]): Promise<OccurrenceRecord[]> {
    return this.collections.occurrences.find({ _id: { $in: [...ids] } }).toArray();
  }

  rowsByIdentity(
    userIds: readonly string[],
    identities: readonly string[],
    calendarIds: readonly string[],
    ownOnly: ReadonlySet<string>,
  ): Promise<OccurrenceRecord[]> {
    return this.collections.occurrences
      .find({
        userId: { $in: [...userIds] },
        identity: { $in: [...identities] },
        ...lyingIn(calendarIds, ownOnly),
      })
      .toArray();
  }

  async listed(ids: readonly string[]): Promise<Map<string, ListedMeeting>> {
    const found = await this.collections.meetings
      .find<ListedMeeting>({ _id: { $in: [...new Set(ids)] } }, { projection: { 'content.description': 0 } })
      .toArray();
    return new Map(found.map((meeting) => [meeting._id, meeting]));
  }

  meeting(id: string): Promise<MeetingRecord | null> {
    return this.collections.meetings.findOne({ _id: id });
  }

  exceptionsOf(seriesIds: readonly string[]): Promise<MeetingRecord[]> {
    return this.collections.meetings.find({ seriesId: { $in: [...seriesIds] } }).toArray();
  }

  itemsTouching({
    userIds,
    calendarIds,
    ownOnly,
    from,
    to,
    longestMs,
  }: Pick<RowRange, 'userIds' | 'calendarIds' | 'ownOnly' | 'from' | 'to' | 'longestMs'>): Promise<MeetingRecord[]> {
    const begin = new Date(from.getTime() - longestMs);
    return this.collections.meetings
      .find({
        userId: { $in: [...userIds] },
        startsAt: { $lt: to },
        $and: [
          {
            $or: [
              { kind: { $in: ['single', 'exception'] }, startsAt: { $gte: begin } },
              { kind: 'series', $or: [{ lastEndsAt: null }, { lastEndsAt: { $gte: from } }] },
            ],
          },
          lyingIn(calendarIds, ownOnly, { origin: 'client' }),
        ],
      })
      .toArray();
  }

  changedRows(
    { id: calendarId, ownOnly }: { readonly id: string; readonly ownOnly: boolean },
    after: RevisionPosition,
    limit: number,
  ): Promise<OccurrenceRecord[]> {
    return this.collections.occurrences
      .find({ calendarId, ...(ownOnly ? { own: true } : {}), ...beyond(after) })
      .sort({ rev: 1, _id: 1 })
      .limit(limit)
      .toArray();
  }

  removals(calendarId: string, after: RevisionPosition, limit: number): Promise<RemovalRecord[]> {
    return this.collections.removals
      .find({ calendarId, hidden: false, ...beyond(after) })
      .sort({ rev: 1, _id: 1 })
      .limit(limit)
      .toArray();
  }
}

/** `own`: how something scheduled here is told from what a provider brought. */
function lyingIn(
  calendarIds: readonly string[],
  ownOnly: ReadonlySet<string>,
  own: { own: true } | { origin: 'client' } = { own: true },
) {
  if (ownOnly.size === 0) return { calendarId: { $in: [...calendarIds] } };
  const open = calendarIds.filter((id) => !ownOnly.has(id));
  const closed = calendarIds.filter((id) => ownOnly.has(id));
  return { $or: [{ calendarId: { $in: open } }, { calendarId: { $in: closed }, ...own }] };
}

function beyond({ rev, id }: RevisionPosition): mongo.Filter<{ _id: string; rev: number }> {
  return { $or: [{ rev, _id: { $gt: id } }, { rev: { $gt: rev } }] };
}
