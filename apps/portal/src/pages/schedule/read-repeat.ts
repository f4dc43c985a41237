import { lastDayOf, rulePartsOf, type RuleParts } from '../meetings/rule-parts';
import {
  inOrder,
  linesOf,
  noRepeat,
  weekdayOf,
  weekdays,
  type MonthlyBy,
  type Repeat,
  type RepeatKind,
  type RepeatStart,
} from './repeat';

const kinds: Record<string, RepeatKind> = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' };
const WORKDAYS = 'MO,TU,WE,TH,FR';

/**
 * The form's recurrence for the lines of a series. It is taken only if it would be written as the same rule again; any other
 * rule stays as it is, with kind `own`.
 */
export function readRepeat(lines: readonly string[], start: RepeatStart): Repeat {
  const none = noRepeat(start.date);
  const rules = lines.filter((line) => /^RRULE:/i.test(line));
  const kept = lines.filter((line) => !rules.includes(line));
  if (lines.length === 0) return none;
  const rule = rules[0];
  const own: Repeat = { ...none, kind: 'own', kept: lines };
  if (rules.length !== 1 || rule === undefined) return own;
  const parts = rulePartsOf(rule);
  const read = { ...fromParts(parts, start, none), kept };
  const written = linesOf(read, start)[0];
  const same = written !== undefined && usual(rulePartsOf(written), start) === usual(parts, start);
  return same ? read : own;
}

function fromParts(parts: RuleParts, start: RepeatStart, none: Repeat): Repeat {
  const byDay = parts.get('BYDAY') ?? '';
  const every = Number(parts.get('INTERVAL') ?? 1);
  const kind = kinds[parts.get('FREQ') ?? ''] ?? 'own';
  const until = parts.get('UNTIL');
  const count = parts.get('COUNT');
  return {
    ...none,
    kind: kind === 'weekly' && every === 1 && sorted(byDay) === WORKDAYS ? 'weekdays' : kind,
    every,
    days: kind === 'weekly' && byDay ? inOrder(weekdays.filter((day) => byDay.split(',').includes(day))) : none.days,
    monthly: monthlyBy(byDay),
    ends: until ? 'on' : count ? 'after' : 'never',
    count: count ? Number(count) : none.count,
    until: until ? lastDayOf(until, start.zone) : none.until,
  };
}

function monthlyBy(byDay: string): MonthlyBy {
  if (byDay === '') return 'day';
  return byDay.startsWith('-1') ? 'last' : 'nth';
}

/** A rule without what it says only by custom, so that rules that mean the same are the same text. */
function usual(parts: RuleParts, { date, zone }: RepeatStart): string {
  const left = new Map(parts);
  const every = left.get('INTERVAL') ?? '1';
  const frequency = left.get('FREQ');
  const day = String(Number(date.slice(8, 10)));
  if (every === '1') left.delete('INTERVAL');
  // From which day weeks are counted matters only to rules of every second week and more.
  if (every === '1' || frequency !== 'WEEKLY' || left.get('WKST') === 'MO') left.delete('WKST');
  if (frequency === 'WEEKLY') left.set('BYDAY', sorted(left.get('BYDAY') ?? weekdayOf(date)));
  if (frequency === 'MONTHLY' && !left.has('BYDAY') && !left.has('BYMONTHDAY')) left.set('BYMONTHDAY', day);
  if (
    frequency === 'YEARLY' &&
    left.get('BYMONTHDAY') === day &&
    left.get('BYMONTH') === String(Number(date.slice(5, 7)))
  ) {
    left.delete('BYMONTHDAY');
    left.delete('BYMONTH');
  }
  const until = left.get('UNTIL');
  if (until) left.set('UNTIL', lastDayOf(until, zone));
  return [...left]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(';');
}

function sorted(byDay: string): string {
  const rank = (day: string) => weekdays.findIndex((known) => known === day);
  return byDay
    .split(',')
    .sort((a, b) => rank(a) - rank(b))
    .join(',');
}
