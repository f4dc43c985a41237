import { setImmediate as giveWay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { DeltaPage, RemoteMeeting } from '@daybook/provider-port';
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
} from '@daybook/sync-engine';
import type { Lease, LeaseStore } from '@daybook/platform/mongo';
import type { OutboxWriter } from '@daybook/platform/outbox';
import type { Clock } from '../../ports/clock';
import type { CalendarRecord } from '../../ports/records';
import { planUnit, type UnitPlan } from '../../use-cases/plan-changes';
import { remoteToMeeting, type MeetingCandidate } from '../../use-cases/remote-to-meeting';
import type { JoinFinding, JoinInput } from '@daybook/domain';
import type { CalendarCollections } from './collections';
import { advanceUpdate } from './advance-update';
import { AsideItems, type AsideChange, type UnreadableItem } from './aside-items';
import { commitSlice, prepareSlice, type PreparedSlice, type SliceOutcome } from './commit-slice';
import { intoUnits, type UnitOfPage } from './units-of-page';
import { KnownUnits } from './known-units';
import { readStoredUnits } from './read-stored-units';

export interface SyncStoreSurroundings {
  readonly connection: Connection;
  readonly collections: CalendarCollections;
  readonly leases: LeaseStore;
  readonly outbox: OutboxWriter;
  readonly clock: Clock;
  readonly detectJoin: (input: JoinInput) => JoinFinding;
  /** How often the provider is asked without a hint, milliseconds. */
  readonly pollEveryMs: number;
  /** Called after each committed transaction. */
  readonly committed: (outcome: SliceOutcome) => void;
}

/** How many items are read without letting anything else run: about two milliseconds. */
const ITEMS_AT_ONCE = 50;
/** How many units are compared with the store at once. */
const UNITS_AT_ONCE = 500;
/**
 * Documents of one transaction: about 500 meetings with their rows, ledger and outbox, a tenth of a second. Longer ones
 * would keep hints waiting for the calendar's row; shorter ones spend more on commits and round trips than on documents.
 */
const SLICE_DOCUMENTS = 2_000;

interface ReadItems {
  readonly candidates: readonly MeetingCandidate[];
  readonly unreadable: readonly UnreadableItem[];
}

/** One calendar under one lease, on MongoDB. Items, occurrences, ledger, outbox and cursor move in the same transaction. */
export class MongoCalendarSyncStore implements CalendarSyncStore {
  private readonly zone: string;
  /** The calendar's revision when all that is on its way has been committed. */
  private revAhead: number | null = null;
  /** What was written later than this in the same run cannot be missing from what the provider lists. */
  private sweptUpToRev = Infinity;
  private known: KnownUnits | null = null;
  private aside: AsideItems | null = null;

  constructor(
    private readonly around: SyncStoreSurroundings,
    private readonly lease: Lease,
    private readonly calendar: CalendarRecord,
  ) {
    this.zone = calendar.timeZone ?? 'UTC';
  }

  async load(): Promise<CalendarSyncState> {
    const { cursor, listing, glanced, requested, rev } = await this.current();
    this.revAhead = rev;
    this.sweptUpToRev = rev;
    return { cursor, listing, glanced, requested };
  }

  async beginListing(): Promise<Listing> {
    const before = await this.current();
    this.sweptUpToRev = before.rev;
    const listing: Listing = {
      generation: before.generation + 1,
      continuation: null,
      initial: before.lastSuccessAt === null,
    };
    await commitSlice(this.around, this.lease, this.calendar, null, {
      set: { generation: listing.generation, listing, cursor: null },
    });
    await this.around.collections.listedPages.deleteMany({
      calendarId: this.calendar._id,
      generation: { $lt: listing.generation },
    });
    return listing;
  }

  async prepare(page: DeltaPage<RemoteMeeting> | null): Promise<PreparedPage> {
    const candidates: MeetingCandidate[] = [];
    const unreadable = new Map<string, UnreadableItem>();
    let count = 0;
    for (const change of page?.changes ?? []) {
      if ((count += 1) % ITEMS_AT_ONCE === 0) await giveWay();
      if (change.type === 'unreadable') unreadable.set(change.remoteId, change);
      if (change.type !== 'upserted') continue;
      const reading = remoteToMeeting(change.item, { calendar: this.calendar, detectJoin: this.around.detectJoin });
      if (reading.type === 'unreadable') unreadable.set(reading.remoteId, reading);
      else {
        candidates.push(reading.meeting);
        // Within a page the last word counts.
        if (unreadable.size > 0) unreadable.delete(change.item.remoteId);
      }
    }
    return { commit: (rest) => this.commit({ candidates, unreadable: [...unreadable.values()] }, rest) };
  }

  private async commit({ candidates, unreadable }: ReadItems, rest: PageCommit): Promise<PageOutcome> {
    const aside = await this.asideChange({ candidates, unreadable }, rest);
    const gone = rest.removals.length === 0 ? [] : await this.storedByRemoteId(rest.removals);
    if (rest.initial) this.known ??= await KnownUnits.load(this.around.collections, this.calendar._id);
    const moves = advanceUpdate(rest.advance, new Date(this.around.clock.now()), this.around.pollEveryMs);
    const advance = aside ? { set: {}, ...moves, aside } : moves;
    const outcome = { written: 0, removed: 0, aside: unreadable.length };
    // The slice before is on its way to the database while the next one is worked out; only one is ever under way.
    let underWay: Promise<void> = Promise.resolve();
    const send = async (slice: PreparedSlice | null, last: boolean): Promise<void> => {
      const done = await commitSlice(this.around, this.lease, this.calendar, slice, last ? advance : null);
      this.noteRev(slice?.ready?.rev ?? null, done.rev);
      outcome.written += done.written;
      outcome.removed += done.removed;
    };
    try {
      let waiting: PreparedSlice | null = null;
      for await (const plans of this.slicesOf(intoUnits(candidates, gone))) {
        const prepared: PreparedSlice = await this.prepareSlice(plans, rest.initial);
        if (waiting) {
          await underWay;
          underWay = quietly(send(waiting, false));
        }
        waiting = prepared;
      }
      await underWay;
      if (waiting || advance) await send(waiting, true);
    } finally {
      await underWay.catch(() => undefined);
    }
    if (aside) this.aside?.committed(aside);
    if (rest.advance.type === 'finished')
      await this.around.collections.listedPages.deleteMany({ calendarId: this.calendar._id });
    return outcome;
  }

  private async prepareSlice(plans: readonly UnitPlan[], initial: boolean): Promise<PreparedSlice> {
    const slice = await prepareSlice(this.around, { plans, initial, revBefore: this.revAhead });
    if (slice.ready) this.revAhead = slice.ready.rev;
    return slice;
  }

  /** Somebody else moved the revision as well (a person who chose calendars): all that follows is further ahead. */
  private noteRev(foreseen: number | null, became: number): void {
    if (this.revAhead !== null && foreseen !== null) this.revAhead += became - foreseen;
  }

  async countItems(): Promise<number> {
    return this.around.collections.meetings.countDocuments({ calendarId: this.calendar._id });
  }

  async unseen(generation: number): Promise<readonly string[]> {
    const { listedPages, meetings } = this.around.collections;
    const seen = new Set<string>();
    const pages = listedPages.find({ calendarId: this.calendar._id, generation }, { projection: { remoteIds: 1 } });
    for await (const page of pages) for (const id of page.remoteIds) seen.add(id);
    const unseen: string[] = [];
    const stored = meetings.find(
      { calendarId: this.calendar._id, rev: { $lte: this.sweptUpToRev } },
      { projection: { remoteId: 1, _id: 0 }, batchSize: 5_000 },
    );
    for await (const { remoteId } of stored) if (!seen.has(remoteId)) unseen.push(remoteId);
    return unseen;
  }

  async holdForReview({ removing, existing, served }: ReviewRequest): Promise<void> {
    const now = new Date(this.around.clock.now());
    const since = this.calendar.review?.since ?? now;
    const problem = {
      code: 'removal_review',
      detail: `The provider no longer shows ${removing} of ${existing} items; nothing was removed.`,
      blame: 'user',
      since: since.toISOString(),
    };
    const nextSyncAt = new Date(now.getTime() + this.around.pollEveryMs);
    const set = { review: { removing, existing, since }, problem, served, nextSyncAt, failures: 0 };
    await commitSlice(this.around, this.lease, this.calendar, null, { set });
  }

  async asideDue(now: number): Promise<readonly AsideItem[]> {
    return (await this.asideItems()).due(now);
  }

  async noteTry(item: AsideItem, after: Try): Promise<void> {
    const aside = { put: [], leaving: [], tried: { item, after } };
    await commitSlice(this.around, this.lease, this.calendar, null, { set: {}, aside });
  }

  private async asideItems(): Promise<AsideItems> {
    this.aside ??= await AsideItems.load(this.around.collections, this.calendar._id);
    return this.aside;
  }

  /** Who leaves also because a complete listing no longer shows them, and who is put aside. */
  private async asideChange({ candidates, unreadable }: ReadItems, rest: PageCommit): Promise<AsideChange | null> {
    const items = await this.asideItems();
    const ended = rest.advance.type === 'finished' ? rest.advance.listed : null;
    const unlisted = ended === null ? [] : await items.unlisted(ended);
    return items.changeOf(unreadable, candidates, [...rest.removals, ...unlisted]);
  }

  private async current(): Promise<CalendarRecord> {
    const found = await this.around.collections.calendars.findOne({ _id: this.calendar._id });
    if (!found) throw new Error('the calendar is gone');
    return found;
  }

  private async storedByRemoteId(remoteIds: readonly string[]): Promise<{ _id: string; seriesId: string | null }[]> {
    const { meetings } = this.around.collections;
    return meetings
      .find({ calendarId: this.calendar._id, remoteId: { $in: [...remoteIds] } }, { projection: { seriesId: 1 } })
      .toArray();
  }

  /** What has to be written, in portions for one transaction each. */
  private async *slicesOf(units: readonly UnitOfPage[]): AsyncGenerator<UnitPlan[]> {
    const options = { coverage: this.calendar.coverage, zone: this.zone };
    let slice: UnitPlan[] = [];
    let documents = 0;
    for (let start = 0; start < units.length; start += UNITS_AT_ONCE) {
      const batch = units.slice(start, start + UNITS_AT_ONCE);
      const { known } = this;
      const asked = known ? batch.filter((unit) => known.mayHold(unit.unitId)) : batch;
      const stored = await readStoredUnits(this.around.collections, asked);
      for (const unit of batch) {
        const plan = planUnit({ ...unit, stored: stored(unit.unitId) }, options);
        known?.add(unit.unitId);
        if (!plan) continue;
        const size = plan.items.length * 3 + plan.rows.put.length + plan.rows.removed.length;
        if (documents > 0 && documents + size > SLICE_DOCUMENTS) {
          yield slice;
          slice = [];
          documents = 0;
        }
        slice.push(plan);
        documents += size;
      }
    }
    if (slice.length > 0) yield slice;
  }
}

/** A fault is thrown where the promise is awaited, which may be later than it happens. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
