import { addDays, daysBetween, isAllDayTime, type MeetingTime } from '@daybook/domain';
import type { MeetingTimes } from './meeting-times';

/**
 * The head of a series moved as one of its occurrences was: by so many days, to the same time of day in the same zone. The wall
 * clock counts, so a change of the clock between them moves nothing.
 */
export function shiftHead(head: MeetingTimes, from: MeetingTimes, to: MeetingTimes): MeetingTimes {
  return { start: shifted(head.start, from.start, to.start), end: shifted(head.end, from.end, to.end) };
}

function shifted(head: MeetingTime, from: MeetingTime, to: MeetingTime): MeetingTime {
  const date = addDays(dateOfTime(head), daysBetween(dateOfTime(from), dateOfTime(to)));
  return isAllDayTime(to) ? { date } : { dateTime: `${date}${to.dateTime.slice(10)}`, timeZone: to.timeZone };
}

function dateOfTime(time: MeetingTime): string {
  return isAllDayTime(time) ? time.date : time.dateTime.slice(0, 10);
}
