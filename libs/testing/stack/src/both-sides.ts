import type { Meeting, MeetingTime } from '@daybook/contracts';
import { toInstant } from '@daybook/domain';
import type { Person } from './person';
import type { SimulatedMailbox } from './simulated-mailbox';

const DAY_MS = 86_400_000;

/** The span both sides are compared in: well inside what is stored, so that every row of it must be there. */
function span(): { from: string; to: string } {
  const now = Date.now();
  return { from: new Date(now - 60 * DAY_MS).toISOString(), to: new Date(now + 300 * DAY_MS).toISOString() };
}

/** Every occurrence of the mailboxes, expanded by the providers themselves: one line of start, end and title for each, sorted. */
export async function providersSide(...mailboxes: readonly SimulatedMailbox[]): Promise<string[]> {
  return (await Promise.all(mailboxes.map((mailbox) => mailbox.occurrences(span())))).flat().sort();
}

/** The same of `GET /v1/meetings`. */
export async function ourSide(person: Person): Promise<string[]> {
  return (await person.meetings(span())).map(lineOfMeeting).sort();
}

function lineOfMeeting({ title, start, end }: Meeting): string {
  return `${comparable(start)} ${comparable(end)} ${title ?? ''}`;
}

/** A time so that equal ones are equal text, whatever zone they are told in: the day, or the instant in UTC. */
export function comparable(time: MeetingTime): string {
  return 'date' in time ? time.date : new Date(toInstant(time.dateTime, time.timeZone)).toISOString();
}
