/** When a run may not remove by itself. Shares are 0 to 1. */
export interface RemovalLimits {
  readonly share: number;
  readonly items: number;
  readonly namedDeletions: number;
}

/** A run that would remove over 30 % and over 25 items, or names over 500 single deletions, waits for a person. */
export const defaultRemovalLimits: RemovalLimits = { share: 0.3, items: 25, namedDeletions: 500 };

export interface RemovalPlan {
  /** Items the run would remove. */
  readonly removing: number;
  /** Items there are before. */
  readonly existing: number;
  /** How many of them the provider named one by one; the rest only failed to appear in a listing. */
  readonly named: number;
}

export function removalNeedsReview(plan: RemovalPlan, limits: RemovalLimits = defaultRemovalLimits): boolean {
  if (plan.named > limits.namedDeletions) return true;
  return plan.removing > limits.items && plan.removing > plan.existing * limits.share;
}
