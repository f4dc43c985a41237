import type { Coverage, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import type {
  Advance,
  AsideItem,
  CalendarSyncState,
  CalendarSyncStore,
  Listing,
  PageCommit,
  PageOutcome,
  PreparedPage,
  ReviewRequest,
  Try,
} from '@daybook/sync-engine';
import type { Lease } from '@daybook/platform/mongo';
import type { OutboxRow } from '@daybook/platform/outbox';
import type { CalendarRecord } from '../../ports/records';
import { auditEntry } from '../../use-cases/audit-entry';
import { meetingIdOf, remoteToMeeting, type MeetingCandidate } from '../../use-cases/remote-to-meeting';
import { advanceUpdate, type CalendarAdvance } from './advance-update';
import { AsideItems, type AsideChange, type UnreadableItem } from './aside-items';
import { claimCalendar, holdOf, type Hold } from './claim-calendar';
import { commitSlice } from './commit-slice';
import { inTurns } from './in-turns';
import { KnownNames } from './known-names';
import { KnownUnits } from './known-units';
import { OwnLinks } from './own-links';
import { PageWriter, type PlannedPage } from './page-writer';
import { quietly } from '../../use-cases/quietly';
import { reviewedRemoteIds, reviewPages, reviewVersion, storedRemoteIds } from './review-pages';
import type { SyncStoreSurroundings } from './sync-store-surroundings';

/** As many as a glance brings. */
const FEW_ITEMS = 2_000;

interface ReadItems {
  readonly candidates: readonly MeetingCandidate[];
  readonly unreadable: readonly UnreadableItem[];
}

/** One calendar under one lease, on MongoDB. Items, occurrences, ledger, outbox and cursor move in the same transaction. */
export class MongoCalendarSyncStore implements CalendarSyncStore {
  private writer: PageWriter | null = null;
  /** What was written later than this in the same run cannot be missing from what the provider lists. */
  private sweptUpToRev = Infinity;
  /** What was there when the listing began, where that is little, as in a first listing; else it is looked up at the end. */
  private storedBefore: readonly string[] | null = null;
  /** Before the first listing is through: what is stored already. */
  private known: Promise<KnownUnits> | null = null;
  private aside: Promise<AsideItems> | null = null;
  private claimed: Promise<CalendarRecord> | null = null;
  private links: Promise<OwnLinks> | null = null;
  /** Where ids do not follow from remote ids. */
  private names: KnownNames | null = null;
  /** What the provider says this run covers; null where it covers everything. */
  private shown: CalendarRecord['shown'] | null = null;

  constructor(
    private readonly around: SyncStoreSurroundings,
    private readonly lease: Lease,
    private readonly calendar: CalendarRecord,
  ) {}

  async load(): Promise<CalendarSyncState> {
    const now = await this.claim();
    this.begin(now);
    const { cursor, listing, glanced, requested } = now;
    const listed = listing?.continuation ? await this.listedBy(listing.generation) : 0;
    return { cursor, listing, listed, glanced, requested };
  }

  private async listedBy(generation: number): Promise<number> {
    const ofIt = { $match: { calendarId: this.calendar._id, generation } };
    const sum = { $group: { _id: null, items: { $sum: { $size: '$remoteIds' } } } };
    const [found] = await this.around.collections.listedPages.aggregate<{ items: number }>([ofIt, sum]).toArray();
    return found?.items ?? 0;
  }

  private begin(claimed: CalendarRecord): PageWriter {
    const { rev, lastSuccessAt } = claimed;
    const writer = new PageWriter(this.around, holdOf(this.lease, claimed), this.calendar, rev);
    this.writer = writer;
    this.sweptUpToRev = rev;
    if (claimed.renamed) this.names = new KnownNames(this.around.collections, this.calendar);
    // Asked for before the first page comes, so that it finds them there.
    const { collections } = this.around;
    if (lastSuccessAt === null) this.known = quietly(KnownUnits.load(collections, this.calendar._id));
    this.links = quietly(OwnLinks.load(collections, this.calendar));
    void quietly(this.asideItems());
    return writer;
  }

  async beginListing(): Promise<Listing> {
    const before = await this.current();
    this.sweptUpToRev = before.rev;
    // Names that are there now may be others by the end.
    this.storedBefore = before.renamed ? null : await this.storedIfFew();
    const listing: Listing = {
      generation: before.generation + 1,
      continuation: null,
      initial: before.lastSuccessAt === null,
    };
    await commitSlice(this.around, await this.hold(), this.calendar, null, {
      set: { generation: listing.generation, listing, cursor: null },
    });
    await this.around.collections.listedPages.deleteMany({
      calendarId: this.calendar._id,
      generation: { $lt: listing.generation },
    });
    return listing;
  }

  async prepare(page: DeltaPage<RemoteMeeting> | null): Promise<PreparedPage> {
    if (page?.coverage) this.shown = { from: new Date(page.coverage.from), to: new Date(page.coverage.to) };
    // An item that is asked for alone needs no state of the listing.
    const writer = this.writer ?? this.begin(await this.claim());
    const links = await this.links;
    await links?.recognise(page?.changes ?? [], this.around.deployment);
    await this.names?.learn(page?.changes ?? []);
    const reading = {
      calendar: this.calendar,
      detectJoin: this.around.detectJoin,
      ...(links ? { ownIdOf: links.idOf } : {}),
      ...(this.names ? { knownIdOf: this.names.idOf } : {}),
    };
    const candidates: MeetingCandidate[] = [];
    const unreadable = new Map<string, UnreadableItem>();
    const gone = new Set(page?.changes.flatMap((change) => (change.type === 'removed' ? [change.remoteId] : [])));
    await inTurns(page?.changes ?? [], (change) => {
      if (change.type === 'unreadable') unreadable.set(change.remoteId, change);
      if (change.type !== 'upserted') return;
      if (links?.isLeaving(change.item.remoteId)) return;
      // A series takes its occurrences along, in whatever order they are told.
      if ('seriesRemoteId' in change.item && gone.has(change.item.seriesRemoteId)) return;
      const read = remoteToMeeting(change.item, reading);
      if (read.type === 'unreadable') return void unreadable.set(read.remoteId, read);
      candidates.push(read.meeting);
      // Within a page the last word counts.
      if (unreadable.size > 0) unreadable.delete(change.item.remoteId);
    });
    const planned = await writer.plan(candidates, await this.known, (unitId) => links?.isOwn(unitId) ?? false);
    const items = { candidates, unreadable: [...unreadable.values()] };
    return { commit: (rest) => this.commit(writer, { planned, ...items }, rest) };
  }

  private async commit(
    writer: PageWriter,
    { planned, ...items }: ReadItems & { planned: PlannedPage },
    rest: PageCommit,
  ): Promise<PageOutcome> {
    const asideItems = await this.asideItems();
    const aside = await asideChange(asideItems, items, rest);
    const gone = rest.removals.length === 0 ? [] : await this.storedByRemoteId(rest.removals);
    const moves = this.moved(rest.advance);
    const advance = aside ? { set: {}, ...moves, aside } : moves;
    const written = await writer.write(planned, gone, { initial: rest.initial, advance });
    if (aside) asideItems.committed(aside);
    if (rest.advance.type === 'finished' && rest.advance.listed !== null)
      await this.around.collections.listedPages.deleteMany({ calendarId: this.calendar._id });
    return { ...written, aside: items.unreadable.length };
  }

  private moved(advance: Advance): CalendarAdvance | null {
    const { clock, pollEveryMs } = this.around;
    const { review, takeover = null } = this.calendar;
    const run = { now: new Date(clock.now()), pollEveryMs, shown: this.shown, takeover };
    const moves = advanceUpdate(advance, run);
    if (advance.type !== 'finished' || review === null || moves === null) return moves;
    const { removing, existing } = review;
    return { ...moves, audit: this.audit('run.released', { removing, existing }), reviewPages: [] };
  }

  async countItems(): Promise<number> {
    return this.around.collections.meetings.countDocuments({ calendarId: this.calendar._id });
  }

  async unseen(generation: number, within: Coverage | null): Promise<readonly string[]> {
    if (this.storedBefore?.length === 0) return [];
    const { listedPages, meetings } = this.around.collections;
    const seen = new Set<string>();
    const pages = listedPages.find({ calendarId: this.calendar._id, generation }, { projection: { remoteIds: 1 } });
    for await (const page of pages) for (const id of page.remoteIds) seen.add(id);
    if (this.storedBefore && within === null) return this.storedBefore.filter((remoteId) => !seen.has(remoteId));
    const unseen: string[] = [];
    const before = this.storedBefore
      ? { remoteId: { $in: [...this.storedBefore] } }
      : { rev: { $lte: this.sweptUpToRev } };
    const stored = meetings.find(
      {
        calendarId: this.calendar._id,
        remoteVersion: { $ne: '' },
        ...before,
        ...(within ? takingPlaceIn(within) : {}),
      },
      { projection: { remoteId: 1, _id: 0 }, batchSize: 5_000 },
    );
    for await (const { remoteId } of stored) if (!seen.has(remoteId)) unseen.push(remoteId);
    return unseen;
  }

  async strayed(seriesRemoteIds: readonly string[], shown: ReadonlySet<string>): Promise<readonly string[]> {
    const links = await this.links;
    const seriesIds = seriesRemoteIds.map(
      (id) => links?.idOf(id) ?? this.names?.idOf(id) ?? meetingIdOf(this.calendar._id, id),
    );
    const members = await this.around.collections.meetings
      .find({ calendarId: this.calendar._id, seriesId: { $in: seriesIds } }, { projection: { remoteId: 1, _id: 0 } })
      .toArray();
    // One that is still to be written has no name there yet.
    return members.flatMap(({ remoteId }) => (remoteId === '' || shown.has(remoteId) ? [] : [remoteId]));
  }

  private async storedIfFew(): Promise<readonly string[] | null> {
    const stored = await this.around.collections.meetings
      // What is still to be written cannot be missing.
      .find({ calendarId: this.calendar._id, remoteVersion: { $ne: '' } }, { projection: { remoteId: 1, _id: 0 } })
      .limit(FEW_ITEMS + 1)
      .toArray();
    return stored.length > FEW_ITEMS ? null : stored.map(({ remoteId }) => remoteId);
  }

  async stored(remoteIds: readonly string[]): Promise<readonly string[]> {
    return storedRemoteIds(this.around.collections, this.calendar._id, remoteIds);
  }

  async letThrough(): Promise<ReadonlySet<string>> {
    const { review } = await this.claim();
    return review?.appliedBy ? reviewedRemoteIds(this.around.collections, this.calendar._id) : new Set();
  }

  async holdForReview({ removals, existing, served }: ReviewRequest): Promise<void> {
    const now = new Date(this.around.clock.now());
    const { review: before } = await this.claim();
    // What is left after a set was let through is a question of its own.
    const goesOn = before?.appliedBy === null ? before : null;
    const since = goesOn?.since ?? now;
    const removing = removals.length;
    const version = reviewVersion(removals);
    const problem: CalendarRecord['problem'] = {
      code: 'removal_review',
      detail: `The provider no longer shows ${removing} of ${existing} items; nothing was removed.`,
      blame: 'user',
      since: since.toISOString(),
    };
    const nextSyncAt = new Date(now.getTime() + this.around.pollEveryMs);
    const review = { removing, existing, since, version, appliedBy: null };
    const set = { review, problem, served, nextSyncAt, failures: 0 };
    const asked = { calendarId: this.calendar._id, remoteIds: removals, now };
    await commitSlice(this.around, await this.hold(), this.calendar, null, {
      set,
      ...(goesOn ? {} : { audit: this.audit('run.held', { removing, existing }) }),
      ...(goesOn?.version === version ? {} : { reviewPages: await reviewPages(this.around.collections, asked) }),
    });
  }

  private audit(action: 'run.held' | 'run.released', details: { removing: number; existing: number }): OutboxRow[] {
    const { _id: targetId, accountId } = this.calendar;
    const note = { accountId, actorId: 'system', action, targetType: 'calendar', targetId, details } as const;
    return this.around.outbox.rows([auditEntry(note, new Date(this.around.clock.now()))]);
  }

  async asideDue(now: number): Promise<readonly AsideItem[]> {
    return (await this.asideItems()).due(now);
  }

  async noteTry(item: AsideItem, after: Try): Promise<void> {
    const aside = { put: [], leaving: [], tried: { item, after } };
    await commitSlice(this.around, await this.hold(), this.calendar, null, { set: {}, aside });
  }

  private asideItems(): Promise<AsideItems> {
    this.aside ??= this.claim().then(() => AsideItems.load(this.around.collections, this.calendar._id));
    return this.aside;
  }

  async remoteIds(): Promise<readonly string[]> {
    const stored = this.around.collections.meetings.find(
      { calendarId: this.calendar._id },
      { projection: { remoteId: 1, seriesId: 1, _id: 0 }, batchSize: 5_000 },
    );
    const heads: string[] = [];
    const members: string[] = [];
    for await (const { remoteId, seriesId } of stored) (seriesId === null ? heads : members).push(remoteId);
    return [...heads, ...members];
  }

  /** Once, before anything is read that a transaction will rest on. */
  private claim(): Promise<CalendarRecord> {
    this.claimed ??= claimCalendar(this.around.collections, this.lease, this.calendar._id);
    return this.claimed;
  }

  private async hold(): Promise<Hold> {
    return holdOf(this.lease, await this.claim());
  }

  private async current(): Promise<CalendarRecord> {
    const found = await this.around.collections.calendars.findOne({ _id: this.calendar._id });
    if (!found) throw new Error('the calendar is gone');
    return found;
  }

  private async storedByRemoteId(remoteIds: readonly string[]): Promise<{ _id: string; seriesId: string | null }[]> {
    const { meetings } = this.around.collections;
    const calendarId = this.calendar._id;
    const stored = await meetings
      .find({ calendarId, remoteId: { $in: [...remoteIds] } }, { projection: { remoteId: 1, seriesId: 1 } })
      .toArray();
    const known = new Set(stored.map(({ remoteId }) => remoteId));
    const heads = remoteIds.filter((remoteId) => !known.has(remoteId)).map((one) => meetingIdOf(calendarId, one));
    if (heads.length === 0) return stored;
    // A series that was removed from here is gone already: occurrences of it that came after that are on their own.
    const orphans = await meetings
      .find({ calendarId, seriesId: { $in: heads } }, { projection: { seriesId: 1 } })
      .toArray();
    return [...stored, ...orphans];
  }
}

/** Of a series its whole life counts; where it has no end, that is all time after its beginning. */
function takingPlaceIn({ from, to }: Coverage) {
  const since = new Date(from);
  return {
    startsAt: { $lt: new Date(to) },
    $or: [
      { kind: { $ne: 'series' as const }, endsAt: { $gt: since } },
      { kind: 'series' as const, lastEndsAt: null },
      { kind: 'series' as const, lastEndsAt: { $gt: since } },
    ],
  };
}

/** Who leaves also because a complete listing no longer shows them, and who is put aside. */
async function asideChange(
  items: AsideItems,
  { candidates, unreadable }: ReadItems,
  rest: PageCommit,
): Promise<AsideChange | null> {
  const ended = rest.advance.type === 'finished' ? rest.advance.listed : null;
  const unlisted = ended === null ? [] : await items.unlisted(ended);
  return items.changeOf(unreadable, candidates, [...rest.removals, ...unlisted]);
}
