import type { Instant } from './zone-offsets';

/** How somebody's time is taken, from what weighs most to what weighs least. */
const WEIGHTS = ['out_of_office', 'busy', 'tentative', 'working_elsewhere'] as const;
export type BusyStatus = (typeof WEIGHTS)[number];

/** From (inclusive) to (exclusive). */
export interface BusyTime {
  readonly start: Instant;
  readonly end: Instant;
  readonly status: BusyStatus;
}

/** A place in time where something of one status begins (1) or ends (-1). */
interface Edge {
  readonly at: Instant;
  readonly by: 1 | -1;
  readonly status: BusyStatus;
}

/**
 * Stretches in their order, cut to the window, of which none overlap and none that touch have the same status: where several
 * lie over each other, the one that weighs most counts.
 */
export function joinBusy(
  times: readonly BusyTime[],
  window: { readonly from: Instant; readonly to: Instant },
): readonly BusyTime[] {
  const edges = times.flatMap((time) => edgesOf(time, window)).sort((one, other) => one.at - other.at);
  const open: Record<BusyStatus, number> = { out_of_office: 0, busy: 0, tentative: 0, working_elsewhere: 0 };
  const joined: BusyTime[] = [];
  let since: { readonly at: Instant; readonly status: BusyStatus } | null = null;
  edges.forEach(({ at, by, status }, index) => {
    open[status] += by;
    // What begins and ends at one moment counts together.
    if (edges[index + 1]?.at === at) return;
    const heaviest = WEIGHTS.find((weight) => open[weight] > 0) ?? null;
    if (heaviest === (since?.status ?? null)) return;
    if (since) joined.push({ start: since.at, end: at, status: since.status });
    since = heaviest === null ? null : { at, status: heaviest };
  });
  return joined;
}

function edgesOf(
  { start, end, status }: BusyTime,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly Edge[] {
  const [begins, ends] = [Math.max(start, from), Math.min(end, to)];
  if (begins >= ends) return [];
  return [
    { at: begins, by: 1, status },
    { at: ends, by: -1, status },
  ];
}
