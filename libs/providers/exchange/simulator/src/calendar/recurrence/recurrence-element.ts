import { element, type XmlElement } from '../../wire/element';
import type { CalendarZone } from '../zones/calendar-zone';
import { dateText } from '../zones/date-texts';
import type { Recurrence, RecurrencePattern } from './recurrence';

/** A Recurrence element; with a zone its dates carry the offset of their midnights, as Exchange writes them. */
export function recurrenceElement(recurrence: Recurrence, zone?: CalendarZone): XmlElement {
  return element('Recurrence', [patternElement(recurrence.pattern), rangeElement(recurrence, zone)]);
}

function patternElement(pattern: RecurrencePattern): XmlElement {
  switch (pattern.kind) {
    case 'daily':
      return element('DailyRecurrence', [element('Interval', pattern.interval)]);
    case 'weekly':
      return element('WeeklyRecurrence', [
        element('Interval', pattern.interval),
        element('DaysOfWeek', pattern.daysOfWeek.join(' ')),
        element('FirstDayOfWeek', pattern.firstDayOfWeek),
      ]);
    case 'absoluteMonthly':
      return element('AbsoluteMonthlyRecurrence', [
        element('Interval', pattern.interval),
        element('DayOfMonth', pattern.dayOfMonth),
      ]);
    case 'relativeMonthly':
      return element('RelativeMonthlyRecurrence', [element('Interval', pattern.interval), ...relative(pattern)]);
    case 'absoluteYearly':
      return element('AbsoluteYearlyRecurrence', [
        element('DayOfMonth', pattern.dayOfMonth),
        element('Month', pattern.month),
      ]);
    case 'relativeYearly':
      return element('RelativeYearlyRecurrence', [...relative(pattern), element('Month', pattern.month)]);
  }
}

const relative = ({ day, index }: { readonly day: string; readonly index: string }): readonly XmlElement[] => [
  element('DaysOfWeek', day),
  element('DayOfWeekIndex', index),
];

function rangeElement({ startDate, end }: Recurrence, zone?: CalendarZone): XmlElement {
  const start = element('StartDate', dateText(startDate, zone));
  if (end.kind === 'noEnd') return element('NoEndRecurrence', [start]);
  return end.kind === 'numbered'
    ? element('NumberedRecurrence', [start, element('NumberOfOccurrences', end.count)])
    : element('EndDateRecurrence', [start, element('EndDate', dateText(end.endDate, zone))]);
}
