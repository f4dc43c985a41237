import { addDays, daysBetween, toCivil } from '@daybook/domain';
import { refusals } from '../graph/graph-error';
import type { EventRecord, ItemRecord, ZonedTime } from './event-record';
import { firstMatch } from './first-match';
import { occurrencesIn, seriesZone, type Item } from './occurrences';
import { checkRecurrence } from './recurrence';
import type { StoredEvent } from './stored-event';
import { dateOf, instantOf, isMidnight } from './zoned-times';

const DAY = 86_400_000;
/** How far neighbours of an occurrence are looked for. */
const NEIGHBOURHOOD = 400 * DAY;

/** @throws GraphError 400 when times do not hold together */
export function checkTimes({ start, end, content }: ItemRecord): void {
  if (start.dateTime === '' || end.dateTime === '') throw refusals.validation('An event needs a start and an end.');
  if (content.isAllDay) checkAllDay(start, end);
  else if (instantOf(end) < instantOf(start))
    throw refusals.validation('The end of an event cannot be before its start.');
}

function checkAllDay(start: ZonedTime, end: ZonedTime): void {
  if (!isMidnight(start)) {
    throw refusals.validation('The Event.Start property for an all-day event needs to be set to midnight.');
  }
  if (!isMidnight(end)) {
    throw refusals.validation('The Event.End property for an all-day event needs to be set to midnight.');
  }
  if (start.timeZone !== end.timeZone) throw refusals.validation('An all-day event has one time zone.');
  if (daysBetween(dateOf(start), dateOf(end)) < 1) {
    throw refusals.validation('The duration of an all-day event needs to be at least 24 hours.');
  }
}

/** A checked series whose first occurrence is where its pattern first hits. @throws GraphError 400 */
export function settledSeries(record: EventRecord): EventRecord {
  const { recurrence, start, end } = record;
  if (recurrence === null) return record;
  checkRecurrence(recurrence, dateOf(start));
  const first = firstMatch(recurrence.pattern, dateOf(start));
  if (first === null) throw refusals.validation('The recurrence pattern never occurs.');
  const days = daysBetween(dateOf(start), first);
  if (days === 0) return record;
  return {
    ...record,
    start: shifted(start, days),
    end: shifted(end, days),
    recurrence: { ...recurrence, range: { ...recurrence.range, startDate: first } },
  };
}

const shifted = (time: ZonedTime, days: number): ZonedTime => ({
  ...time,
  dateTime: `${addDays(dateOf(time), days)}${time.dateTime.slice(10)}`,
});

/** An occurrence stays between its neighbours and shares no day with one. @throws GraphError 400 */
export function checkBoundary(event: StoredEvent, item: Item, next: ItemRecord): void {
  const { record } = event;
  const original = item.originalStart ?? item.startsAt;
  const around = occurrencesIn(event, { from: original - NEIGHBOURHOOD, to: original + NEIGHBOURHOOD });
  const others = around.filter(({ day, originalStart }) => day !== item.day && originalStart !== null);
  const before = others.filter(({ originalStart }) => (originalStart ?? 0) < original).map(({ startsAt }) => startsAt);
  const after = others.filter(({ originalStart }) => (originalStart ?? 0) > original).map(({ startsAt }) => startsAt);
  const zone = seriesZone(record);
  const dayAt = (instant: number): string => toCivil(instant, zone).slice(0, 10);
  const startsAt = instantOf(next.start, next.content.isAllDay);
  const [last, first] = [Math.max(...before), Math.min(...after)];
  const crosses =
    (before.length > 0 && dayAt(startsAt) <= dayAt(last)) || (after.length > 0 && dayAt(startsAt) >= dayAt(first));
  if (crosses) throw refusals.crossing();
}
