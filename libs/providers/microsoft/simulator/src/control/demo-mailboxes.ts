import { addDays, toCivil } from '@daybook/domain';
import { DEMO_PEOPLE } from '@daybook/simulator-kit';
import type { EventBody } from '../mailbox/event-body';
import type { MicrosoftControl } from './microsoft-control';

const ADA = 'ada@example.com';
const BEN = 'ben@example.com';

/** Makes the demo mailboxes and fills Ada's and Ben's with a week at work; what they have at Google is another one. */
export function createDemo(control: MicrosoftControl, timeZone: string): void {
  for (const person of DEMO_PEOPLE) control.createMailbox({ ...person, timeZone });
  const today = toCivil(control.now(), timeZone).slice(0, 10);
  const week = { date: (offset: number) => addDays(today, offset), monday: mondayBefore(today), timeZone };
  // Demo events have always been there: nobody sent them.
  const put = (email: string, events: readonly EventBody[]): string[] =>
    events.map((event, index) => control.insertEvent(email, event, { received: false, seed: `demo ${index}` }).id);
  const [series = ''] = put(ADA, adaEvents(week));
  put(BEN, benEvents(week));
  const [, second, third] = control.instances(ADA, series).map(({ id }) => id);
  const moved = { ...at(week, addDays(week.monday, 2), '15:30', 45), subject: 'Product council (moved)' };
  if (second !== undefined) control.updateEvent(ADA, second, moved, { received: false });
  if (third !== undefined) control.deleteEvent(ADA, third, { received: false });
}

interface DemoWeek {
  /** The civil date so many days from today. */
  date(offset: number): string;
  monday: string;
  timeZone: string;
}

function mondayBefore(date: string): string {
  return addDays(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7));
}

function at({ timeZone }: DemoWeek, date: string, time: string, minutes: number): Pick<EventBody, 'start' | 'end'> {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  const end = hours * 60 + rest + minutes;
  const clock = `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
  return {
    start: { dateTime: `${date}T${time}:00`, timeZone },
    end: { dateTime: `${date}T${clock}:00`, timeZone },
  };
}

const wholeDays = ({ timeZone }: DemoWeek, from: string, to: string): EventBody => ({
  isAllDay: true,
  start: { dateTime: `${from}T00:00:00`, timeZone },
  end: { dateTime: `${to}T00:00:00`, timeZone },
});

const invited = (...addresses: string[]): EventBody['attendees'] =>
  addresses.map((address) => ({ type: 'required', emailAddress: { address } }));

const note = (content: string): EventBody['body'] => ({ contentType: 'text', content });

function adaEvents(week: DemoWeek): EventBody[] {
  const lastTuesday = addDays(week.monday, -6);
  return [
    {
      subject: 'Product council',
      body: note('Join: https://us02web.zoom.us/j/84033917265?pwd=Y291bmNpbA'),
      ...at(week, lastTuesday, '11:00', 45),
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
        range: { type: 'numbered', startDate: lastTuesday, numberOfOccurrences: 16 },
      },
    },
    {
      subject: 'Budget with finance',
      location: { displayName: 'https://example.zoom.us/j/93310277455?pwd=YnVkZ2V0' },
      ...at(week, week.date(1), '10:30', 60),
    },
    {
      subject: 'Partner briefing',
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      ...at(week, week.date(2), '16:00', 45),
      attendees: invited('partner@elsewhere.example'),
    },
    {
      subject: 'Salary review',
      sensitivity: 'private',
      body: note('https://us02web.zoom.us/j/85512094471?pwd=c2FsYXJ5'),
      ...at(week, week.date(3), '09:00', 30),
    },
    { subject: 'Focus time', showAs: 'busy', ...at(week, week.date(0), '13:00', 120) },
    { subject: 'Office closed', showAs: 'oof', ...wholeDays(week, week.date(6), week.date(7)) },
    {
      subject: 'Board preparation',
      body: note('Slides first. https://us02web.zoom.us/j/87200165934?pwd=Ym9hcmQ'),
      ...at(week, week.date(4), '14:00', 60),
    },
  ];
}

function benEvents(week: DemoWeek): EventBody[] {
  return [
    {
      subject: 'Customer onboarding',
      body: note('https://us02web.zoom.us/j/81044720093?pwd=b25ib2FyZA'),
      ...at(week, week.date(1), '15:00', 60),
    },
    { subject: 'Trade fair', showAs: 'oof', ...wholeDays(week, week.date(9), week.date(12)) },
    { subject: 'Coffee with Cleo', location: { displayName: 'Kitchen' }, ...at(week, week.date(2), '09:30', 20) },
  ];
}
