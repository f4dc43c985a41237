const DAY_MS = 86_400_000;
const BACK_DAYS = 90;
const AHEAD_DAYS = 400;
export const COVERAGE_DAYS = BACK_DAYS + AHEAD_DAYS;

export interface CoverageSpan {
  readonly from: Date;
  readonly to: Date;
}

/** The stretch occurrences are stored for, on whole UTC days so that it moves once a day. */
export function coverageAt(now: number): CoverageSpan {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return { from: new Date(today - BACK_DAYS * DAY_MS), to: new Date(today + AHEAD_DAYS * DAY_MS) };
}
