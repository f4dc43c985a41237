import type { Meeting, MeetingTime } from '@daybook/contracts';
import { toInstant } from '@daybook/domain';
import type { Person } from './person';
import type { GoogleEvent, Simulator } from './simulator';

const DAY_MS = 86_400_000;

/** The span both sides are compared in: well inside what is stored, so that every row of it must be there. */
function span(): { from: string; to: string } {
  const now = Date.now();
  return { from: new Date(now - 60 * DAY_MS).toISOString(), to: new Date(now + 300 * DAY_MS).toISOString() };
}

/** Every occurrence of the mailbox, expanded by the provider itself: one line of title, start and end for each, sorted. */
export async function providersSide(mailbox: Simulator): Promise<string[]> {
  const { from, to } = span();
  const events = await mailbox.events({ singleEvents: 'true', timeMin: from, timeMax: to });
  return events
    .filter(({ status }) => status !== 'cancelled')
    .map(lineOfEvent)
    .sort();
}

/** The same of `GET /v1/meetings`. */
export async function ourSide(person: Person): Promise<string[]> {
  return (await person.meetings(span())).map(lineOfMeeting).sort();
}

function lineOfEvent({ summary, start, end }: GoogleEvent): string {
  const time = (value: GoogleEvent['start']) => value?.date ?? new Date(value?.dateTime ?? Number.NaN).toISOString();
  return `${time(start)} ${time(end)} ${summary ?? ''}`;
}

function lineOfMeeting({ title, start, end }: Meeting): string {
  return `${comparable(start)} ${comparable(end)} ${title ?? ''}`;
}

/** A time so that equal ones are equal text, whatever zone they are told in: the day, or the instant in UTC. */
export function comparable(time: MeetingTime): string {
  return 'date' in time ? time.date : new Date(toInstant(time.dateTime, time.timeZone)).toISOString();
}
