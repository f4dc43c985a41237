import { addDays } from '../time/civil';
import { toCivil } from '../time/zoned-time';
import { expand } from './expand';
import { readSeries } from './series';
import type { OriginalStart, SeriesDefinition } from './series-definition';
import { instantOf } from '../meeting/meeting';

export interface SplitRecurrence {
  /** The lines of what stays before the occurrence. */
  readonly before: readonly string[];
  /** The lines of a series that begins with the occurrence. */
  readonly after: readonly string[];
}

/** Far more than any series that is stored. */
const MOST = 100_000;

/**
 * A series in two, where an occurrence stands: "this and following". Both together have the same occurrences as before. Null for
 * the first occurrence, for one that is not of the series, and for lines with more than one rule.
 */
export function splitRecurrence(
  series: Omit<SeriesDefinition, 'exceptions'>,
  at: OriginalStart,
): SplitRecurrence | null {
  const rules = series.lines.filter((line) => /^RRULE[:;]/i.test(line));
  const reading = readSeries({ ...series, exceptions: [] });
  const [rule] = rules;
  if (!rule || rules.length > 1 || !reading.ok) return null;
  const instant = 'date' in at ? instantOf({ date: at.date }, series.floatingZone) : at.instant;
  const window = { from: instantOf(series.start, series.floatingZone), to: instant + 1 };
  const upTo = expand(reading.series, window, MOST).occurrences.filter(({ startsAt }) => startsAt <= instant);
  const earlier = upTo.filter(({ startsAt }) => startsAt < instant);
  if (earlier.length === 0 || earlier.length === upTo.length) return null;
  const rest = series.lines.filter((line) => line !== rule);
  const takenOut = rest.filter((line) => /^EXDATE[:;]/i.test(line)).length > 0;
  return {
    before: [withEnd(rule, `UNTIL=${lastBefore(at)}`), ...rest],
    after: [afterRule(rule, takenOut ? countBefore(series, rule, instant) : earlier.length), ...rest],
  };
}

/** COUNT counts what was taken out, too. */
function countBefore(series: Omit<SeriesDefinition, 'exceptions'>, rule: string, instant: number): number {
  const reading = readSeries({ ...series, lines: [rule], exceptions: [] });
  if (!reading.ok) return 0;
  const window = { from: instantOf(series.start, series.floatingZone), to: instant + 1 };
  return expand(reading.series, window, MOST).occurrences.filter(({ startsAt }) => startsAt < instant).length;
}

function afterRule(rule: string, passed: number): string {
  const count = /(?:^|[;:])COUNT=(\d+)/i.exec(rule)?.[1];
  return count === undefined ? rule : withEnd(rule, `COUNT=${Number(count) - passed}`);
}

function withEnd(rule: string, end: string): string {
  const colon = rule.indexOf(':');
  const parts = rule
    .slice(colon + 1)
    .split(';')
    .filter((part) => !/^(?:COUNT|UNTIL)=/i.test(part));
  return `${rule.slice(0, colon + 1)}${[...parts, end].join(';')}`;
}

/** The moment before a start, as UNTIL writes it (RFC 5545, 3.3.10): UTC for times, a date for days. */
function lastBefore(at: OriginalStart): string {
  if ('date' in at) return addDays(at.date, -1).replaceAll('-', '');
  const text = toCivil(at.instant - 1_000, 'UTC');
  return `${text.replace(/[-:]/g, '').slice(0, 15)}Z`;
}
