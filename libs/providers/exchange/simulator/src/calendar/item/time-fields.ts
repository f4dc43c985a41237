import { element } from '../../wire/element';
import type { Recurrence } from '../recurrence/recurrence';
import { accepted, refused, type Outcome } from '../refusal';
import { UTC_ZONE, wallTimeAt } from '../zones/calendar-zone';
import { dateTimeText, readDateTime, wallText } from '../zones/date-texts';
import { durationText } from '../zones/durations';
import { booleanField, textField, type Fields } from './fields';
import { zonesOf, type ItemZones } from './item-zones';
import { whenText } from './when-text';

/** When an item is; instants in epoch milliseconds. */
export interface ItemTimes {
  readonly start: number;
  readonly end: number;
  readonly isAllDay: boolean;
  readonly zones: ItemZones;
}

/**
 * Start and End as a client sent them. Refused with ErrorRequiredPropertyMissing, ErrorInvalidValueForProperty or
 * ErrorCalendarEndDateIsEarlierThanStartDate.
 */
export function readTimes(fields: Fields, zones: ItemZones): Outcome<ItemTimes> {
  const start = readTime(fields, 'Start', zones);
  if (!start.ok) return start;
  const end = readTime(fields, 'End', zones);
  if (!end.ok) return end;
  if (end.value < start.value) {
    return refused('ErrorCalendarEndDateIsEarlierThanStartDate', 'The end is earlier than the start.', 'calendar:End');
  }
  const isAllDay = booleanField(fields, 'IsAllDayEvent');
  return accepted({ start: start.value, end: end.value, isAllDay, zones });
}

function readTime(fields: Fields, name: 'Start' | 'End', zones: ItemZones): Outcome<number> {
  const path = `calendar:${name}`;
  const text = textField(fields, name);
  if (text === null) return refused('ErrorRequiredPropertyMissing', `${name} is missing.`, path);
  const instant = readDateTime(text, name === 'Start' ? zones.start : zones.end);
  // An offset may carry a time at the very edge out of the years that Exchange keeps.
  return instant === null || readDateTime(dateTimeText(instant), UTC_ZONE) === null
    ? refused('ErrorInvalidValueForProperty', `${name} is no date and time.`, path)
    : accepted(instant);
}

const known = new WeakMap<Fields, ItemTimes | null>();

/** Times of a stored item; null for one that has none. */
export function timesOf(fields: Fields): ItemTimes | null {
  const before = known.get(fields);
  if (before !== undefined) return before;
  const read = readTimes(fields, zonesOf(fields));
  const times = read.ok ? read.value : null;
  known.set(fields, times);
  return times;
}

/** The fields that follow from the times of an item. */
export function timeFields({ start, end, isAllDay, zones }: ItemTimes): Fields {
  return [
    element('Start', dateTimeText(start)),
    element('End', dateTimeText(end)),
    element('IsAllDayEvent', isAllDay),
    element('Duration', durationText(end - start)),
    element('TimeZone', zones.start.name),
    element('StartTimeZoneId', zones.start.id),
    element('EndTimeZoneId', zones.end.id),
    element('StartWallClock', wallText(wallTimeAt(start, zones.start))),
    element('EndWallClock', wallText(wallTimeAt(end, zones.end))),
    element('ReminderDueBy', dateTimeText(start)),
  ];
}

/** `When`, as the server words it. */
export const whenOf = ({ start, end, isAllDay, zones }: ItemTimes, recurrence: Recurrence | null): string =>
  whenText({ start, end, isAllDay, zone: zones.start }, recurrence);
