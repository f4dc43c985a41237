import type { UnitPlan } from '../../use-cases/plan-changes';

/**
 * Documents of one transaction: about 600 meetings with their rows, ledger and outbox, a tenth of a second. Longer ones
 * would keep hints waiting for the calendar's row; shorter ones spend more on commits and round trips than on documents.
 */
const SLICE_DOCUMENTS = 2_500;
/** A last portion of no more than this goes with the one before it: a transaction of its own would cost more than it writes. */
const SMALL_REST = SLICE_DOCUMENTS / 4;

interface Portion {
  readonly plans: UnitPlan[];
  readonly documents: number;
}

/** Cuts what has to be written into portions for one transaction each; a unit is never cut. */
export class SliceCutter {
  /** Held back until it is known whether what follows is worth a portion. */
  private full: Portion | null = null;
  private plans: UnitPlan[] = [];
  private documents = 0;

  /** A portion that is ready now, if there is one. */
  add(plan: UnitPlan): readonly UnitPlan[] | null {
    const size = plan.items.length * 3 + plan.rows.put.length + plan.rows.removed.length;
    const isFull = this.documents > 0 && this.documents + size > SLICE_DOCUMENTS;
    const ready = isFull ? (this.full?.plans ?? null) : null;
    if (isFull) this.full = this.take();
    this.plans.push(plan);
    this.documents += size;
    return ready;
  }

  /** What is left. */
  rest(): readonly (readonly UnitPlan[])[] {
    const { full } = this;
    this.full = null;
    const last = this.take();
    if (full === null) return last.plans.length > 0 ? [last.plans] : [];
    if (last.documents > SMALL_REST) return [full.plans, last.plans];
    return [[...full.plans, ...last.plans]];
  }

  private take(): Portion {
    const { plans, documents } = this;
    this.plans = [];
    this.documents = 0;
    return { plans, documents };
  }
}
