import { calendarValue } from '../../items/series-calendar-rules';
import { calendarEvents, mergedFreeBusy } from '../../calendar/view/busy-times';
import type { CalendarZone } from '../../calendar/zones/calendar-zone';
import { serializableTimeZone } from '../../calendar/zones/older-zone-elements';
import { element, type XmlElement } from '../../wire/element';
import type { FreeBusyKind, FreeBusyWish } from './availability-request';
import type { FreeBusyOf } from './free-busy-of';

const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday';
/** Minutes of the day. */
export const WORK_STARTS = 8 * 60;
export const WORK_ENDS = 17 * 60;

const MERGED: readonly FreeBusyKind[] = ['MergedOnly', 'FreeBusyMerged', 'DetailedMerged'];
/** Who may not see details gets the view without them. */
const WITHOUT_DETAILS: Partial<Readonly<Record<FreeBusyKind, FreeBusyKind>>> = {
  Detailed: 'FreeBusy',
  DetailedMerged: 'FreeBusyMerged',
};

/**
 * `FreeBusyView` of one person; its type says what it holds, which may be less than what was asked for.
 * @throws EwsRefusal ErrorInvalidMergedFreeBusyInterval
 */
export function freeBusyView({ times, access }: FreeBusyOf, wish: FreeBusyWish): XmlElement {
  const { zone, window, interval } = wish;
  const kind = access === 'details' ? wish.kind : (WITHOUT_DETAILS[wish.kind] ?? wish.kind);
  const isDetailed = kind === 'Detailed' || kind === 'DetailedMerged';
  const merged = MERGED.includes(kind) ? calendarValue(mergedFreeBusy(times, window, interval)) : null;
  const hasEvents = kind !== 'MergedOnly';
  return element('FreeBusyView', [
    element('FreeBusyViewType', kind),
    merged === null ? null : element('MergedFreeBusy', merged),
    hasEvents ? element('CalendarEventArray', calendarEvents(times, { zone, isDetailed })) : null,
    hasEvents ? workingHours(zone, new Date(window.from).getUTCFullYear()) : null,
  ]);
}

/** The same for everybody, in the zone that is asked in. */
const workingHours = (zone: CalendarZone, year: number): XmlElement =>
  element('WorkingHours', [
    serializableTimeZone(zone, year),
    element('WorkingPeriodArray', [
      element('WorkingPeriod', [
        element('DayOfWeek', WEEKDAYS),
        element('StartTimeInMinutes', WORK_STARTS),
        element('EndTimeInMinutes', WORK_ENDS),
      ]),
    ]),
  ]);
