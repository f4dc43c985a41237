/**
 * The zone behind rules that stand for a name nobody knows (`Customized Time Zone`, a translated name, one of a program's own):
 * the IANA zone whose clocks do the same in the year of the item and the next. Null where there is none; then only the instant
 * is sure.
 * Sources: learn.microsoft.com/exchange/client-developer/web-service-reference/timezonedefinition, …/meetingtimezone.
 */
import { addDays, type Instant, matchZone, weekdayOfDate, type ZoneId, type ZoneObservance } from '@daybook/domain';
import { isRecord } from '@daybook/provider-port';
import { readZoneRules, type RuleSpan, type YearlyChange } from './zone-rules';

const MOST_KNOWN = 200;
const known = new Map<string, ZoneId | null>();

/** @param described `StartTimeZone`, `EndTimeZone` or `MeetingTimeZone` of an item, with its rules */
export function describedZone(described: unknown, start: Instant): ZoneId | null {
  if (!isRecord(described)) return null;
  const year = new Date(start).getUTCFullYear();
  const key = `${year} ${JSON.stringify(described)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const rules = readZoneRules(described);
  const observances = rules.spans.flatMap((span, index) => {
    const next = rules.spans[index + 1]?.since ?? LAST;
    return observancesOf(span, { from: year - 1, to: year + 2, next });
  });
  const zone = matchZone({ id: rules.name, observances }, { from: year, to: year + 1 });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, zone);
  return zone;
}

const FIRST = '0001-01-01T00:00:00';
const LAST = '9999-12-31T23:59:59';

interface Years {
  readonly from: number;
  readonly to: number;
  /** Civil time at which the next span begins. */
  readonly next: string;
}

/** Every change of the clocks in these years by itself. */
function observancesOf(
  { since, offsetSeconds, changes }: RuleSpan,
  { from, to, next }: Years,
): readonly ZoneObservance[] {
  const begin = since ?? FIRST;
  const years = Array.from({ length: to - from + 1 }, (_none, index) => from + index);
  const all = years.flatMap((year) => changes.map((change) => ({ change, at: timeOf(change, year) })));
  const inOrder = all.filter(({ at }) => at < next).sort((one, other) => (one.at < other.at ? -1 : 1));
  const before = inOrder.filter(({ at }) => at < begin).at(-1)?.change.offsetSeconds;
  const last = inOrder.at(-1)?.change.offsetSeconds;
  let offset = before ?? (changes.length === 0 ? offsetSeconds : (last ?? offsetSeconds));
  const observances: ZoneObservance[] = [
    { start: begin, offsetFromSeconds: offset, offsetToSeconds: offset, lines: [] },
  ];
  for (const { change, at } of inOrder.filter((one) => one.at >= begin)) {
    const to = change.offsetSeconds;
    observances.push({ start: at, offsetFromSeconds: offset, offsetToSeconds: to, lines: [] });
    offset = to;
  }
  return observances;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-03-29T02:00:00`: the wall time before the change. */
function timeOf({ month, day, atSeconds }: YearlyChange, year: number): string {
  const date = 'date' in day ? dateIn(year, { month, day: day.date }) : nthDay(year, month, day);
  const days = Math.floor(atSeconds / 86_400);
  const rest = atSeconds - days * 86_400;
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(':');
  return `${addDays(date, days)}T${time}`;
}

function dateIn(year: number, { month, day }: { readonly month: number; readonly day: number }): string {
  return addDays(`${String(year).padStart(4, '0')}-${two(month)}-01`, day - 1);
}

/** `nth` counts from 1; from 5 on, and below 1, the last is meant. */
function nthDay(
  year: number,
  month: number,
  { weekday, nth }: { readonly weekday: number; readonly nth: number },
): string {
  const first = dateIn(year, { month, day: 1 });
  const ahead = (weekday - weekdayOfDate(first) + 7) % 7;
  if (nth >= 1 && nth <= 4) return addDays(first, ahead + 7 * (nth - 1));
  const fifth = addDays(first, ahead + 28);
  return fifth.slice(5, 7) === two(month) ? fifth : addDays(fifth, -7);
}
