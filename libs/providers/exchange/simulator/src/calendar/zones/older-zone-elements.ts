import { element, type XmlElement } from '../../wire/element';
import { MONTHS } from '../recurrence/civil-days';
import type { CalendarZone } from './calendar-zone';
import { timeText } from './date-texts';
import { durationText } from './durations';
import type { YearlyChange } from './yearly-rules';
import { spansOfYears } from './zone-years';

const MINUTE = 60_000;
const INDEXES: Readonly<Record<number, string>> = { 1: 'First', 2: 'Second', 3: 'Third', 4: 'Fourth', [-1]: 'Last' };

interface YearRule {
  readonly standard: number;
  /** Null without summer time in that year. */
  readonly changes: { readonly toStandard: YearlyChange; readonly toDaylight: YearlyChange } | null;
}

function ruleOf(zone: CalendarZone, year: number): YearRule {
  const span = spansOfYears(zone, year, year).at(-1);
  const [one, other] = span?.changes ?? [];
  if (one === undefined || other === undefined) return { standard: span?.offset ?? 0, changes: null };
  const [toStandard, toDaylight] = one.offset < other.offset ? [one, other] : [other, one];
  return { standard: toStandard.offset, changes: { toStandard, toDaylight } };
}

/** MeetingTimeZone, as Exchange 2007 and its clients know zones: the rule of one year. */
export function meetingTimeZone(zone: CalendarZone, year: number): XmlElement {
  const { standard, changes } = ruleOf(zone, year);
  const parts =
    changes === null
      ? []
      : [timeChange('Standard', changes.toStandard, standard), timeChange('Daylight', changes.toDaylight, standard)];
  return element('MeetingTimeZone', [element('BaseOffset', durationText(-standard)), ...parts], {
    TimeZoneName: zone.id,
  });
}

function timeChange(name: string, change: YearlyChange, standard: number): XmlElement {
  const { weekday, nth } = 'weekday' in change.day ? change.day : { weekday: 'Sunday', nth: 1 };
  return element(
    name,
    [
      element('Offset', durationText(standard - change.offset)),
      element('RelativeYearlyRecurrence', [
        element('DaysOfWeek', weekday),
        element('DayOfWeekIndex', INDEXES[nth] ?? 'Last'),
        element('Month', MONTHS[change.month - 1] ?? 'January'),
      ]),
      element('Time', timeText(within(change.at))),
    ],
    { TimeZoneName: name },
  );
}

/** The zone of working hours and availability requests (SerializableTimeZone): biases in minutes, the rule of one year. */
export function serializableTimeZone(zone: CalendarZone, year: number): XmlElement {
  const { standard, changes } = ruleOf(zone, year);
  return element('TimeZone', [
    element('Bias', -standard / MINUTE),
    serializableTime('StandardTime', changes?.toStandard ?? null, standard),
    serializableTime('DaylightTime', changes?.toDaylight ?? null, standard),
  ]);
}

function serializableTime(name: string, change: YearlyChange | null, standard: number): XmlElement {
  const { weekday, nth } = change !== null && 'weekday' in change.day ? change.day : { weekday: 'Sunday', nth: 0 };
  return element(name, [
    element('Bias', change === null ? 0 : (standard - change.offset) / MINUTE),
    element('Time', timeText(within(change?.at ?? 0))),
    element('DayOrder', nth === -1 ? 5 : nth),
    element('Month', change?.month ?? 0),
    element('DayOfWeek', weekday),
  ]);
}

/** A time of day cannot be 24:00. */
const within = (at: number): number => Math.min(Math.max(at, 0), 86_399_000);
