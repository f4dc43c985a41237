import { childOf, childrenOf, textOf, type XmlElement } from '../../wire/element';
import { accepted, refused, type Outcome } from '../refusal';
import { WEEK } from '../recurrence/civil-days';
import { zoneOfId, type CalendarZone } from './calendar-zone';
import { readWallTime } from './date-texts';
import { readDuration } from './durations';
import { zoneOfRules, type YearlyChange, type ZoneSpan } from './yearly-rules';

/** Windows has at most two changes a year and new rules every year; more than these help nobody. */
const MOST_CHANGES = 20;
const MOST_PARTS = 400;
/** No clock is further from UTC (MS-OXOCAL biases are minutes of a day). */
const MOST_OFFSET = 24 * 3_600_000;

const invalid = refused('ErrorTimeZone', 'The specified time zone is not valid.');

/**
 * A TimeZoneDefinitionType: StartTimeZone, EndTimeZone, TimeZoneDefinition. A known `Id` means the server's own rules;
 * any other needs periods, groups and transitions, which then are evaluated as they are:
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/timezonedefinition
 */
export function readZoneDefinition(definition: XmlElement): Outcome<CalendarZone> {
  const id = definition.attributes['Id'] ?? '';
  const listed = zoneOfId(id);
  if (listed !== null) return accepted(listed);
  const offsets = offsetsOf(definition);
  if (offsets === null) return invalid;
  const groups = groupsOf(definition, offsets);
  const spans = groups === null ? null : spansOf(definition, { offsets, groups });
  if (spans === null) return invalid;
  const name = definition.attributes['Name'] ?? '';
  const zone = { id: id === '' ? 'Customized Time Zone' : id, name: name === '' ? id : name };
  return accepted(zoneOfRules({ ...zone, definition, spans }));
}

type Offsets = ReadonlyMap<string, number>;

function offsetsOf(definition: XmlElement): Offsets | null {
  const periods = childrenOf(childOf(definition, 'Periods'), 'Period');
  if (periods.length === 0 || periods.length > 2 * MOST_PARTS) return null;
  const offsets = new Map<string, number>();
  for (const { attributes } of periods) {
    const bias = readDuration(attributes['Bias'] ?? '');
    if (bias === null || Math.abs(bias) > MOST_OFFSET) return null;
    offsets.set(attributes['Id'] ?? '', -bias);
  }
  return offsets;
}

type Rules = Pick<ZoneSpan, 'offset' | 'changes'>;

function groupsOf(definition: XmlElement, offsets: Offsets): ReadonlyMap<string, Rules> | null {
  const groups = childrenOf(childOf(definition, 'TransitionsGroups'), 'TransitionsGroup');
  if (groups.length > MOST_PARTS) return null;
  const read = new Map<string, Rules>();
  for (const group of groups) {
    const rules = rulesOf(group, offsets);
    if (rules === null) return null;
    read.set(group.attributes['Id'] ?? '', rules);
  }
  return read;
}

function rulesOf({ children }: XmlElement, offsets: Offsets): Rules | null {
  if (children.length === 0 || children.length > MOST_CHANGES) return null;
  const [only] = children;
  if (children.length === 1 && only?.name === 'Transition') {
    const offset = offsets.get(textOf(only, 'To') ?? '');
    return offset === undefined ? null : { offset, changes: [] };
  }
  const changes = children.map((child) => changeOf(child, offsets));
  return changes.includes(null) ? null : { offset: 0, changes: changes.filter((change) => change !== null) };
}

function changeOf(transition: XmlElement, offsets: Offsets): YearlyChange | null {
  const offset = offsets.get(textOf(transition, 'To') ?? '');
  const at = readDuration(textOf(transition, 'TimeOffset') ?? '');
  const month = whole(textOf(transition, 'Month'));
  const day = dayOf(transition);
  if (offset === undefined || at === null || month === null || day === null) return null;
  if (month < 1 || month > 12 || Math.abs(at) > 2 * MOST_OFFSET) return null;
  return { month, day, at, offset };
}

function dayOf(transition: XmlElement): YearlyChange['day'] | null {
  if (transition.name === 'RecurringDateTransition') {
    const date = whole(textOf(transition, 'Day'));
    return date === null || date < 1 || date > 31 ? null : { date };
  }
  const weekday = WEEK.find((name) => name === textOf(transition, 'DayOfWeek'));
  const nth = whole(textOf(transition, 'Occurrence'));
  if (transition.name !== 'RecurringDayTransition' || weekday === undefined || nth === null) return null;
  return nth === 0 || nth < -1 || nth > 5 ? null : { weekday, nth };
}

const whole = (text: string | null): number | null =>
  text !== null && /^[+-]?\d{1,4}$/.test(text.trim()) ? Number(text) : null;

function spansOf(
  definition: XmlElement,
  { offsets, groups }: { offsets: Offsets; groups: ReadonlyMap<string, Rules> },
): readonly ZoneSpan[] | null {
  const transitions = childOf(definition, 'Transitions')?.children ?? [];
  if (transitions.length > MOST_PARTS) return null;
  const [only] = offsets.values();
  if (transitions.length === 0) {
    return offsets.size === 1 && only !== undefined ? [{ since: null, offset: only, changes: [] }] : null;
  }
  const spans: ZoneSpan[] = [];
  for (const transition of transitions) {
    const target = childOf(transition, 'To');
    const name = target?.text ?? '';
    const rules = target?.attributes['Kind'] === 'Group' ? groups.get(name) : constant(offsets.get(name));
    const since = transition.name === 'Transition' ? null : readWallTime(textOf(transition, 'DateTime') ?? '');
    if (rules === undefined || (since === null && transition.name !== 'Transition')) return null;
    spans.push({ since, ...rules });
  }
  return spans.sort((one, other) => (one.since ?? -Infinity) - (other.since ?? -Infinity) || 0);
}

const constant = (offset: number | undefined): Rules | undefined =>
  offset === undefined ? undefined : { offset, changes: [] };
