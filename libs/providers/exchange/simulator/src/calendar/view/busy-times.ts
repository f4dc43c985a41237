import { element, type XmlElement } from '../../wire/element';
import { booleanField, textField } from '../item/fields';
import { accepted, refused, type Outcome } from '../refusal';
import { wallTimeAt, type CalendarZone } from '../zones/calendar-zone';
import { wallText } from '../zones/date-texts';
import { rowsIn, type CalendarEntry, type CalendarRow, type CalendarWindow } from './calendar-view';

export type BusyType = 'Free' | 'Tentative' | 'Busy' | 'OOF' | 'WorkingElsewhere' | 'NoData';

export interface BusyTime<T> extends CalendarRow<T> {
  readonly busyType: BusyType;
}

/**
 * Digits of MergedFreeBusy, and which one shows where several meet:
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/mergedfreebusy
 */
const DIGITS: Readonly<Record<BusyType, string>> = {
  Free: '0',
  Tentative: '1',
  Busy: '2',
  OOF: '3',
  WorkingElsewhere: '4',
  NoData: '5',
};
const RANKS: readonly BusyType[] = ['Free', 'NoData', 'WorkingElsewhere', 'Tentative', 'Busy', 'OOF'];

const MINUTE = 60_000;
const LEAST_MINUTES = 5;
const MOST_MINUTES = 24 * 60;
const MOST_SLOTS = 100_000;

/** What somebody has between `from` and `to`, by start. */
export function busyTimes<T>(entries: Iterable<CalendarEntry<T>>, window: CalendarWindow): readonly BusyTime<T>[] {
  return rowsIn(entries, window).map((row) => {
    const status = textField(row.fields(), 'LegacyFreeBusyStatus');
    return { ...row, busyType: RANKS.find((type) => type === status) ?? 'Busy' };
  });
}

/**
 * One digit for each interval from `from` on. Refused with ErrorInvalidMergedFreeBusyInterval for intervals below 5 minutes
 * or above a day.
 */
export function mergedFreeBusy(
  times: readonly Pick<BusyTime<unknown>, 'start' | 'end' | 'busyType'>[],
  { from, to }: CalendarWindow,
  minutes: number,
): Outcome<string> {
  if (!Number.isInteger(minutes) || minutes < LEAST_MINUTES || minutes > MOST_MINUTES) {
    return refused('ErrorInvalidMergedFreeBusyInterval', 'The interval must be between 5 and 1440 minutes.');
  }
  const size = minutes * MINUTE;
  const count = Math.min(Math.max(Math.ceil((to - from) / size), 0), MOST_SLOTS);
  const slots = new Array<BusyType>(count).fill('Free');
  for (const { start, end, busyType } of times) {
    // What has no length takes no time.
    if (end <= start) continue;
    const last = Math.min(Math.ceil((end - from) / size), count);
    for (let slot = Math.max(Math.floor((start - from) / size), 0); slot < last; slot += 1) {
      if (RANKS.indexOf(busyType) > RANKS.indexOf(slots[slot] ?? 'Free')) slots[slot] = busyType;
    }
  }
  return accepted(slots.map((type) => DIGITS[type]).join(''));
}

export interface EventDetail {
  /** The zone that the request asks the times in. */
  readonly zone: CalendarZone;
  /** Subject and place as well, as who may read more than free and busy gets them. */
  readonly isDetailed: boolean;
}

/** CalendarEvent elements, for CalendarEventArray; their times are wall times of the request's zone. */
export function calendarEvents(
  times: readonly BusyTime<unknown>[],
  { zone, isDetailed }: EventDetail,
): readonly XmlElement[] {
  const text = (instant: number): string => wallText(wallTimeAt(instant, zone));
  return times.map((time) =>
    element('CalendarEvent', [
      element('StartTime', text(time.start)),
      element('EndTime', text(time.end)),
      element('BusyType', time.busyType),
      isDetailed ? details(time) : null,
    ]),
  );
}

function details({ fields, occurrence }: BusyTime<unknown>): XmlElement {
  const all = fields();
  const isPrivate = ['Private', 'Confidential'].includes(textField(all, 'Sensitivity') ?? '');
  const shown = (name: 'Subject' | 'Location'): XmlElement | null =>
    isPrivate ? null : element(name, textField(all, name) ?? '');
  return element('CalendarEventDetails', [
    shown('Subject'),
    shown('Location'),
    element('IsMeeting', booleanField(all, 'IsMeeting')),
    element('IsRecurring', occurrence !== null),
    element('IsException', occurrence?.type === 'Exception'),
    element('IsReminderSet', booleanField(all, 'ReminderIsSet')),
    element('IsPrivate', isPrivate),
  ]);
}
