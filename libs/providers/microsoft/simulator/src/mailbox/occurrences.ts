import {
  expand,
  isAllDayTime,
  lastEnd,
  readSeries,
  toCivil,
  type MeetingTime,
  type Occurrence,
  type Series,
} from '@daybook/domain';
import type { EventRecord, ItemRecord, ZonedTime } from './event-record';
import { ruleOf } from './recurrence';
import type { StoredEvent } from './stored-event';
import { instantOf, zoneOrUtc } from './zoned-times';

export type ItemType = 'singleInstance' | 'seriesMaster' | 'occurrence' | 'exception';

/** An item as listings and requests meet it: an event itself, or one occurrence of a series. */
export interface Item {
  event: StoredEvent;
  type: ItemType;
  /** Civil date of the original start, `20261123`; null for singles and masters. */
  day: string | null;
  startsAt: number;
  endsAt: number;
  /** Instant of the original start of an occurrence. */
  originalStart: number | null;
  /** Its times and content; for an occurrence nobody changed the content of the series. */
  read(): ItemRecord;
}

export interface InstantWindow {
  from: number;
  to: number;
}

const DAY = 86_400_000;
/** No answer holds more occurrences of one series than this. */
const MOST_OCCURRENCES = 5000;

/** The zone whose wall time a series keeps. */
export const seriesZone = ({ recurrence, start }: EventRecord): string =>
  zoneOrUtc(recurrence?.range.recurrenceTimeZone ?? start.timeZone);

/** The rule of a series ready to be expanded; null when nobody can read it. */
export function readRule(record: EventRecord): Series | null {
  const { recurrence, content } = record;
  if (recurrence === null) return null;
  const zone = seriesZone(record);
  const time = (zoned: ZonedTime): MeetingTime =>
    content.isAllDay
      ? { date: zoned.dateTime.slice(0, 10) }
      : { dateTime: toCivil(instantOf(zoned), zone), timeZone: zone };
  const read = readSeries({
    start: time(record.start),
    end: time(record.end),
    lines: [ruleOf(recurrence)],
    exceptions: [],
    floatingZone: zone,
  });
  return read.ok ? read.series : null;
}

/** End of the last occurrence by the rule, Infinity for an endless series. */
export const lastEndOf = (series: Series): number => lastEnd(series) ?? Infinity;

export const dayOf = ({ start }: Occurrence): string =>
  (isAllDayTime(start) ? start.date : start.dateTime.slice(0, 10)).replaceAll('-', '');

/** The occurrences of a series that overlap a window by their present times, changed ones included, in no order. */
export function occurrencesIn(event: StoredEvent, window: InstantWindow): Item[] {
  const { record } = event;
  const cancelled = new Set(record.cancelledDays);
  const plain = plainOccurrences(event, window).filter((one) => {
    const day = dayOf(one);
    return !cancelled.has(day) && record.exceptions[day] === undefined;
  });
  const changed = Object.keys(record.exceptions)
    .map((day) => exceptionOf(event, day))
    .filter((item) => overlaps(item, window));
  return [...plain.map((one) => plainItem(event, one)), ...changed];
}

/** What the rule gives in a window, whatever became of it. */
export function plainOccurrences(event: StoredEvent, window: InstantWindow): readonly Occurrence[] {
  const { series } = event;
  return series === null ? [] : expand(series, window, MOST_OCCURRENCES).occurrences;
}

/** One occurrence by its day, or null when the series has none (any more). */
export function occurrenceOn(event: StoredEvent, day: string): Item | null {
  if (event.record.exceptions[day] !== undefined) return exceptionOf(event, day);
  if (event.record.cancelledDays.includes(day)) return null;
  const found = ruleOccurrenceOn(event, day);
  return found === null ? null : plainItem(event, found);
}

export function ruleOccurrenceOn(event: StoredEvent, day: string): Occurrence | null {
  const around = Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T12:00:00Z`);
  if (Number.isNaN(around)) return null;
  const near = plainOccurrences(event, { from: around - 2 * DAY, to: around + 2 * DAY });
  return near.find((one) => dayOf(one) === day) ?? null;
}

/** An event that stands for itself: a single one, or a series as a whole. */
export const wholeItem = (event: StoredEvent): Item => ({
  event,
  type: event.isSeries ? 'seriesMaster' : 'singleInstance',
  day: null,
  startsAt: event.startsAt,
  endsAt: event.endsAt,
  originalStart: null,
  read: () => event.record,
});

/** True when a meeting meets [from, to); one without length counts at its start. */
export const overlaps = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }, { from, to }: InstantWindow) =>
  startsAt < to && (endsAt > from || startsAt >= from);

function exceptionOf(event: StoredEvent, day: string): Item {
  const record = event.record.exceptions[day] ?? event.record;
  const { isAllDay } = record.content;
  return {
    event,
    type: 'exception',
    day,
    startsAt: instantOf(record.start, isAllDay),
    endsAt: instantOf(record.end, isAllDay),
    originalStart: ruleOccurrenceOn(event, day)?.startsAt ?? null,
    read: () => record,
  };
}

function plainItem(event: StoredEvent, occurrence: Occurrence): Item {
  const { startsAt, endsAt } = occurrence;
  return {
    event,
    type: 'occurrence',
    day: dayOf(occurrence),
    startsAt,
    endsAt,
    originalStart: startsAt,
    read: () => {
      const { start, end } = event.record;
      return {
        ...event.record,
        start: timeIn(occurrence.start, startsAt, start.timeZone),
        end: timeIn(occurrence.end, endsAt, end.timeZone),
        singleValues: [],
        multiValues: [],
        extensions: [],
      };
    },
  };
}

const timeIn = (time: MeetingTime, instant: number, timeZone: string): ZonedTime =>
  isAllDayTime(time)
    ? { dateTime: `${time.date}T00:00:00`, timeZone }
    : { dateTime: toCivil(instant, zoneOrUtc(timeZone)), timeZone };
