import type { EventResource } from './event-resource';

export type SendUpdates = 'all' | 'externalOnly' | 'none';

export type MailReason = 'invitation' | 'updated' | 'cancelled' | 'response';

const SUBJECTS: Record<MailReason, string> = {
  invitation: 'Invitation',
  updated: 'Updated invitation',
  cancelled: 'Canceled event',
  response: 'Response',
};
const ANSWERS: Record<string, string> = {
  accepted: 'Accepted',
  declined: 'Declined',
  tentative: 'Tentatively Accepted',
};

/** What `sendUpdates`, or its forerunner `sendNotifications`, asks for; nothing goes out by default. */
export function sendUpdatesOf(query: URLSearchParams): SendUpdates {
  const asked = query.get('sendUpdates');
  if (asked === 'all' || asked === 'externalOnly') return asked;
  return asked === null && query.get('sendNotifications') === 'true' ? 'all' : 'none';
}

/** The mails a change would have sent to guests. `isLocal` tells people who have a simulated calendar. */
export function guestMails(
  reason: MailReason,
  event: EventResource,
  { sendUpdates, isLocal, actor }: { sendUpdates: SendUpdates; isLocal(email: string): boolean; actor: string },
): { to: string; subject: string }[] {
  if (sendUpdates === 'none') return [];
  return (event.attendees ?? [])
    .flatMap(({ email, resource }) => (email === undefined || resource === true || email === actor ? [] : [email]))
    .filter((email) => sendUpdates === 'all' || !isLocal(email))
    .map((to) => ({ to, subject: `${SUBJECTS[reason]}: ${event.summary ?? '(No title)'}` }));
}

/** The event as it was for those who are no longer invited. */
export function uninvited(before: EventResource | null, saved: EventResource): EventResource {
  const still = new Set(saved.attendees?.map(({ email }) => email));
  const attendees = (before?.attendees ?? []).filter(({ email }) => !still.has(email));
  return { ...saved, attendees };
}

/** The mail to the organizer when a guest answers. */
export function answerMail(event: EventResource, response: string): { to: string; subject: string } | null {
  const to = event.organizer?.email;
  const word = ANSWERS[response];
  return to === undefined || word === undefined ? null : { to, subject: `${word}: ${event.summary ?? '(No title)'}` };
}
