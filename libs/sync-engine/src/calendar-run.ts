import {
  ProviderError,
  type CalendarSession,
  type ChangesRequest,
  type Cursor,
  type DeltaPage,
  type RemoteMeeting,
} from '@daybook/provider-port';
import type { Advance, CalendarSyncStore, Listing, PageCommit, PreparedPage } from './calendar-sync-store';
import { withoutDiagnosis } from './diagnosis/without-diagnosis';
import { goneOf, strayedOf } from './covered-listing';
import { PassBounds, TooManyItems } from './pass-bounds';
import { readAhead, underWay } from './read-ahead';
import { passRemovalGuard } from './pass-removal-guard';
import type { RemovalLimits } from './removal-guard';

/*
 * One run over one calendar: the first sync (the next days first, then everything), a delta run from a cursor, or a full
 * resync after the cursor has expired. Pages are applied as they come and the cursor moves with the last of them, in one
 * transaction. Removals wait for the end of the run and pass the removal guard; a listing that did not say it was complete
 * removes nothing. A run whose slice of time is over ends after a page, and the next one goes on there: a listing at its
 * continuation, with all it has shown in the store; the next days and a delta, which cannot be taken up, by that listing. Limits:
 * faults are thrown as ProviderError for the caller's `reactionTo`; nothing here retries or sleeps.
 */

const DAY_MS = 86_400_000;
const GLANCE_DAYS = 14;
/** Of the next days no more are fetched ahead of the listing, which brings them all. */
const GLANCE_ITEMS = 10_000;
/** A delta of so few pages is read to its end, because it would have to begin again. */
const WHOLE_DELTA_PAGES = 4;

export interface CalendarRun {
  readonly session: CalendarSession;
  readonly calendarRemoteId: string;
  readonly store: CalendarSyncStore;
  /** Epoch milliseconds now. */
  readonly now: () => number;
  readonly limits?: RemovalLimits;
  /** The glance, where it has been begun already. */
  readonly glance?: Glance;
  /** What came after the cursor, where it has been asked for already. */
  readonly delta?: Delta;
  /** Asked between pages; true ends the run as if cut off, keeping what is there. */
  readonly stopped?: () => boolean;
  /** Asked after each page; true where others wait, and the run has had its share: it ends where the next one can go on. */
  readonly sliceOver?: () => boolean;
  /** Items that one pass may show; half a million unless said. */
  readonly mostItems?: number;
}

/** The days a person looks at first, already asked for. */
export interface Glance {
  readonly calendarRemoteId: string;
  readonly pages: AsyncIterable<DeltaPage<RemoteMeeting>>;
}

/** Asks for a calendar's next days at once, so that whatever has to be stored before them does not delay them. */
export function beginGlance(session: CalendarSession, calendarRemoteId: string, now: number): Glance {
  return { calendarRemoteId, pages: underWay(session.changes(glanceRequest(calendarRemoteId, now))) };
}

/** The changes after a cursor, already asked for. */
export interface Delta {
  readonly since: Cursor;
  readonly pages: AsyncIterable<DeltaPage<RemoteMeeting>>;
}

/** Asks for a calendar's changes at once, while what the store has to do before them is done. */
export function beginDelta(session: CalendarSession, calendarRemoteId: string, since: Cursor): Delta {
  return { since, pages: underWay(session.changes(deltaRequest(calendarRemoteId, since))) };
}

function deltaRequest(calendarRemoteId: string, since: Cursor): ChangesRequest {
  return { calendarRemoteId, since, window: { type: 'all' }, continueAt: null };
}

function glanceRequest(calendarRemoteId: string, now: number): ChangesRequest {
  const window = { type: 'between', from: now, to: now + GLANCE_DAYS * DAY_MS } as const;
  return { calendarRemoteId, since: null, window, continueAt: null };
}

export type RunOutcome =
  | { readonly type: 'done'; readonly written: number; readonly removed: number }
  | { readonly type: 'review'; readonly removing: number; readonly existing: number }
  | { readonly type: 'stopped' };

interface Tally {
  written: number;
  removed: number;
}

export async function runCalendar(run: CalendarRun): Promise<RunOutcome> {
  const state = await run.store.load();
  const tally: Tally = { written: 0, removed: 0 };
  if (state.listing === null && state.cursor !== null) {
    try {
      return await deltaRun(run, state.cursor, state.requested, tally);
    } catch (error) {
      // From the same cursor as many would come again: a listing counts what is there already.
      if (error instanceof TooManyItems) await run.store.beginListing();
      if (!(error instanceof ProviderError) || error.kind !== 'CursorExpired') throw error;
    }
    return listEverything(run, { listing: await beginAgain(run), begun: null, listed: 0 }, state.requested, tally);
  }
  const begun = state.glanced ? null : await glance(run, tally);
  // A listing can only go on where it stopped: begun again from the front it would take what vanished since for seen.
  const resumable = state.listing?.continuation ? state.listing : null;
  if (resumable)
    return listEverything(run, { listing: resumable, begun: null, listed: state.listed }, state.requested, tally);
  const listing = await (state.listing ? beginAgain(run) : run.store.beginListing());
  return listEverything(run, { listing, begun, listed: 0 }, state.requested, tally);
}

/** @throws TooManyItems */
async function beginAgain({ store, mostItems }: CalendarRun): Promise<Listing> {
  PassBounds.allow(await store.countItems(), mostItems);
  return store.beginListing();
}

type Pages = AsyncIterable<DeltaPage<RemoteMeeting>>;

/**
 * The days a person looks at first, before the long listing begins. Gives the listing's pages, asked for while these days
 * are stored; null where there was too much in them.
 */
async function glance(run: CalendarRun, tally: Tally): Promise<Pages | null> {
  const asked = run.glance?.calendarRemoteId === run.calendarRemoteId ? run.glance.pages : null;
  const source = asked ?? run.session.changes(glanceRequest(run.calendarRemoteId, run.now()));
  let begun: Pages | null = null;
  let shown = 0;
  for await (const { page, prepared } of checked(run, source)) {
    shown += page.changes.length;
    const isEnough = !page.complete && (shown >= GLANCE_ITEMS || !!run.sliceOver?.());
    if (page.complete) begun = underWay(run.session.changes(listingRequest(run, null)));
    await commit(tally, prepared, {
      initial: true,
      removals: [],
      advance: page.complete || isEnough ? { type: 'glanced' } : { type: 'none' },
    });
    if (isEnough) return null;
  }
  if (!begun) throw cutShort();
  return begun;
}

function listingRequest({ calendarRemoteId }: CalendarRun, continueAt: Cursor | null): ChangesRequest {
  return { calendarRemoteId, since: null, window: { type: 'all' }, continueAt };
}

async function deltaRun(run: CalendarRun, since: Cursor, served: number, tally: Tally): Promise<RunOutcome> {
  const removals = new Set<string>();
  let pages = 0;
  const begun = run.delta?.since === since ? run.delta.pages : null;
  const source = begun ?? run.session.changes(deltaRequest(run.calendarRemoteId, since));
  for await (const { page, prepared } of checked(run, source)) {
    if (run.stopped?.()) return { type: 'stopped' };
    noteRemovals(removals, page);
    for (const remoteId of await strayedOf(run, page)) removals.add(remoteId);
    if (page.resume === null) {
      await commit(tally, prepared, { initial: false, removals: [], advance: { type: 'none' } });
      pages += 1;
      if (pages < WHOLE_DELTA_PAGES || !run.sliceOver?.()) continue;
      // What it has named as removed is found missing by the listing.
      await run.store.beginListing();
      return { type: 'stopped' };
    }
    return finish(run, tally, prepared, {
      removals: [...removals],
      named: removals.size,
      resume: page.resume,
      served,
      initial: false,
      listed: null,
    });
  }
  throw cutShort();
}

interface ListingToRead {
  readonly listing: Listing;
  /** Its pages, where they have been asked for already. */
  readonly begun: Pages | null;
  /** Items that it has shown in runs before. */
  readonly listed: number;
}

async function listEverything(
  run: CalendarRun,
  first: ListingToRead,
  served: number,
  tally: Tally,
): Promise<RunOutcome> {
  let { listing, begun, listed } = first;
  for (;;) {
    try {
      const source = begun ?? run.session.changes(listingRequest(run, listing.continuation));
      return await listOnce(run, { listing, pages: checked(run, source, listed) }, served, tally);
    } catch (error) {
      // A stored continuation is a convenience: refused, the listing starts again with a generation of its own.
      if (!(error instanceof ProviderError) || error.kind !== 'CursorExpired' || listing.continuation === null)
        throw error;
      listing = await beginAgain(run);
      begun = null;
      listed = 0;
    }
  }
}

async function listOnce(
  run: CalendarRun,
  { listing, pages }: { listing: Listing; pages: AsyncIterable<ReadPage> },
  served: number,
  tally: Tally,
): Promise<RunOutcome> {
  for await (const { page, prepared } of pages) {
    if (run.stopped?.()) return { type: 'stopped' };
    const seen = page.changes.flatMap((change) =>
      change.type === 'removed' ? [] : [change.type === 'upserted' ? change.item.remoteId : change.remoteId],
    );
    const advance: Advance = {
      type: 'listed',
      generation: listing.generation,
      seen,
      continuation: page.continuation,
    };
    await commit(tally, prepared, { initial: listing.initial, removals: [], advance });
    if (page.resume === null) {
      // At least a page in each run; where none can be taken up, it would come to its end in no slice.
      if (page.continuation !== null && run.sliceOver?.()) return { type: 'stopped' };
      continue;
    }
    const unseen = await run.store.unseen(listing.generation, page.coverage ?? null);
    const removals = page.coverage ? await goneOf(run, unseen, tally) : unseen;
    if (removals === null) return { type: 'stopped' };
    return finish(run, tally, null, {
      removals,
      named: 0,
      resume: page.resume,
      served,
      initial: listing.initial,
      listed: listing.generation,
    });
  }
  throw cutShort();
}

interface Ending {
  readonly removals: readonly string[];
  readonly named: number;
  readonly resume: Cursor;
  readonly served: number;
  readonly initial: boolean;
  readonly listed: number | null;
}

async function finish(run: CalendarRun, tally: Tally, page: PreparedPage | null, ending: Ending): Promise<RunOutcome> {
  const { resume, served, listed, initial } = ending;
  const { through, held } = await passRemovalGuard(run.store, ending, run.limits);
  const last = page ?? (held && through.length === 0 ? null : await run.store.prepare(null));
  if (held) {
    // The cursor stays before all that is held: the next run comes by it again.
    if (last) await commit(tally, last, { initial: false, removals: through, advance: { type: 'none' } });
    await run.store.holdForReview({ ...held, served });
    return { type: 'review', removing: held.removals.length, existing: held.existing };
  }
  const advance: Advance = { type: 'finished', resume, served, listed };
  if (last) await commit(tally, last, { initial, removals: through, advance });
  return { type: 'done', ...tally };
}

/** A later page may bring back what an earlier one removed: the last word counts. */
function noteRemovals(removals: Set<string>, page: DeltaPage<RemoteMeeting>): void {
  for (const change of page.changes) {
    if (change.type === 'removed') removals.add(change.remoteId);
    else removals.delete(change.type === 'upserted' ? change.item.remoteId : change.remoteId);
  }
}

async function commit(tally: Tally, page: PreparedPage, rest: PageCommit): Promise<void> {
  const outcome = await page.commit(rest);
  tally.written += outcome.written;
  tally.removed += outcome.removed;
}

interface ReadPage {
  readonly page: DeltaPage<RemoteMeeting>;
  readonly prepared: PreparedPage;
}

/**
 * Pages ready to commit, with the next one read and prepared meanwhile; a listing that turns in circles, never gets anywhere
 * or has no end is a provider fault. `shown`: items of the same pass so far.
 */
async function* checked(run: CalendarRun, source: Pages, shown = 0): AsyncGenerator<ReadPage, void, undefined> {
  const bounds = new PassBounds(run.mostItems, shown);
  for await (const read of readAhead(prepared(run.store, source))) {
    bounds.note(read.page.changes);
    yield read;
    if (read.page.complete) return;
  }
}

async function* prepared(store: CalendarSyncStore, source: Pages): AsyncGenerator<ReadPage, void, undefined> {
  for await (const whole of source) {
    const page = withoutDiagnosis(whole);
    yield { page, prepared: await store.prepare(page) };
  }
}

function cutShort(): ProviderError {
  return new ProviderError('Unavailable', { detail: 'listing ended before it was complete' });
}
