import type { ItemRecord } from './event-record';
import { isSame } from './event-building';

export interface Mail {
  to: string;
  subject: string;
}

const PREFIXES = { invitation: '', updated: 'Updated: ', cancelled: 'Canceled: ' } as const;
const ANSWERS = { accepted: 'Accepted: ', declined: 'Declined: ', tentativelyAccepted: 'Tentative: ' } as const;

export type MailReason = keyof typeof PREFIXES;
export type Answer = keyof typeof ANSWERS;

/** What Exchange sends to the attendees of an item; nobody can keep it from doing so. Never one to the organizer. */
export function attendeeMails(reason: MailReason, { content }: ItemRecord): Mail[] {
  return content.attendees
    .map(({ emailAddress }) => emailAddress.address.toLowerCase())
    .filter((address) => !isSame(address, content.organizer.address))
    .map((to) => ({ to, subject: PREFIXES[reason] + content.subject }));
}

/** The item as it was for those who are no longer invited. */
export function uninvited(before: ItemRecord, after: ItemRecord): ItemRecord {
  const still = after.content.attendees.map(({ emailAddress }) => emailAddress.address.toLowerCase());
  const attendees = before.content.attendees.filter(
    ({ emailAddress }) => !still.includes(emailAddress.address.toLowerCase()),
  );
  return { ...after, content: { ...after.content, attendees } };
}

export const answerMail = (answer: Answer, { content }: ItemRecord): Mail => ({
  to: content.organizer.address,
  subject: ANSWERS[answer] + content.subject,
});
