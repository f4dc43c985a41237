import type { ScheduleEventData } from '@mantine/schedule';
import type { Meeting } from '@daybook/contracts';
import { addDays, instantOf, toCivil } from '../../time/zoned-time';
import { joinUrl } from './meeting-words';

/** Shorter meetings are drawn this long, so that they can be seen and clicked. */
const SHORTEST_MS = 15 * 60_000;

/** Meetings as the calendar component takes them: wall-clock times of the viewer's zone, ours in the accent colour. */
export function toScheduleEvents(
  meetings: readonly Meeting[],
  zone: string,
  titleOf: (meeting: Meeting) => string,
  onlyDay: string | null,
): ScheduleEventData[] {
  return meetings.map((meeting) => ({
    id: meeting.id,
    title: titleOf(meeting),
    ...times(meeting, zone, onlyDay),
    color: joinUrl(meeting) ? 'indigo' : 'gray',
    payload: { calendar: meeting.calendar, time: meeting.allDay ? '' : clock(meeting, zone) },
  }));
}

const WORK_BEGINS = 8;

/** The hour to begin at: the one before now, else that of the earliest meeting, at the latest when work begins. */
export function firstHour(events: readonly ScheduleEventData[], now: string | null): number {
  if (now !== null) return Math.max(0, Number(now.slice(11, 13)) - 1);
  const hours = events
    .filter((event) => event.payload?.time !== '')
    .map((event) => Number(String(event.start).slice(11, 13)));
  return Math.min(WORK_BEGINS, ...hours);
}

function times({ start, end }: Meeting, zone: string, onlyDay: string | null): { start: string; end: string } {
  if ('date' in start && 'date' in end) {
    // The day view takes a meeting for all-day only when it begins and ends with that very day.
    return onlyDay === null ? allDay(start.date, end.date) : allDay(onlyDay, addDays(onlyDay, 1));
  }
  const from = instantOf(start, zone);
  const to = Math.max(instantOf(end, zone), from + SHORTEST_MS);
  return { start: wall(from, zone), end: wall(to, zone) };
}

const allDay = (first: string, after: string) => ({ start: `${first} 00:00:00`, end: `${after} 00:00:00` });
const wall = (instant: number, zone: string) => toCivil(instant, zone).replace('T', ' ');
const clock = (meeting: Meeting, zone: string) => toCivil(instantOf(meeting.start, zone), zone).slice(11, 16);
