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
import { readAhead, underWay } from './read-ahead';
import { passRemovalGuard } from './pass-removal-guard';
import type { RemovalLimits } from './removal-guard';

/*
 * One run over one calendar: the first sync (the next days first, then everything), a delta run from a cursor, or a full
 * resync after the cursor has expired. Pages are applied as they come and the cursor moves with the last of them, in one
 * transaction. Removals wait for the end of the run and pass the removal guard; a listing that did not say it was complete
 * removes nothing. Limits: faults are thrown as ProviderError for the caller's `reactionTo`; nothing here retries or sleeps.
 */

const DAY_MS = 86_400_000;
const GLANCE_DAYS = 14;
/** A provider that keeps paging without saying anything new is cut off here. */
const EMPTY_PAGES_IN_A_ROW = 500;
/** A page that only repeats what came before counts as this many empty ones. */
const EMPTY_FOR_REPEATED = 50;

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
      if (!(error instanceof ProviderError) || error.kind !== 'CursorExpired') throw error;
    }
    return listEverything(run, { listing: await run.store.beginListing(), begun: null }, state.requested, tally);
  }
  const begun = state.glanced ? null : await glance(run, tally);
  // A listing can only go on where it stopped: begun again from the front it would take what vanished since for seen.
  const resumable = state.listing?.continuation ? state.listing : null;
  const listing = resumable ?? (await run.store.beginListing());
  return listEverything(run, { listing, begun: resumable ? null : begun }, state.requested, tally);
}

type Pages = AsyncIterable<DeltaPage<RemoteMeeting>>;

/**
 * The days a person looks at first, before the long listing begins. Gives the listing's pages, asked for while these days
 * are stored.
 */
async function glance(run: CalendarRun, tally: Tally): Promise<Pages | null> {
  const asked = run.glance?.calendarRemoteId === run.calendarRemoteId ? run.glance.pages : null;
  const source = asked ?? run.session.changes(glanceRequest(run.calendarRemoteId, run.now()));
  let begun: Pages | null = null;
  for await (const { page, prepared } of checked(run, source)) {
    if (page.complete) begun = underWay(run.session.changes(listingRequest(run, null)));
    await commit(tally, prepared, {
      initial: true,
      removals: [],
      advance: page.complete ? { type: 'glanced' } : { type: 'none' },
    });
  }
  if (!begun) throw cutShort();
  return begun;
}

function listingRequest({ calendarRemoteId }: CalendarRun, continueAt: Cursor | null): ChangesRequest {
  return { calendarRemoteId, since: null, window: { type: 'all' }, continueAt };
}

async function deltaRun(run: CalendarRun, since: Cursor, served: number, tally: Tally): Promise<RunOutcome> {
  const removals = new Set<string>();
  const begun = run.delta?.since === since ? run.delta.pages : null;
  const source = begun ?? run.session.changes(deltaRequest(run.calendarRemoteId, since));
  for await (const { page, prepared } of checked(run, source)) {
    if (run.stopped?.()) return { type: 'stopped' };
    noteRemovals(removals, page);
    for (const remoteId of await strayedOf(run, page)) removals.add(remoteId);
    if (page.resume === null) {
      await commit(tally, prepared, { initial: false, removals: [], advance: { type: 'none' } });
      continue;
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
}

async function listEverything(
  run: CalendarRun,
  first: ListingToRead,
  served: number,
  tally: Tally,
): Promise<RunOutcome> {
  let { listing, begun } = first;
  for (;;) {
    try {
      const source = begun ?? run.session.changes(listingRequest(run, listing.continuation));
      return await listOnce(run, { listing, source }, served, tally);
    } catch (error) {
      // A stored continuation is a convenience: refused, the listing starts again with a generation of its own.
      if (!(error instanceof ProviderError) || error.kind !== 'CursorExpired' || listing.continuation === null)
        throw error;
      listing = await run.store.beginListing();
      begun = null;
    }
  }
}

async function listOnce(
  run: CalendarRun,
  { listing, source }: { listing: Listing; source: Pages },
  served: number,
  tally: Tally,
): Promise<RunOutcome> {
  for await (const { page, prepared } of checked(run, source)) {
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
    if (page.resume === null) continue;
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
 * Pages ready to commit, with the next one read and prepared meanwhile; a listing that turns in circles or never gets
 * anywhere ends as a provider fault.
 */
async function* checked(run: CalendarRun, source: Pages): AsyncGenerator<ReadPage, void, undefined> {
  const known = new Set<string>();
  let barren = 0;
  for await (const read of readAhead(prepared(run.store, source))) {
    const { changes, complete } = read.page;
    const before = known.size;
    for (const change of changes) known.add(change.type === 'upserted' ? change.item.remoteId : change.remoteId);
    barren = known.size > before ? 0 : barren + (changes.length === 0 ? 1 : EMPTY_FOR_REPEATED);
    if (barren > EMPTY_PAGES_IN_A_ROW) throw new ProviderError('Unknown', { detail: 'listing gets nowhere' });
    yield read;
    if (complete) return;
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
