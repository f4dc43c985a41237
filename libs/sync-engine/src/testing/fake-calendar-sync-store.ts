import { instantOf, lastEnd, readSeries } from '@daybook/domain';
import type { Coverage, DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import { askAgainAt } from '../ask-again';
import type {
  AsideItem,
  CalendarSyncState,
  CalendarSyncStore,
  Listing,
  PageCommit,
  PageOutcome,
  PreparedPage,
  ReviewRequest,
  Try,
} from '../calendar-sync-store';
import { bring, takeAway } from './fake-adoption';
import type { FakeMeetingRecords } from './fake-meeting-records';

/** A calendar's store in memory. A crash is a commit that throws after it was applied or before. */
export class FakeCalendarSyncStore implements CalendarSyncStore {
  readonly items = new Map<string, RemoteMeeting>();
  readonly commits: (PageCommit & { readonly upserts: readonly RemoteMeeting[] })[] = [];
  review: ReviewRequest | null = null;
  /** What a person has let through of it. */
  approved: ReadonlySet<string> = new Set();
  state: CalendarSyncState = { cursor: null, listing: null, listed: 0, glanced: false, requested: 0 };
  served = 0;
  /** Items that could not be read, by remote id. */
  readonly aside = new Map<string, { reason: string; tries: number; nextTryAt: Date | null; wasDead: boolean }>();
  private generation = 0;
  private readonly seen = new Map<number, Set<string>>();

  constructor(
    private readonly now: () => number = () => 0,
    /** The calendar's meetings with what waits to be written, where something is written here. */
    private readonly meetings: FakeMeetingRecords | null = null,
  ) {}

  async load(): Promise<CalendarSyncState> {
    return { ...this.state, listed: this.seen.get(this.generation)?.size ?? 0 };
  }

  async beginListing(): Promise<Listing> {
    this.generation += 1;
    const listing = { generation: this.generation, continuation: null, initial: this.served === 0 };
    this.state = { ...this.state, cursor: null, listing };
    this.seen.set(this.generation, new Set());
    return listing;
  }

  async prepare(page: DeltaPage<RemoteMeeting> | null): Promise<PreparedPage> {
    const upserts = (page?.changes ?? []).flatMap((change) => (change.type === 'upserted' ? [change.item] : []));
    const unreadable = (page?.changes ?? []).flatMap((change) => (change.type === 'unreadable' ? [change] : []));
    return {
      commit: async (rest) => {
        const done = await this.commit(upserts, rest);
        for (const remoteId of [...upserts.map((item) => item.remoteId), ...rest.removals]) this.aside.delete(remoteId);
        for (const { remoteId, reason } of unreadable)
          this.aside.set(remoteId, { reason, tries: 0, nextTryAt: askAgainAt(0, this.now()), wasDead: false });
        return { ...done, aside: unreadable.length };
      },
    };
  }

  async asideDue(now: number): Promise<readonly AsideItem[]> {
    return [...this.aside].flatMap(([remoteId, { reason, tries, nextTryAt, wasDead }]) =>
      nextTryAt !== null && nextTryAt.getTime() <= now
        ? [{ id: `qua_${remoteId}`, remoteId, reason, tries, wasDead }]
        : [],
    );
  }

  async noteTry({ remoteId }: AsideItem, after: Try): Promise<void> {
    const before = this.aside.get(remoteId);
    if (!before) return;
    this.aside.set(remoteId, { ...before, ...after, wasDead: before.wasDead || after.nextTryAt === null });
  }

  private async commit(upserts: readonly RemoteMeeting[], rest: PageCommit): Promise<Omit<PageOutcome, 'aside'>> {
    this.commits.push({ ...rest, upserts });
    for (const item of upserts) {
      this.items.set(item.remoteId, item);
      if (this.meetings) bring(this.meetings, item);
    }
    const removed = rest.removals.filter((remoteId) => this.items.delete(remoteId)).length;
    if (this.meetings) for (const remoteId of rest.removals) takeAway(this.meetings, remoteId);
    this.advance(rest);
    return { written: upserts.length, removed };
  }

  async countItems(): Promise<number> {
    return this.items.size;
  }

  async remoteIds(): Promise<readonly string[]> {
    const items = [...this.items.values()];
    const isMember = (item: RemoteMeeting): boolean => 'seriesRemoteId' in item;
    return [...items.filter((item) => !isMember(item)), ...items.filter(isMember)].map(({ remoteId }) => remoteId);
  }

  async unseen(generation: number, within: Coverage | null): Promise<readonly string[]> {
    const seen = this.seen.get(generation) ?? new Set();
    const unseen = [...this.items.values()].filter(({ remoteId }) => !seen.has(remoteId));
    return unseen.filter((item) => within === null || takesPlaceIn(item, within)).map(({ remoteId }) => remoteId);
  }

  async strayed(seriesRemoteIds: readonly string[], shown: ReadonlySet<string>): Promise<readonly string[]> {
    return [...this.items.values()]
      .filter((item) => 'seriesRemoteId' in item && seriesRemoteIds.includes(item.seriesRemoteId))
      .map(({ remoteId }) => remoteId)
      .filter((remoteId) => !shown.has(remoteId));
  }

  async stored(remoteIds: readonly string[]): Promise<readonly string[]> {
    return remoteIds.filter((remoteId) => this.items.has(remoteId));
  }

  async letThrough(): Promise<ReadonlySet<string>> {
    return this.approved;
  }

  async holdForReview(review: ReviewRequest): Promise<void> {
    this.review = review;
    this.approved = new Set();
  }

  /** An item as a write has found it: a listing under way may have passed its place, so it has seen it by that. */
  keep(item: RemoteMeeting): void {
    this.items.set(item.remoteId, item);
    for (const seen of this.seen.values()) seen.add(item.remoteId);
  }

  /** An item that a write has found gone. */
  forget(remoteId: string | null): void {
    if (remoteId !== null) this.items.delete(remoteId);
  }

  private advance({ advance }: PageCommit): void {
    switch (advance.type) {
      case 'none':
        return;
      case 'glanced':
        this.state = { ...this.state, glanced: true };
        return;
      case 'listed': {
        for (const remoteId of advance.seen) this.seen.get(advance.generation)?.add(remoteId);
        const { listing } = this.state;
        if (listing) this.state = { ...this.state, listing: { ...listing, continuation: advance.continuation } };
        return;
      }
      case 'finished':
        this.state = { ...this.state, cursor: advance.resume, listing: null, glanced: true };
        this.served = advance.served + 1;
        this.review = null;
        this.approved = new Set();
    }
  }
}

/** Of a series its whole life counts. */
function takesPlaceIn(item: RemoteMeeting, { from, to }: Coverage): boolean {
  if (item.kind === 'cancelled') return true;
  const { start, end } = item.content;
  return instantOf(start) < to && (item.kind === 'series' ? endOf(item) : instantOf(end)) > from;
}

function endOf({ content: { start, end }, lines }: Extract<RemoteMeeting, { kind: 'series' }>): number {
  const reading = readSeries({ start, end, lines, exceptions: [] });
  return (reading.ok ? lastEnd(reading.series) : null) ?? Infinity;
}
