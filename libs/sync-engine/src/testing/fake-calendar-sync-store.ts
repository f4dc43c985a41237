import type { RemoteMeeting } from '@daybook/provider-port';
import type {
  CalendarSyncState,
  CalendarSyncStore,
  Listing,
  PageCommit,
  PageOutcome,
  ReviewRequest,
} from '../calendar-sync-store';

/** A calendar's store in memory. A crash is a commit that throws after it was applied or before. */
export class FakeCalendarSyncStore implements CalendarSyncStore {
  readonly items = new Map<string, RemoteMeeting>();
  readonly commits: PageCommit[] = [];
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

  async commitPage(page: PageCommit): Promise<PageOutcome> {
    this.commits.push(page);
    for (const item of page.upserts) this.items.set(item.remoteId, item);
    const removed = page.removals.filter((remoteId) => this.items.delete(remoteId)).length;
    this.advance(page);
    return { written: page.upserts.length, removed };
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
