import { element, type XmlElement } from '../../wire/element';
import { civilDate, DAY_MS } from '../recurrence/civil-days';
import { zoneOfId, type CalendarZone } from './calendar-zone';
import { wallText } from './date-texts';
import { durationText } from './durations';
import { WINDOWS_ZONES } from './windows-zones';
import type { YearlyChange, ZoneSpan } from './yearly-rules';
import { spansOfYears } from './zone-years';

const YEARS_BACK = 2;
const YEARS_AHEAD = 3;

export interface DefinitionWish {
  /** With periods, groups and transitions, else only `Id` and `Name`. */
  readonly full: boolean;
  /** The rules are told for the years around this one. */
  readonly year: number;
  /** Name of the element; default `TimeZoneDefinition`. */
  readonly as?: string;
}

/** All zones of the server. */
export const serverZones = (): readonly CalendarZone[] =>
  WINDOWS_ZONES.map(({ id }) => zoneOfId(id)).filter((zone) => zone !== null);

/**
 * A zone as GetServerTimeZones and items tell it; null for an id nobody knows, which GetServerTimeZones leaves out without
 * an error (MS-OXWSGTZ 3.1.4.1.3.3).
 */
export function timeZoneDefinition(id: string, wish: DefinitionWish): XmlElement | null {
  const zone = zoneOfId(id);
  return zone === null ? null : definitionOfZone(zone, wish);
}

const made = new Map<string, readonly XmlElement[]>();
const MOST_MADE = 2000;

/** A zone with its own definition is told as its client defined it. */
export function definitionOfZone(zone: CalendarZone, wish: DefinitionWish): XmlElement {
  const name = wish.as ?? 'TimeZoneDefinition';
  const parts = wish.full ? partsOf(zone, wish.year) : [];
  return element(name, parts, { Id: zone.id, Name: zone.name });
}

function partsOf(zone: CalendarZone, year: number): readonly XmlElement[] {
  if (zone.definition !== null && zone.definition.children.some(({ name }) => name === 'Periods')) {
    return zone.definition.children;
  }
  if (zone.iana === null) return rulesElements(zone, year);
  const key = `${year} ${zone.id}`;
  const before = made.get(key);
  if (before !== undefined) return before;
  const parts = rulesElements(zone, year);
  if (made.size >= MOST_MADE) made.clear();
  made.set(key, parts);
  return parts;
}

interface Group {
  readonly since: number | null;
  readonly periods: readonly XmlElement[];
  readonly transitions: readonly XmlElement[];
}

function rulesElements(zone: CalendarZone, year: number): readonly XmlElement[] {
  const spans = spansOfYears(zone, year - YEARS_BACK, year + YEARS_AHEAD);
  const groups = spans.map((span, index) => groupOf(zone, span, index));
  return [
    element(
      'Periods',
      groups.flatMap(({ periods }) => periods),
    ),
    element(
      'TransitionsGroups',
      groups.map(({ transitions }, index) => element('TransitionsGroup', transitions, { Id: index })),
    ),
    element(
      'Transitions',
      groups.map(({ since }, index) => {
        const target = element('To', String(index), { Kind: 'Group' });
        return since === null
          ? element('Transition', [target])
          : element('AbsoluteDateTransition', [target, element('DateTime', wallText(since))]);
      }),
    ),
  ];
}

function groupOf(zone: CalendarZone, span: ZoneSpan, index: number): Group {
  const label = labelOf(span, index);
  const offsets = span.changes.length === 0 ? [span.offset] : span.changes.map(({ offset }) => offset);
  const standard = Math.min(...offsets);
  const kindOf = (offset: number): string => (offset === standard ? 'Standard' : 'Daylight');
  const idOf = (offset: number): string => `trule:Microsoft/Registry/${zone.id}/${label}-${kindOf(offset)}`;
  const periods = [...new Set(offsets)]
    .sort((one, other) => one - other)
    .map((offset) => element('Period', [], { Bias: durationText(-offset), Name: kindOf(offset), Id: idOf(offset) }));
  const transitions =
    span.changes.length === 0
      ? [element('Transition', [element('To', idOf(span.offset), { Kind: 'Period' })])]
      : span.changes.map((change) => transitionOf(change, idOf(change.offset)));
  return { since: span.since, periods, transitions };
}

/** Exchange numbers the periods by the year they begin in, the first by 1; two of one year stay apart by the index. */
function labelOf({ since }: ZoneSpan, index: number): number {
  if (since === null) return 1;
  const { year, month, day } = civilDate(Math.floor(since / DAY_MS));
  return month === 1 && day === 1 ? year : year * 100 + index;
}

function transitionOf({ month, day, at }: YearlyChange, period: string): XmlElement {
  const head = [
    element('To', period, { Kind: 'Period' }),
    element('TimeOffset', durationText(at)),
    element('Month', month),
  ];
  return 'date' in day
    ? element('RecurringDateTransition', [...head, element('Day', day.date)])
    : element('RecurringDayTransition', [...head, element('DayOfWeek', day.weekday), element('Occurrence', day.nth)]);
}
