import type { CalendarSyncStore } from './calendar-sync-store';
import { defaultRemovalLimits, removalNeedsReview, type RemovalLimits } from './removal-guard';

/** What a run would remove, and how many of it the provider named one by one. */
export interface WantedRemovals {
  readonly removals: readonly string[];
  readonly named: number;
}

export interface PassedRemovals {
  /** Removed now. */
  readonly through: readonly string[];
  /** What a person has to look at first; null: nothing. */
  readonly held: { readonly removals: readonly string[]; readonly existing: number } | null;
}

/**
 * Which removals a run may make. In a run that would remove too much, what a person has let through goes and everything else
 * is judged as if it came alone, so that an answer given to one set never opens the way for another. What is not stored counts
 * for nothing: a provider may name again what went before.
 */
export async function passRemovalGuard(
  store: CalendarSyncStore,
  { removals, named }: WantedRemovals,
  limits: RemovalLimits = defaultRemovalLimits,
): Promise<PassedRemovals> {
  if (removals.length === 0) return { through: removals, held: null };
  const existing = await store.countItems();
  if (!removalNeedsReview({ removing: removals.length, existing, named }, limits))
    return { through: removals, held: null };
  const [stored, known] = await Promise.all([store.stored(removals), store.letThrough()]);
  const rest = stored.filter((remoteId) => !known.has(remoteId));
  const left = existing - (stored.length - rest.length);
  const plan = { removing: rest.length, existing: left, named: named === 0 ? 0 : rest.length };
  if (!removalNeedsReview(plan, limits)) return { through: removals, held: null };
  return { through: stored.filter((remoteId) => known.has(remoteId)), held: { removals: rest, existing: left } };
}
