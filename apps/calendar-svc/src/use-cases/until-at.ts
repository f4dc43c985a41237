import {
  addDays,
  dateOf,
  formatInstant,
  isAllDayTime,
  lastDateOf,
  parseRecurrence,
  toInstant,
  type MeetingTime,
} from '@daybook/domain';

export interface MovedSeries {
  /** Start of the series as its lines are written for. */
  readonly from: MeetingTime;
  readonly to: MeetingTime;
  /** By how many days its occurrences move. */
  readonly days: number;
}

/**
 * Lines of a series whose start moves, with the end of the rule moved along: UNTIL names a moment (RFC 5545, 3.3.10), and at a later
 * time of day the last occurrence would begin after it.
 */
export function untilAt(lines: readonly string[], moved: MovedSeries): readonly string[] {
  return lines.map((line) => {
    const reading = /^\s*RRULE[:;]/i.test(line) ? parseRecurrence([line], { allDay: isAllDayTime(moved.from) }) : null;
    const end = reading?.ok ? reading.recurrence.rules[0]?.end : undefined;
    if (end?.kind !== 'until') return line;
    const date = addDays(lastDateOf(end.until, moved.from), moved.days);
    return line.replace(/UNTIL=[^;]*/i, () => `UNTIL=${untilOn(date, moved.to)}`);
  });
}

function untilOn(date: string, start: MeetingTime): string {
  if (isAllDayTime(start)) return date.replaceAll('-', '');
  const last = toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone);
  return formatInstant(last).replace(/[-:]/g, '');
}

export const dateIn = (time: MeetingTime): string => (isAllDayTime(time) ? time.date : dateOf(time.dateTime));
