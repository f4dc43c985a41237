import type { DeltaPage, RemoteMeeting } from '@daybook/provider-port';
import type {
  CalendarSyncState,
  CalendarSyncStore,
  Listing,
  PageCommit,
  PageOutcome,
  PreparedPage,
  ReviewRequest,
} from '../calendar-sync-store';

/** A calendar's store in memory. A crash is a commit that throws after it was applied or before. */
export class FakeCalendarSyncStore implements CalendarSyncStore {
  readonly items = new Map<string, RemoteMeeting>();
  readonly commits: (PageCommit & { readonly upserts: readonly RemoteMeeting[] })[] = [];
  review: ReviewRequest | null = null;
  state: CalendarSyncState = { cursor: null, listing: null, glanced: false, requested: 0 };
  served = 0;
  private generation = 0;
  private readonly seen = new Map<number, Set<string>>();

  async load(): Promise<CalendarSyncState> {
    return this.state;
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
    return { commit: (rest) => this.commit(upserts, rest) };
  }

  private async commit(upserts: readonly RemoteMeeting[], rest: PageCommit): Promise<PageOutcome> {
    this.commits.push({ ...rest, upserts });
    for (const item of upserts) this.items.set(item.remoteId, item);
    const removed = rest.removals.filter((remoteId) => this.items.delete(remoteId)).length;
    this.advance(rest);
    return { written: upserts.length, removed };
  }

  async countItems(): Promise<number> {
    return this.items.size;
  }

  async unseen(generation: number): Promise<readonly string[]> {
    const seen = this.seen.get(generation) ?? new Set();
    return [...this.items.keys()].filter((remoteId) => !seen.has(remoteId));
  }

  async holdForReview(review: ReviewRequest): Promise<void> {
    this.review = review;
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
    }
  }
}
