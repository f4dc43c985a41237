import type { Recurrence } from '../mailbox/event-record';

/** A recurrence in a few words, for people: `weekly, every 2, monday, until 2026-12-31`. */
export function rangeWords({ pattern, range }: Recurrence): string {
  const ends: Record<typeof range.type, string> = {
    endDate: `until ${range.endDate}`,
    numbered: `${range.numberOfOccurrences} times`,
    noEnd: 'without end',
  };
  const every = pattern.interval === 1 ? [] : [`every ${pattern.interval}`];
  return [pattern.type, ...every, ...pattern.daysOfWeek, ends[range.type]].join(', ');
}
