import { addDays, startOfDay, toCivil } from '@daybook/domain';
import { DEMO_PEOPLE } from '@daybook/simulator-kit';
import type { EventBody } from '../calendar/event-resource';
import type { GoogleControl } from './google-control';

/** Demo events have always been there: nobody sent them. */
const GIVEN = { received: false };

/** Makes the demo mailboxes and fills Ada's and Ben's with a week as people have it. */
export function createDemo(control: GoogleControl, timeZone: string): void {
  for (const person of DEMO_PEOPLE) control.createMailbox({ ...person, timeZone });
  const today = toCivil(control.now(), timeZone).slice(0, 10);
  const day = {
    date: (offset: number) => addDays(today, offset),
    monday: addDays(today, -weekdayOf(today, timeZone)),
    timeZone,
  };
  for (const [index, event] of adaEvents(day).entries())
    control.insertEvent('ada@example.com', { id: `demo0a${index}`, ...event }, GIVEN);
  for (const [index, event] of benEvents(day).entries())
    control.insertEvent('ben@example.com', { id: `demo0b${index}`, ...event }, GIVEN);
  const series = 'demo0a0';
  const occurrences = control.instances('ada@example.com', series).map(({ id }) => id);
  const [, second, third] = occurrences;
  const moved = { ...at(day, 9, '16:00', 30), summary: 'Team weekly (later today)' };
  if (second !== undefined) control.updateEvent('ada@example.com', second, moved, GIVEN);
  if (third !== undefined) control.deleteEvent('ada@example.com', third, GIVEN);
}

interface DemoDay {
  /** The civil date so many days from today. */
  date(offset: number): string;
  /** The Monday of this week. */
  monday: string;
  timeZone: string;
}

/** Days since Monday. */
function weekdayOf(date: string, timeZone: string): number {
  return (new Date(startOfDay(date, timeZone) + 43_200_000).getUTCDay() + 6) % 7;
}

/** Start and end of a timed event so many days from today. */
function at(
  { date, timeZone }: DemoDay,
  offset: number,
  time: string,
  minutes: number,
): Pick<EventBody, 'start' | 'end'> {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  const end = hours * 60 + rest + minutes;
  const clock = `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
  return {
    start: { dateTime: `${date(offset)}T${time}:00`, timeZone },
    end: { dateTime: `${date(offset)}T${clock}:00`, timeZone },
  };
}

const invited = (...emails: string[]): EventBody['attendees'] =>
  emails.map((email) => ({ email, responseStatus: email === 'ben@example.com' ? 'accepted' : 'needsAction' }));

function adaEvents(day: DemoDay): EventBody[] {
  const { monday, timeZone } = day;
  return [
    {
      summary: 'Team weekly',
      description:
        'Join Zoom Meeting\nhttps://us02web.zoom.us/j/84512903377?pwd=dGVhbS13ZWVrbHk\n\nMeeting ID: 845 1290 3377',
      start: { dateTime: `${addDays(monday, -7)}T10:00:00`, timeZone },
      end: { dateTime: `${addDays(monday, -7)}T10:45:00`, timeZone },
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=20'],
      attendees: invited('ben@example.com', 'cleo@example.com'),
    },
    {
      summary: 'Design review',
      location: 'https://example.zoom.us/j/91655220418?pwd=ZGVzaWdu',
      description: 'The new upcoming list, first pass.',
      ...at(day, 1, '14:00', 60),
      attendees: invited('ben@example.com'),
    },
    {
      summary: 'Product update for customers',
      description: 'You are a panelist: https://us02web.zoom.us/w/83920114765?tk=cHJvZHVjdA',
      ...at(day, 3, '17:00', 90),
    },
    {
      summary: 'Supplier call',
      description:
        'Microsoft Teams meeting\nJoin: https://teams.microsoft.com/l/meetup-join/19%3ameeting_example%40thread.v2/0?context=%7b%7d',
      ...at(day, 2, '11:30', 30),
    },
    { summary: 'Dentist', location: 'Hauptstrasse 12', ...at(day, 2, '08:00', 45) },
    {
      summary: 'Company day off',
      start: { date: day.date(5) },
      end: { date: day.date(6) },
      transparency: 'transparent',
    },
    {
      summary: 'Talk with Alex',
      description: 'Between us. https://us02web.zoom.us/j/87744120953?pwd=cHJpdmF0ZQ',
      visibility: 'private',
      ...at(day, 1, '16:30', 30),
    },
    {
      summary: 'Interview: data engineer',
      description: 'https://us02web.zoom.us/j/86011934420?pwd=aW50ZXJ2aWV3',
      ...at(day, 0, '18:00', 60),
    },
  ];
}

function benEvents(day: DemoDay): EventBody[] {
  return [
    {
      summary: 'Sprint planning',
      location: 'https://us02web.zoom.us/j/82267710349?pwd=c3ByaW50',
      ...at(day, 1, '09:30', 90),
      attendees: [{ email: 'ada@example.com', responseStatus: 'tentative' }],
    },
    {
      summary: 'Gym',
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU,TH'],
      ...at(day, -weekdayOf(day.date(0), day.timeZone) + 1, '07:00', 60),
    },
    { summary: 'Lunch with Cleo', location: 'Café Central', ...at(day, 2, '12:30', 60) },
    {
      summary: 'Conference',
      start: { date: day.date(8) },
      end: { date: day.date(11) },
    },
    {
      summary: 'One to one',
      description: 'https://us02web.zoom.us/j/89930417752?pwd=b25lLW9uZQ',
      ...at(day, 4, '15:00', 30),
    },
  ];
}
