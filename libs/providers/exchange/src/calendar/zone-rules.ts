import { asText, type ForeignRecord, isRecord, listOf } from '@daybook/provider-port';
import { DAYS, MONTHS } from './schema-words';
import { LONGEST_ZONE } from './zone-name';

/** When the clocks change each year, in the wall time before it. */
export interface YearlyChange {
  /** 1 to 12. */
  readonly month: number;
  /** A day of the month, or the nth of a weekday (Monday 0; `nth` 5 or -1: the last). */
  readonly day: { readonly date: number } | { readonly weekday: number; readonly nth: number };
  /** Of the day, from its midnight. */
  readonly atSeconds: number;
  readonly offsetSeconds: number;
}

/** Rules that hold from a time on. */
export interface RuleSpan {
  /** Civil time; null from the beginning. */
  readonly since: string | null;
  /** Of clocks that never change. */
  readonly offsetSeconds: number;
  readonly changes: readonly YearlyChange[];
}

export interface ZoneRules {
  readonly name: string;
  /** In their order; none where they cannot be read. */
  readonly spans: readonly RuleSpan[];
}

/** A `TimeZoneDefinitionType`, or the `MeetingTimeZone` of 2007. Never throws. */
export function readZoneRules(described: ForeignRecord): ZoneRules {
  const older = described['BaseOffset'];
  if (older === undefined) return { name: asText(described['Id'], LONGEST_ZONE), spans: spansIn(described) ?? [] };
  const span = olderSpan(described);
  return { name: asText(described['TimeZoneName'], LONGEST_ZONE), spans: span === null ? [] : [span] };
}

const DURATION = /^(-)?P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?$/;
/** Clocks differ from UTC by less than a day. */
const MOST_OFFSET = 86_399;
const MOST_SPANS = 400;

function seconds(value: unknown): number | null {
  const found = DURATION.exec(asText(value, 40).trim());
  if (found === null) return null;
  const [days = 0, hours = 0, minutes = 0, rest = 0] = found.slice(2).map((part) => Number(part ?? 0));
  const told = days * 86_400 + hours * 3600 + minutes * 60 + rest;
  return found[1] === '-' ? -told : told;
}

/** A bias is what is added to the wall time for UTC. */
function offsetOf(bias: number | null): number | null {
  return bias === null || Math.abs(bias) > MOST_OFFSET ? null : -bias;
}

function number(value: unknown): number | null {
  const told = asText(value, 10).trim();
  return /^-?\d{1,4}$/.test(told) ? Number(told) : null;
}

function spansIn(definition: ForeignRecord): readonly RuleSpan[] | null {
  const offsets = new Map(
    listOf(definition['Periods'])
      .filter(isRecord)
      .map(({ Id: id, Bias: bias }) => [asText(id, 256), offsetOf(seconds(bias))] as const),
  );
  const groups = new Map(
    listOf(definition['TransitionsGroups'])
      .filter(isRecord)
      .map(({ Id: id, entries }) => [asText(id, 256), rulesOf(listOf(entries).filter(isRecord), offsets)] as const),
  );
  const transitions = listOf(definition['Transitions']).filter(isRecord).slice(0, MOST_SPANS);
  const [only] = offsets.values();
  if (transitions.length === 0 && offsets.size === 1 && typeof only === 'number') return [constant(null, only)];
  const spans = transitions.map((transition) => spanOf(transition, { offsets, groups }));
  return spans.includes(null) ? null : spans.filter((span) => span !== null).sort(bySince);
}

const bySince = (one: RuleSpan, other: RuleSpan): number => ((one.since ?? '') < (other.since ?? '') ? -1 : 1);

type Offsets = ReadonlyMap<string, number | null>;
type Rules = Omit<RuleSpan, 'since'>;

const constant = (since: string | null, offsetSeconds: number): RuleSpan => ({ since, offsetSeconds, changes: [] });

interface Target {
  readonly kind: string;
  readonly name: string;
}

function targetOf({ To: to }: ForeignRecord): Target {
  return isRecord(to) ? { kind: asText(to['Kind'], 20), name: asText(to['text'], 256).trim() } : { kind: '', name: '' };
}

function spanOf(
  transition: ForeignRecord,
  { offsets, groups }: { readonly offsets: Offsets; readonly groups: ReadonlyMap<string, Rules | null> },
): RuleSpan | null {
  const since = transition['element'] === 'Transition' ? null : asText(transition['DateTime'], 40).slice(0, 19);
  if (since !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(since)) return null;
  const { kind, name } = targetOf(transition);
  const offset = offsets.get(name) ?? null;
  if (kind !== 'Group') return offset === null ? null : constant(since, offset);
  const rules = groups.get(name) ?? null;
  return rules === null ? null : { since, ...rules };
}

function rulesOf(transitions: readonly ForeignRecord[], offsets: Offsets): Rules | null {
  const [only] = transitions;
  const offset = only === undefined ? null : (offsets.get(targetOf(only).name) ?? null);
  if (offset === null) return null;
  if (transitions.length === 1) return { offsetSeconds: offset, changes: [] };
  const changes = transitions.slice(0, MOST_SPANS).map((transition) => changeOf(transition, offsets));
  return changes.includes(null) ? null : { offsetSeconds: offset, changes: changes.filter((one) => one !== null) };
}

function changeOf(transition: ForeignRecord, offsets: Offsets): YearlyChange | null {
  const offset = offsets.get(targetOf(transition).name) ?? null;
  const at = seconds(transition['TimeOffset']);
  const date = number(transition['Day']);
  const weekday = DAYS.indexOf(asText(transition['DayOfWeek'], 20).trim());
  const nth = number(transition['Occurrence']);
  const month = number(transition['Month']);
  if (offset === null || at === null || month === null || month < 1 || month > 12) return null;
  const told = { month, atSeconds: at, offsetSeconds: offset };
  if (date !== null) return date < 1 || date > 31 ? null : { ...told, day: { date } };
  return weekday < 0 || nth === null || nth === 0 ? null : { ...told, day: { weekday, nth } };
}

const INDEXES: ReadonlyMap<string, number> = new Map(
  ['First', 'Second', 'Third', 'Fourth', 'Last'].map((word, index) => [word, index + 1]),
);

function olderSpan(zone: ForeignRecord): RuleSpan | null {
  const base = offsetOf(seconds(zone['BaseOffset']));
  if (base === null) return null;
  const parts = [zone['Standard'], zone['Daylight']].filter(isRecord);
  const changes = parts.map((part) => olderChange(part, base));
  if (changes.includes(null)) return null;
  return { since: null, offsetSeconds: base, changes: changes.filter((one) => one !== null) };
}

function olderChange(
  { Offset: more, RelativeYearlyRecurrence: when, Time: time }: ForeignRecord,
  base: number,
): YearlyChange | null {
  const bias = seconds(more);
  const [hours, minutes, rest] = asText(time, 20).trim().slice(0, 8).split(':').map(Number);
  if (!isRecord(when) || bias === null || hours === undefined || minutes === undefined) return null;
  const month = MONTHS.indexOf(asText(when['Month'], 20).trim()) + 1;
  const weekday = DAYS.indexOf(asText(when['DaysOfWeek'], 20).trim());
  const nth = INDEXES.get(asText(when['DayOfWeekIndex'], 20).trim());
  const atSeconds = hours * 3600 + minutes * 60 + (rest ?? 0);
  if (month === 0 || weekday < 0 || nth === undefined || !Number.isInteger(atSeconds)) return null;
  return { month, day: { weekday, nth }, atSeconds, offsetSeconds: base - bias };
}
