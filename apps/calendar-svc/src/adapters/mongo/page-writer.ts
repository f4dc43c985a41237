import type { PageCommit, PageOutcome } from '@daybook/sync-engine';
import type { CalendarRecord } from '../../ports/records';
import { planUnit, type StoredUnit, type UnitPlan } from '../../use-cases/plan-changes';
import type { MeetingCandidate } from '../../use-cases/remote-to-meeting';
import type { CalendarAdvance } from './advance-update';
import type { Hold } from './claim-calendar';
import { commitSlice, prepareSlice, type PreparedSlice } from './commit-slice';
import { inTurns } from './in-turns';
import type { KnownUnits } from './known-units';
import { quietly } from '../../use-cases/quietly';
import { readStoredUnits } from './read-stored-units';
import { RevisionsAhead } from './revisions-ahead';
import { SliceCutter } from './slice-cutter';
import type { SyncStoreSurroundings } from './sync-store-surroundings';
import { intoUnits, type GoneItem, type UnitOfPage } from './units-of-page';

/*
 * From the items of a page to transactions. In a first listing most items are new, and known to be: they are planned, cut
 * into slices and the first slice made ready while the page before is still being committed. Whatever may be stored already
 * waits until that is done, because its plan depends on it. Within a page the next slice is made while one is on its way;
 * only one ever is, since all of them need the fence.
 */

/** How many units are compared with the store at once. */
const UNITS_AT_ONCE = 500;
const nothingStored: StoredUnit = { items: new Map(), rows: [] };

/** A page before its turn. */
export interface PlannedPage {
  readonly slices: readonly (readonly UnitPlan[])[];
  /** The number of its first slice among all of the run. */
  readonly number: number;
  readonly first: PreparedSlice | null;
  /** Units that have to be compared with the store first. */
  readonly asked: readonly UnitOfPage[];
}

interface NumberedSlice {
  readonly slice: PreparedSlice;
  readonly number: number;
}

export class PageWriter {
  private readonly revisions: RevisionsAhead;

  constructor(
    private readonly around: SyncStoreSurroundings,
    private readonly hold: Hold,
    private readonly calendar: CalendarRecord,
    rev: number,
  ) {
    this.revisions = new RevisionsAhead(rev);
  }

  /** `known`: the units stored, in a calendar's first listing; null where the store has to be asked about every item. */
  async plan(
    candidates: readonly MeetingCandidate[],
    known: KnownUnits | null,
    isOwn: (unitId: string) => boolean,
  ): Promise<PlannedPage> {
    const units = intoUnits(candidates, []);
    if (!known) return { slices: [], number: 0, first: null, asked: units };
    const asked: UnitOfPage[] = [];
    const slices: (readonly UnitPlan[])[] = [];
    const cutter = new SliceCutter();
    await inTurns(units, (unit) => {
      // A meeting scheduled here may lie in another calendar so far.
      if (isOwn(unit.unitId) || !known.isNew(unit.unitId)) return void asked.push(unit);
      const plan = this.planOf(unit, nothingStored);
      const slice = plan ? cutter.add(plan) : null;
      if (slice) slices.push(slice);
    });
    slices.push(...cutter.rest());
    const number = this.revisions.take(slices.length);
    const [head] = slices;
    return { slices, number, first: head ? await this.prepare(head, number, true) : null, asked };
  }

  async write(
    page: PlannedPage,
    gone: readonly GoneItem[],
    { initial, advance }: Pick<PageCommit, 'initial'> & { readonly advance: CalendarAdvance | null },
  ): Promise<Pick<PageOutcome, 'written' | 'removed'>> {
    const outcome = { written: 0, removed: 0 };
    let underWay: Promise<void> = Promise.resolve();
    const send = async (numbered: NumberedSlice | null, last: boolean): Promise<void> => {
      const slice = numbered?.slice ?? null;
      const done = await commitSlice(this.around, this.hold, this.calendar, slice, last ? advance : null);
      if (numbered) this.revisions.was(numbered.number, done.rev - (done.visible ? 1 : 0));
      outcome.written += done.written;
      outcome.removed += done.removed;
    };
    try {
      let waiting: NumberedSlice | null = null;
      for await (const numbered of this.slicesOf(page, gone, initial)) {
        if (waiting) {
          await underWay;
          underWay = quietly(send(waiting, false));
        }
        waiting = numbered;
      }
      await underWay;
      if (waiting || advance) await send(waiting, true);
    } finally {
      await underWay.catch(() => undefined);
    }
    return outcome;
  }

  private async *slicesOf(
    page: PlannedPage,
    gone: readonly GoneItem[],
    initial: boolean,
  ): AsyncGenerator<NumberedSlice, void, undefined> {
    let { number } = page;
    for (const plans of page.slices) {
      const ready = number === page.number ? page.first : null;
      yield { slice: ready ?? (await this.prepare(plans, number, initial)), number };
      number += 1;
    }
    const asked = gone.length === 0 ? page.asked : intoUnits(candidatesOf(page.asked), gone);
    for await (const plans of this.comparedSlices(asked)) {
      const own = this.revisions.take(1);
      const slice = await this.prepare(plans, own, initial);
      yield { slice, number: own };
      if (!slice.visible) this.revisions.giveBack();
    }
  }

  /** What differs from the store, in portions for one transaction each. */
  private async *comparedSlices(units: readonly UnitOfPage[]): AsyncGenerator<readonly UnitPlan[], void, undefined> {
    const cutter = new SliceCutter();
    for (let start = 0; start < units.length; start += UNITS_AT_ONCE) {
      const batch = units.slice(start, start + UNITS_AT_ONCE);
      const stored = await readStoredUnits(this.around.collections, batch);
      const full: (readonly UnitPlan[])[] = [];
      await inTurns(batch, (unit) => {
        const plan = this.planOf(unit, stored(unit.unitId));
        const slice = plan ? cutter.add(plan) : null;
        if (slice) full.push(slice);
      });
      yield* full;
    }
    yield* cutter.rest();
  }

  private planOf(unit: UnitOfPage, stored: StoredUnit): UnitPlan | null {
    const { coverage, timeZone } = this.calendar;
    const at = new Date(this.around.clock.now());
    return planUnit({ ...unit, stored, at }, { coverage, zone: timeZone ?? 'UTC' });
  }

  private prepare(plans: readonly UnitPlan[], number: number, initial: boolean): Promise<PreparedSlice> {
    return prepareSlice(this.around, { plans, initial, revBefore: this.revisions.before(number) });
  }
}

function candidatesOf(units: readonly UnitOfPage[]): MeetingCandidate[] {
  return units.flatMap((unit) => unit.candidates);
}
