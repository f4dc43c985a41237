/** A rule in parts a user interface can make a sentence of. */
import { formatCivil, formatDay } from '../time/civil';
import { formatInstant } from '../time/zoned-time';
import { parseRecurrence } from './parse-recurrence';
import type { ByDay, Frequency, LineTime, RuleEnd } from './rule';

export interface RuleParts {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly byDay: readonly ByDay[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  readonly count: number | null;
  /** A date, a wall time or an instant, as ISO text. */
  readonly until: string | null;
}

function untilText(time: LineTime): string {
  if (time.kind === 'date') return formatDay(time.day);
  return time.kind === 'civil' ? formatCivil(time.seconds) : formatInstant(time.instant);
}

const untilOf = (end: RuleEnd): string | null => (end.kind === 'until' ? untilText(end.until) : null);

/** The parts of a series' only rule; null when there is none, several, or one no sentence can hold. */
export function describeRule(lines: readonly string[], allDay: boolean): RuleParts | null {
  const reading = parseRecurrence(lines, { allDay });
  if (!reading.ok || reading.recurrence.rules.length !== 1) return null;
  const [rule] = reading.recurrence.rules;
  if (!rule || rule.byWeekNo.length > 0 || rule.byYearDay.length > 0) return null;
  const { frequency, interval, byDay, byMonthDay, byMonth, bySetPos, end } = rule;
  const count = end.kind === 'count' ? end.count : null;
  return { frequency, interval, byDay, byMonthDay, byMonth, bySetPos, count, until: untilOf(end) };
}
