import type { UnitPlan } from '../../use-cases/plan-changes';

/**
 * Documents of one transaction: about 600 meetings with their rows, ledger and outbox, a tenth of a second. Longer ones
 * would keep hints waiting for the calendar's row; shorter ones spend more on commits and round trips than on documents.
 */
const SLICE_DOCUMENTS = 2_500;

/** Cuts what has to be written into portions for one transaction each; a unit is never cut. */
export class SliceCutter {
  private slice: UnitPlan[] = [];
  private documents = 0;

  /** The portion that was full before this plan, if there was one. */
  add(plan: UnitPlan): readonly UnitPlan[] | null {
    const size = plan.items.length * 3 + plan.rows.put.length + plan.rows.removed.length;
    const full = this.documents > 0 && this.documents + size > SLICE_DOCUMENTS ? this.rest() : null;
    this.slice.push(plan);
    this.documents += size;
    return full;
  }

  /** What is left; null where nothing is. */
  rest(): readonly UnitPlan[] | null {
    const { slice } = this;
    this.slice = [];
    this.documents = 0;
    return slice.length > 0 ? slice : null;
  }
}
