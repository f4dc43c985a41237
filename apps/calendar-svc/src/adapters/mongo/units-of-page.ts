import type { MeetingCandidate } from '../../use-cases/remote-to-meeting';

/** The items of one page that must be looked at together: a single, or a series with its exceptions. */
export interface UnitOfPage {
  readonly unitId: string;
  readonly candidates: MeetingCandidate[];
  readonly removed: string[];
}

export interface GoneItem {
  readonly _id: string;
  readonly seriesId: string | null;
}

/** Groups by series id; the last word on an item within a page counts. */
export function intoUnits(candidates: readonly MeetingCandidate[], gone: readonly GoneItem[]): UnitOfPage[] {
  const units = new Map<string, UnitOfPage>();
  const unitOf = (unitId: string): UnitOfPage => {
    const unit = units.get(unitId) ?? { unitId, candidates: [], removed: [] };
    units.set(unitId, unit);
    return unit;
  };
  for (const candidate of candidates) {
    const list = unitOf(candidate.seriesId ?? candidate._id).candidates;
    const earlier = list.findIndex((other) => other._id === candidate._id);
    if (earlier >= 0) list.splice(earlier, 1);
    list.push(candidate);
  }
  for (const item of gone) unitOf(item.seriesId ?? item._id).removed.push(item._id);
  return [...units.values()];
}
