import { instantOf, isAllDayTime, type MeetingTime } from '../meeting/meeting';
import type { OriginalStart } from './series-definition';

interface Times {
  readonly start: MeetingTime;
  readonly end: MeetingTime;
}

/** Whether an occurrence has other times than its series puts there: another begin, another length, or a day in place of a time. */
export function isMoved({ start, end }: Times, original: OriginalStart, series: Times): boolean {
  const stood = 'date' in original ? instantOf(original) : original.instant;
  const length = instantOf(series.end) - instantOf(series.start);
  if (isAllDayTime(start) !== isAllDayTime(series.start)) return true;
  return instantOf(start) !== stood || instantOf(end) - instantOf(start) !== length;
}
