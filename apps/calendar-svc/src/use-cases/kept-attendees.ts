import type { Attendee } from '@daybook/domain';
import { fail } from '@daybook/contracts';
import type { CalendarRecord, MeetingRecord } from '../ports/records';
import type { Viewer } from './viewer';
import type { WriteSurroundings } from './write-surroundings';

/*
 * Nobody is mailed unless a person asks for it. Where a provider mails on its own account, the attendees of a meeting stay
 * here until then, and an event that has attendees there is left alone.
 */

/** Whether a calendar's provider mails attendees whatever it is told. What lies in no calendar mails nobody. */
export function mailsAlways<Tx>(
  calendar: Pick<CalendarRecord, 'service' | 'connectionId'>,
  viewer: Viewer,
  { providerFor }: Pick<WriteSurroundings<Tx>, 'providerFor'>,
): boolean {
  const connection = calendar.service === null ? undefined : viewer.connections.get(calendar.connectionId);
  return connection !== undefined && providerFor(connection)?.calendar?.mailsAttendees === 'always';
}

/** All who are invited, whether the provider knows of them or not. */
export function invitedTo({ content, writing }: InvitedItem): readonly Attendee[] {
  const there = content?.attendees ?? [];
  const kept = writing?.kept ?? [];
  return kept.length === 0 ? there : [...there, ...kept];
}

export type InvitedItem = Pick<MeetingRecord, 'writing'> & {
  readonly content: Pick<NonNullable<MeetingRecord['content']>, 'attendees'> | null;
};

/** How a write stands to mail. */
export interface Mailing {
  readonly mails: boolean;
  readonly notify: boolean;
}

export interface PlacedAttendees {
  readonly attendees: readonly Attendee[];
  readonly kept: readonly Attendee[];
}

/** Who of those invited goes to the provider, and who stays here. */
export function placeAttendees(wanted: readonly Attendee[], { mails, notify }: Mailing): PlacedAttendees {
  return mails && !notify ? { attendees: [], kept: wanted } : { attendees: wanted, kept: [] };
}

/** Throws `would_notify` where an event that is to be written or removed has attendees at a provider that mails them. */
export function refuseMail({ content }: InvitedItem, { mails, notify }: Mailing): void {
  const guests = content?.attendees.some(({ response, self }) => response !== 'organizer' && self !== true) ?? false;
  if (mails && !notify && guests) throw fail('would_notify');
}
