import { childOf, textOf, type XmlElement } from '../../wire/element';
import { accepted, refused, type Outcome } from '../refusal';
import { dayOfText, civilDate, MONTHS, WEEK } from '../recurrence/civil-days';
import { zoneOfId, type CalendarZone } from './calendar-zone';
import { readDate } from './date-texts';
import { readDuration } from './durations';
import { readZoneDefinition } from './read-zone-definition';
import { zoneOfRules, type YearlyChange } from './yearly-rules';

const MINUTE = 60_000;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?$/;
const NTHS = new Map([
  ['First', 1],
  ['Second', 2],
  ['Third', 3],
  ['Fourth', 4],
  ['Last', -1],
]);
const MOST_OFFSET = 24 * 60 * MINUTE;

const invalid = refused('ErrorCalendarInvalidTimeZone', 'The specified time zone is not valid.');

/**
 * The zone of StartTimeZone, EndTimeZone, TimeZoneDefinition or TimeZoneContext, of MeetingTimeZone (Exchange 2007), or of
 * the TimeZone of an availability request.
 */
export function readZone(zone: XmlElement): Outcome<CalendarZone> {
  if (zone.name === 'TimeZoneContext') {
    const definition = childOf(zone, 'TimeZoneDefinition');
    return definition === null
      ? refused('ErrorTimeZone', 'The specified time zone is not valid.')
      : readZoneDefinition(definition);
  }
  if (childOf(zone, 'Bias') !== null) return readSerializable(zone);
  return zone.name === 'MeetingTimeZone' ? readMeetingZone(zone) : readZoneDefinition(zone);
}

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/meetingtimezone */
function readMeetingZone(definition: XmlElement): Outcome<CalendarZone> {
  const id = definition.attributes['TimeZoneName'] ?? '';
  const listed = zoneOfId(id);
  if (listed !== null) return accepted(listed);
  const base = readDuration(textOf(definition, 'BaseOffset') ?? '');
  if (base === null || Math.abs(base) > MOST_OFFSET) return invalid;
  const parts = [childOf(definition, 'Standard'), childOf(definition, 'Daylight')].filter((part) => part !== null);
  const changes: YearlyChange[] = [];
  for (const part of parts) {
    const change = readTimeChange(part, base);
    if (!change.ok) return change;
    if (change.value !== null) changes.push(change.value);
  }
  const name = id === '' ? 'Customized Time Zone' : id;
  return accepted(zoneOfRules({ id: name, name, definition, spans: [{ since: null, offset: -base, changes }] }));
}

/** Null for a part that says no date: then the zone has no summer time. */
function readTimeChange(part: XmlElement, base: number): Outcome<YearlyChange | null> {
  const bias = readDuration(textOf(part, 'Offset') ?? '');
  const at = readTime(textOf(part, 'Time') ?? '');
  if (bias === null || at === null || Math.abs(bias) > MOST_OFFSET) return invalid;
  const offset = -(base + bias);
  const rule = childOf(part, 'RelativeYearlyRecurrence');
  const date = readDate(textOf(part, 'AbsoluteDate') ?? '');
  if (rule === null && date === null) return accepted(null);
  if (rule === null) {
    // A zone of this kind knows one year only; the same date is taken for every year.
    const { month, day } = civilDate(dayOfText(date ?? '') ?? 0);
    return accepted({ month, day: { date: day }, at, offset });
  }
  const weekday = WEEK.find((name) => name === textOf(rule, 'DaysOfWeek')?.trim());
  if (weekday === undefined) {
    return refused('ErrorCalendarInvalidDayForTimeChangePattern', 'A time change needs one day of the week.');
  }
  const month = MONTHS.findIndex((name) => name === textOf(rule, 'Month')) + 1;
  const nth = NTHS.get(textOf(rule, 'DayOfWeekIndex') ?? '');
  return month === 0 || nth === undefined ? invalid : accepted({ month, day: { weekday, nth }, at, offset });
}

function readTime(text: string): number | null {
  const found = TIME.exec(text.trim());
  if (found === null) return null;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3])];
  return hour > 23 || minute > 59 || second > 59 ? null : ((hour * 60 + minute) * 60 + second) * 1000;
}

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/timezone-availability */
function readSerializable(definition: XmlElement): Outcome<CalendarZone> {
  const base = minutes(textOf(definition, 'Bias'));
  if (base === null) return invalid;
  const changes: YearlyChange[] = [];
  for (const name of ['StandardTime', 'DaylightTime']) {
    const part = childOf(definition, name);
    const change = part === null ? undefined : readSerializableTime(part, base);
    if (change === undefined) return invalid;
    if (change !== null) changes.push(change);
  }
  const name = 'Customized Time Zone';
  return accepted(zoneOfRules({ id: name, name, definition, spans: [{ since: null, offset: -base, changes }] }));
}

/** Undefined: unreadable. Null: month 0, there is no such change. */
function readSerializableTime(part: XmlElement, base: number): YearlyChange | null | undefined {
  const [bias, month, order] = ['Bias', 'Month', 'DayOrder'].map((name) => whole(textOf(part, name)));
  const at = readTime(textOf(part, 'Time') ?? '');
  if (bias === null || bias === undefined || at === null || Math.abs(bias) > MOST_OFFSET / MINUTE) return undefined;
  if (month === 0 || order === 0) return null;
  const weekday = WEEK.find((name) => name === textOf(part, 'DayOfWeek'));
  if (month === null || month === undefined || order === null || order === undefined) return undefined;
  if (month < 1 || month > 12 || order < 1) return undefined;
  const offset = -(base + bias * MINUTE);
  const isAbsolute = textOf(part, 'Year') !== null;
  if (isAbsolute) return order > 31 ? undefined : { month, day: { date: order }, at, offset };
  return weekday === undefined || order > 5
    ? undefined
    : { month, day: { weekday, nth: order === 5 ? -1 : order }, at, offset };
}

const whole = (text: string | null): number | null =>
  text !== null && /^[+-]?\d{1,5}$/.test(text.trim()) ? Number(text) : null;

function minutes(text: string | null): number | null {
  const value = whole(text);
  return value === null || Math.abs(value) > MOST_OFFSET / MINUTE ? null : value * MINUTE;
}
