import { instantOf, originalStartKey } from '@daybook/domain';
import type { RemoteChange, RemoteMeeting } from '@daybook/provider-port';
import { deterministicId } from '@daybook/platform/crypto';
import type { CalendarRecord, MeetingRecord } from '../../ports/records';
import { meetingIdOf } from '../../use-cases/remote-to-meeting';
import type { CalendarCollections } from './collections';

type Former = Pick<MeetingRecord, '_id' | 'remoteId' | 'iCalUid' | 'kind' | 'seriesId' | 'originalStart' | 'startsAt'>;

const PROJECTION = { remoteId: 1, iCalUid: 1, kind: 1, seriesId: 1, originalStart: 1, startsAt: 1 } as const;

/**
 * Which items of a calendar are which, where its provider has changed once: ids cannot be worked out from remote ids there. By
 * the name an item goes by; by the one it was known by at first; or, while it goes by a name of the provider before, by iCalUID and
 * start. What could be two is matched by its start only. Remembers what it has found, because pages are read ahead of commits.
 * Limits: an occurrence that was taken out has no iCalUID and is known only by its series, which has to come no later than it.
 */
export class KnownNames {
  private readonly ids = new Map<string, string>();
  private readonly taken = new Set<string>();

  constructor(
    private readonly collections: CalendarCollections,
    private readonly calendar: Pick<CalendarRecord, '_id' | 'timeZone'>,
  ) {}

  readonly idOf = (remoteId: string): string | undefined => this.ids.get(remoteId);

  /** Learns the names on a page. */
  async learn(changes: readonly RemoteChange<RemoteMeeting>[]): Promise<void> {
    const items = changes.flatMap((change) => (change.type === 'upserted' ? [change.item] : []));
    await this.byName(items);
    const unknown = items.filter((item) => !this.ids.has(headOf(item)));
    if (unknown.length === 0) return;
    await this.byFirstName(unknown);
    await this.byContent(unknown.filter((item) => !this.ids.has(headOf(item))));
  }

  private async byName(items: readonly RemoteMeeting[]): Promise<void> {
    const names = new Set(items.flatMap((item) => [item.remoteId, headOf(item)]));
    const asked = [...names].filter((name) => !this.ids.has(name));
    const found = await this.find({ remoteId: { $in: asked } });
    for (const { _id, remoteId, seriesId } of found) if (seriesId === null) this.note(remoteId, _id);
    const seriesOf = new Map(found.map(({ remoteId, seriesId }) => [remoteId, seriesId]));
    for (const item of items) {
      const seriesId = isMember(item) ? seriesOf.get(item.remoteId) : null;
      if (seriesId && !this.ids.has(headOf(item))) this.note(headOf(item), seriesId);
    }
  }

  /** The id that follows from a name may be another item's by now: then this one gets an id of its own. */
  private async byFirstName(items: readonly RemoteMeeting[]): Promise<void> {
    const names = new Map(items.map((item) => [meetingIdOf(this.calendar._id, headOf(item)), headOf(item)]));
    const found = await this.collections.meetings
      .find({ _id: { $in: [...names.keys()] }, calendarId: this.calendar._id }, { projection: { former: 1 } })
      .toArray();
    for (const { _id, former } of found) {
      const name = names.get(_id) ?? '';
      this.note(name, former === 'name' ? _id : deterministicId('mtg', this.calendar._id, name, 'renamed'));
    }
  }

  private async byContent(items: readonly RemoteMeeting[]): Promise<void> {
    const uids = [...new Set(items.flatMap((item) => uidOf(item) ?? []))];
    if (uids.length === 0) return;
    const former = await this.find({ former: 'name', iCalUid: { $in: uids } });
    for (const item of items.filter((one) => !isMember(one))) this.match(item, former, (one) => this.starts(one, item));
    for (const item of items.filter((one) => !isMember(one))) this.match(item, former, () => true);
    for (const item of items.filter(isMember)) this.matchMember(item, former);
  }

  /** Of singles and series; both are items of their own, and one may have become the other. */
  private match(item: RemoteMeeting, former: readonly Former[], fits: (one: Former) => boolean): void {
    if (this.ids.has(item.remoteId)) return;
    const [one, ...more] = former.filter(
      (candidate) =>
        candidate.seriesId === null &&
        candidate.iCalUid === uidOf(item) &&
        !this.taken.has(candidate._id) &&
        fits(candidate),
    );
    if (one && more.length === 0) this.note(item.remoteId, one._id);
  }

  /** An occurrence told before its series, or without one. */
  private matchMember(item: Member, former: readonly Former[]): void {
    if (this.ids.has(item.seriesRemoteId)) return;
    const uid = uidOf(item);
    const key = originalStartKey(item.originalStart);
    const same = former.filter(({ iCalUid }) => iCalUid !== null && iCalUid === uid);
    const itself = same.find(({ originalStart }) => originalStart && originalStartKey(originalStart) === key);
    const id = itself?.seriesId ?? same.find(({ kind }) => kind === 'series')?._id;
    if (id !== undefined) this.note(item.seriesRemoteId, id);
  }

  private starts({ startsAt }: Former, item: RemoteMeeting): boolean {
    if (item.kind === 'cancelled') return false;
    return startsAt.getTime() === instantOf(item.content.start, this.calendar.timeZone ?? 'UTC');
  }

  private note(remoteId: string, id: string): void {
    this.ids.set(remoteId, id);
    this.taken.add(id);
  }

  private find(which: object): Promise<Former[]> {
    return this.collections.meetings
      .find<Former>({ calendarId: this.calendar._id, remoteVersion: { $ne: '' }, ...which }, { projection: PROJECTION })
      .toArray();
  }
}

type Member = Extract<RemoteMeeting, { readonly seriesRemoteId: string }>;

const isMember = (item: RemoteMeeting): item is Member => 'seriesRemoteId' in item;
const headOf = (item: RemoteMeeting): string => (isMember(item) ? item.seriesRemoteId : item.remoteId);
const uidOf = (item: RemoteMeeting): string | null => (item.kind === 'cancelled' ? null : item.iCalUid);
