import type { Coverage, Cursor, DeltaPage, RemoteMeeting } from '@daybook/provider-port';

/** Where a calendar's sync stands. */
export interface CalendarSyncState {
  readonly cursor: Cursor | null;
  /** A listing under way, begun before a crash or by an expired cursor. */
  readonly listing: Listing | null;
  /** How many items its pages have shown, where it has a continuation. */
  readonly listed: number;
  /** Whether the next days have been fetched ahead of the first listing. */
  readonly glanced: boolean;
  /** Hints seen so far: written back as served when the run is through. */
  readonly requested: number;
}

/** One pass over everything the provider has; a generation is never reused. */
export interface Listing {
  readonly generation: number;
  readonly continuation: Cursor | null;
  /** No listing was ever finished before: what it brings is marked initial. */
  readonly initial: boolean;
}

/** What comes true together with a page's items, in the same transaction as its last slice. */
export type Advance =
  | { readonly type: 'none' }
  | { readonly type: 'glanced' }
  | {
      readonly type: 'listed';
      readonly generation: number;
      readonly seen: readonly string[];
      readonly continuation: Cursor | null;
    }
  | {
      readonly type: 'finished';
      readonly resume: Cursor;
      readonly served: number;
      /** The generation of the complete listing it ends; null where it ends a delta run. */
      readonly listed: number | null;
    };

export interface PageCommit {
  readonly removals: readonly string[];
  readonly initial: boolean;
  readonly advance: Advance;
}

/** A page's items as the store will keep them. Committed once, in turn, or dropped. */
export interface PreparedPage {
  commit(rest: PageCommit): Promise<PageOutcome>;
}

export interface PageOutcome {
  readonly written: number;
  readonly removed: number;
  /** Items of the page that could not be read. */
  readonly aside: number;
}

/** An item that could not be read, kept aside until it can or is gone. */
export interface AsideItem {
  /** Our own name of it, good for logs. */
  readonly id: string;
  readonly remoteId: string;
  readonly reason: string;
  /** How often it was asked for in vain. */
  readonly tries: number;
  /** It was given up before, and an operator knows. */
  readonly wasDead: boolean;
}

export interface Try {
  readonly tries: number;
  /** Null: it is asked for no more. */
  readonly nextTryAt: Date | null;
  readonly reason?: string;
}

export interface ReviewRequest {
  /** Remote ids of what would vanish. */
  readonly removals: readonly string[];
  readonly existing: number;
  /** Hints this run has answered: the next one makes the calendar due as always. */
  readonly served: number;
}

/**
 * One calendar under one lease. Every method that writes checks the fence in its transaction and throws when the lease is
 * lost; unchanged items write nothing, so that any page may be committed twice.
 */
export interface CalendarSyncStore {
  load(): Promise<CalendarSyncState>;
  beginListing(): Promise<Listing>;
  /**
   * Works out of a page what does not depend on what is stored; writes nothing. The engine calls it for the next page while
   * the one before is being committed, so it gives way to other work often. Null: no page, only an advance and removals.
   */
  prepare(page: DeltaPage<RemoteMeeting> | null): Promise<PreparedPage>;
  countItems(): Promise<number>;
  /** Of all stored items, a series before its exceptions. */
  remoteIds(): Promise<readonly string[]>;
  /**
   * Remote ids of stored items that no page of this generation has shown; of a listing that covers only a stretch of time those
   * that take place in it.
   */
  unseen(generation: number, within: Coverage | null): Promise<readonly string[]>;
  /** Of the occurrences stored for these series those that are not among the remote ids. */
  strayed(seriesRemoteIds: readonly string[], shown: ReadonlySet<string>): Promise<readonly string[]>;
  /** Of these remote ids those under which something is stored. */
  stored(remoteIds: readonly string[]): Promise<readonly string[]>;
  /** Remote ids that a person has looked at and let through. */
  letThrough(): Promise<ReadonlySet<string>>;
  /**
   * These are not removed and the cursor stays until the provider says otherwise or a person lets them through; what comes new is
   * taken as always. The same set held again is the same review.
   */
  holdForReview(review: ReviewRequest): Promise<void>;
  /** Some of the items to be asked for again by now. Items leave by themselves when a commit brings or removes them. */
  asideDue(now: number): Promise<readonly AsideItem[]>;
  noteTry(item: AsideItem, after: Try): Promise<void>;
}
