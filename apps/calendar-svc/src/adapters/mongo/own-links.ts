import type { RemoteChange, RemoteMeeting } from '@daybook/provider-port';
import type { CalendarRecord, MeetingRecord } from '../../ports/records';
import type { CalendarCollections } from './collections';

/**
 * Which items of a calendar are meetings scheduled here. By name where we know it: we wrote them, or have begun to. By our marker
 * where we do not: the connection was deleted and made again. A copy that somebody made of such an item carries the marker too
 * and is none, because its meeting lies elsewhere.
 */
export class OwnLinks {
  private constructor(
    private readonly collections: CalendarCollections,
    private readonly calendar: Pick<CalendarRecord, '_id' | 'userId'>,
    private readonly ids: Map<string, string>,
    /** Items that are to go: they are nobody's any more. */
    private readonly leaving: ReadonlySet<string>,
  ) {}

  static async load(
    collections: CalendarCollections,
    calendar: Pick<CalendarRecord, '_id' | 'userId' | 'connectionId'>,
  ): Promise<OwnLinks> {
    const [own, left] = await Promise.all([
      collections.meetings
        .find({ calendarId: calendar._id, origin: 'client', seriesId: null }, { projection: { remoteId: 1 } })
        .toArray(),
      collections.meetings
        .find(
          { 'writing.left.connectionId': calendar.connectionId, 'writing.left.calendarId': calendar._id },
          { projection: { 'writing.left': 1 } },
        )
        .toArray(),
    ]);
    const ids = new Map(own.flatMap(({ _id, remoteId }) => (remoteId === '' ? [] : [[remoteId, _id]])));
    const leaving = left.flatMap(({ writing }) =>
      (writing?.left ?? []).filter(({ calendarId }) => calendarId === calendar._id).map(({ remoteId }) => remoteId),
    );
    return new OwnLinks(collections, calendar, ids, new Set(leaving));
  }

  readonly idOf = (remoteId: string): string | undefined => this.ids.get(remoteId);

  isOwn(meetingId: string): boolean {
    return [...this.ids.values()].includes(meetingId);
  }

  /** Its meeting lies elsewhere now, and it will be removed. */
  isLeaving(remoteId: string): boolean {
    return this.leaving.has(remoteId);
  }

  /** Notes meetings of ours that carry their marker and have no place so far. */
  async recognise(changes: readonly RemoteChange<RemoteMeeting>[], deployment: string): Promise<void> {
    const marked = new Map<string, string>();
    for (const change of changes) {
      if (change.type !== 'upserted') continue;
      const { item } = change;
      if (item.kind === 'cancelled' || item.kind === 'exception' || item.marker?.deployment !== deployment) continue;
      if (!this.ids.has(item.remoteId)) marked.set(item.marker.meetingId, item.remoteId);
    }
    if (marked.size === 0) return;
    const found = await this.collections.meetings
      .find({ _id: { $in: [...marked.keys()] }, userId: this.calendar.userId, origin: 'client' })
      .project<Pick<MeetingRecord, '_id' | 'remoteId'>>({ remoteId: 1 })
      .toArray();
    for (const { _id, remoteId } of found) {
      const item = marked.get(_id);
      if (item !== undefined && remoteId === '') this.ids.set(item, _id);
    }
  }
}
