import type { BusyStatus, BusyTime } from '@daybook/domain';
import { asText } from '@daybook/provider-port';

const DIGITS: readonly (BusyStatus | 'free')[] = ['free', 'tentative', 'busy', 'out_of_office', 'working_elsewhere'];

export interface ViewWindow {
  readonly from: number;
  readonly to: number;
  /** What one digit stands for. */
  readonly stepMs: number;
}

/** The digits of `availabilityView` as times; null where there are too few for the window, or some that nobody understands. */
export function timesOfView(view: unknown, { from, to, stepMs }: ViewWindow): readonly BusyTime[] | null {
  const wanted = Math.ceil((to - from) / stepMs);
  const told = [...asText(view, wanted)].map((digit) => DIGITS[Number(digit)]);
  if (told.length < wanted || told.includes(undefined)) return null;
  return told.flatMap((status, index) => {
    const start = from + index * stepMs;
    return status === undefined || status === 'free' ? [] : [{ start, end: start + stepMs, status }];
  });
}
