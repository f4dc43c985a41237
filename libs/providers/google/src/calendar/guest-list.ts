import { type Attendee, type Response, sameAddress } from '@daybook/domain';
import { asText, type ForeignRecord } from '@daybook/provider-port';

/** What a guest said or was given there and we know nothing of. */
const KEPT = ['comment', 'additionalGuests'] as const;

/**
 * `attendees` of an event: ours, whole. Google replaces its list by this one, so each guest takes along what is only known
 * there. Somebody without an address cannot be named to Google: those it has stay, new ones are left out.
 */
export function guestList(attendees: readonly Attendee[], now: readonly ForeignRecord[]): object[] {
  const named = attendees.filter(({ email }) => email !== '');
  const nameless = now.filter((entry) => emailOf(entry) === '');
  return [...named.map((attendee) => guest(attendee, knownAs(attendee, now))), ...nameless];
}

function guest(attendee: Attendee, known: ForeignRecord | undefined): object {
  const { email, name, response, role } = attendee;
  const displayName = name || asText(known?.['displayName'], 320);
  const kept = KEPT.flatMap((member) => (known?.[member] === undefined ? [] : [[member, known[member]]]));
  return {
    ...Object.fromEntries(kept),
    email,
    ...(displayName === '' ? {} : { displayName }),
    responseStatus: responseStatusOf(response, known),
    ...(role === 'optional' ? { optional: true } : {}),
    ...(role === 'resource' ? { resource: true } : {}),
  };
}

/** That somebody organizes says nothing of the answer: it stays as it is there, and whoever invites comes. */
function responseStatusOf(response: Response, known: ForeignRecord | undefined): string {
  if (response !== 'organizer') return response;
  return asText(known?.['responseStatus'], 20) || 'accepted';
}

function knownAs({ email }: Attendee, now: readonly ForeignRecord[]): ForeignRecord | undefined {
  return now.find((entry) => sameAddress(emailOf(entry), email));
}

function emailOf(entry: ForeignRecord): string {
  return asText(entry['email'], 320);
}
