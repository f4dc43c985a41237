import { calendarCalendarList, type Meeting } from '@daybook/contracts';
import { eventually, ourSide, type Person, providersSide, type SimulatedMailbox } from '@daybook/testing/stack';

/** Leases of a dead process run out after 15 s, polls come every 20 s: a fault is over after both, at the latest. */
export const OVER_MS = 60_000;

/** Somebody, and every mailbox that is connected. */
export interface Sides {
  readonly person: Person;
  readonly mailboxes: readonly SimulatedMailbox[];
}

/** Waits until the person is shown what is in the mailboxes, no more and no less. */
export function untilSidesAgree({ person, mailboxes }: Sides): Promise<void> {
  const compare = async () => expect(await ourSide(person)).toEqual(await providersSide(...mailboxes));
  return eventually(compare, { timeoutMs: OVER_MS });
}

/** What has this very title, by start. */
export async function rowsOf(person: Person, title: string): Promise<Meeting[]> {
  return (await person.meetings({ q: title })).filter((meeting) => meeting.title === title);
}

/** The id of a connection's own calendar; empty where it has none. */
export async function primaryCalendarOf(person: Person, connectionId: string): Promise<string> {
  const { items } = await person.get('/v1/calendars', calendarCalendarList.output);
  return items.find((one) => one.primary && one.connectionId === connectionId)?.id ?? '';
}
