import {
  addDays,
  datesOfRule,
  daysBetween,
  instantOf,
  isAllDayTime,
  originalStartKey,
  toInstant,
  type MeetingTime,
  type OriginalStart,
} from '@daybook/domain';
import { isDeepStrictEqual } from 'node:util';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import { timing } from './draft-record';
import type { MeetingTimes } from './meeting-times';
import type { ItemChange } from './plan-changes';
import { dateOfOriginal } from './plan-taken-out';
import { occurrenceIdOf } from './remote-to-meeting';
import { dateIn } from './until-at';

/*
 * What was changed of a series by itself stays so at other times of it. An occurrence is named by the moment at which it would have
 * begun; where that moves, it is named anew, or it would stand beside its series as an orphan. One that had the times of the series
 * gets its new ones; one that was moved by itself stays where it was. One whose date the rule no longer has is gone. Providers do
 * this for what lies with them: this is for calendars of our own.
 */

export interface CarriedSeries {
  readonly before: MeetingRecord;
  readonly after: Pick<MeetingRecord, 'lines'> & { readonly content: MeetingTimes };
  readonly calendar: Pick<CalendarRecord, 'timeZone'>;
}

/** Changes of the single occurrences of a series; none where its times and its rule stay. */
export function carriedOccurrences(items: Iterable<MeetingRecord>, series: CarriedSeries): readonly ItemChange[] {
  const { before, after } = series;
  const { content } = before;
  if (content === null) return [];
  const times = { from: content, to: after.content };
  const isSame = isDeepStrictEqual(content.start, after.content.start) && isDeepStrictEqual(before.lines, after.lines);
  if (isSame && isDeepStrictEqual(content.end, after.content.end)) return [];
  const remains = datesOfRule(after.lines, after.content.start);
  const days = daysBetween(dateIn(content.start), dateIn(after.content.start));
  return [...items].flatMap((item): ItemChange[] => {
    if (item.seriesId !== before._id || item.originalStart === null) return [];
    const date = addDays(dateOfOriginal(item.originalStart, content.start), days);
    if (!remains(date)) return [gone(item)];
    return renamed(item, carried(item, { date, ...times, zone: series.calendar.timeZone ?? 'UTC' }));
  });
}

const gone = (item: MeetingRecord): ItemChange => ({
  type: 'removed',
  before: item,
  after: item,
  event: null,
  by: 'client',
});

function renamed(before: MeetingRecord, after: MeetingRecord): ItemChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const event = after.kind === 'cancelled' ? null : 'updated';
  if (before._id === after._id) return [{ type: 'updated', before, after, event, by: 'client' }];
  return [gone(before), { type: 'created', before: null, after, event, by: 'client' }];
}

interface Carrying {
  /** Of the occurrence, by the new rule. */
  readonly date: string;
  readonly from: MeetingTimes;
  readonly to: MeetingTimes;
  readonly zone: string;
}

function carried(item: MeetingRecord, { date, from, to, zone }: Carrying): MeetingRecord {
  const originalStart = originalOn(date, to.start);
  const own = { ...item, originalStart, _id: occurrenceIdOf(item.seriesId ?? '', originalStartKey(originalStart)) };
  if (item.content === null || item.originalStart === null || !hasTimesOf(from, item, zone)) return own;
  const start = timeOn(date, to.start);
  const length = daysBetween(dateIn(to.start), dateIn(to.end));
  const end = timeOn(addDays(date, length), to.end);
  const { startsAt, endsAt } = timing({ start, end, lines: [] }, zone);
  return { ...own, content: { ...item.content, start, end }, startsAt, endsAt };
}

/** Whether an occurrence lies where its series puts it. */
function hasTimesOf({ start, end }: MeetingTimes, { content, originalStart }: MeetingRecord, zone: string): boolean {
  if (content === null || originalStart === null) return false;
  const stood = 'date' in originalStart ? instantOf(originalStart, zone) : originalStart.instant;
  const length = instantOf(end, zone) - instantOf(start, zone);
  const begins = instantOf(content.start, zone);
  return begins === stood && instantOf(content.end, zone) - begins === length;
}

function originalOn(date: string, start: MeetingTime): OriginalStart {
  return isAllDayTime(start) ? { date } : { instant: toInstant(`${date}${start.dateTime.slice(10)}`, start.timeZone) };
}

function timeOn(date: string, time: MeetingTime): MeetingTime {
  return isAllDayTime(time) ? { date } : { ...time, dateTime: `${date}${time.dateTime.slice(10)}` };
}
